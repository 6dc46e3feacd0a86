import type { DocumentSummary } from "./api";
import { get, post } from "./http";

export type ErasureDecision = "proposed" | "restricted" | "refused";

export interface ErasureItem {
  document: string;
  folder: string;
  /** empty once it is destroyed */
  title: string;
  reference: string;
  decision: ErasureDecision;
  /** German: what stands against it */
  message: string;
}

/** A request of a person to have data erased (Art. 17 DSGVO); lists leave the items out. */
export interface ErasureRequest {
  id: string;
  person: string;
  address: string;
  reference: string;
  received_on: string;
  answer_by: string;
  recorded_by: string;
  /** empty until it is decided */
  decided_at: string;
  decided_by: string;
  letter: string;
  items: ErasureItem[];
}

const one = encodeURIComponent;

export const erasureService = {
  requests: () => get<{ requests: ErasureRequest[] }>("/erasure-requests"),
  request: (id: string) => get<ErasureRequest>(`/erasure-requests/${one(id)}`),
  add: (request: { person: string; address: string; reference: string; received_on: string }) =>
    post<ErasureRequest>("/erasure-requests", request),
  find: (id: string) => get<{ documents: DocumentSummary[] }>(`/erasure-requests/${one(id)}/documents`),
  decide: (id: string, documents: readonly string[]) => post<ErasureRequest>(`/erasure-requests/${one(id)}/decide`, { documents }),
  lift: (document: string) => post<unknown>(`/documents/${one(document)}/lift-restriction`, {}),
};

import { address, get, post, ServiceError, serviceError } from "./http";
import { texts } from "./texts";

export interface AuditEntry {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown> | null;
  hash: string;
}

/** Which entries are asked for; what is empty does not restrict. */
export interface AuditQuestion {
  actor: string;
  action: string;
  subject: string;
  from: string;
  until: string;
}

export interface Fixity {
  rounds: { number: number; began_at: string; ended_at: string; position: number; objects: number; bytes: number; damaged: number }[];
  samples: { drawn_at: string; seed: string; objects: number; damaged: number }[];
  covered_since: string;
  damages: { sha256: string; kind: string; found_at: string; found_by: string; documents: string[] }[];
}

export interface EvidenceDay {
  day: string;
  documents: number;
  last_entry: number;
  stamped_at: string;
  renewed_at: string;
}

export interface EvidenceReport {
  configured: boolean;
  days: number;
  records: number;
  last_day: string;
  waiting_since: string;
  trouble: string;
  trouble_at: string;
  warnings: string[];
  list: EvidenceDay[];
  checked: { at: string; problems: string[] } | null;
}

export const proof = {
  entries: (question: AuditQuestion, after = 0, limit = 100) =>
    get<{ entries: AuditEntry[]; next: number | null }>("/audit", { ...question, after: after || "", limit }),
  fixity: () => get<Fixity>("/fixity"),
  evidence: () => get<EvidenceReport>("/evidence"),
  check: () => post<EvidenceReport>("/evidence/check"),
  /** The signed head of the audit trail as a file, with the name the service gives it. */
  async head(): Promise<{ name: string; content: Blob }> {
    const response = await fetch(address("/audit/head"), { method: "POST", headers: { "X-Eakte": "1" } }).catch(() => {
      throw new ServiceError(0, "unreachable", texts.errors.unreachable);
    });
    if (!response.ok) throw serviceError(response.status, await response.text());
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
    return { name: name ?? "protokoll.p7m", content: await response.blob() };
  },
};

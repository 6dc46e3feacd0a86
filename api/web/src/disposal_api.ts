import type { FolderStatus } from "./api";
import { address, get, post, request } from "./http";

export type ProcessState = "waiting" | "appraised" | "transferred" | "confirmed" | "withdrawn";

export interface ProcessMessage {
  message: string;
  name: string;
  incoming: boolean;
  file_name: string;
  recorded_at: string;
  recorded_by: string;
  kept: boolean;
}

export interface ProcessFolder {
  folder: string;
  reference: string;
  title: string;
  status: FolderStatus;
  decision: "A" | "V" | null;
  handed_over: boolean;
  imported: boolean | null;
  message: string;
  archive_reference: string;
  sentence: string;
}

/** A process of disposal with the archive (xdomea); lists leave its folders out. */
export interface DisposalProcess {
  process: string;
  kind: "four_stage" | "two_stage" | "plan";
  name: string;
  created_at: string;
  created_by: string;
  state: ProcessState;
  state_name: string;
  folder_count: number;
  failed: number;
  withdrawn_at: string;
  withdrawn_by: string;
  withdraw_reason: string;
  messages: ProcessMessage[];
  folders: ProcessFolder[];
}

/** A process after an answer of the archive: its number, and whether it was new. */
export interface TakenAnswer extends DisposalProcess {
  taken: string;
  changed: boolean;
}

export interface OpenTransfer {
  folder: string;
  reference: string;
  title: string;
  source: string;
  message: string;
  /** It lies on paper, which is handed over by a protocol. */
  on_paper: boolean;
}

export interface PaperHandover {
  folder: string;
  on: string;
  received_by: string;
  protocol: string;
  items: string;
}

export interface PaperDecision {
  folders: readonly string[];
  decision: string;
  source: string;
  decided_on: string;
}

const one = encodeURIComponent;

export const disposalService = {
  processes: () => get<{ processes: DisposalProcess[] }>("/disposals"),
  process: (id: string) => get<DisposalProcess>(`/disposals/${one(id)}`),
  openTransfers: () => get<{ folders: OpenTransfer[] }>("/disposals/open-transfers"),
  offer: (folders: readonly string[]) => post<DisposalProcess>("/disposals", { step: "offer", folders }),
  handOver: (folders: readonly string[]) => post<DisposalProcess>("/disposals", { step: "transfer", folders }),
  sendPlan: () => post<DisposalProcess>("/disposals", { step: "plan" }),
  transfer: (id: string) => post<DisposalProcess>(`/disposals/${one(id)}/transfer`, {}),
  withdraw: (id: string, reason: string) => post<DisposalProcess>(`/disposals/${one(id)}/withdraw`, { reason }),
  appraise: (decision: PaperDecision) => post<{ appraisals: unknown[] }>("/disposals/appraisals", decision),
  handOverPaper: (handover: PaperHandover) => post<PaperHandover>("/disposals/paper", handover),
  takeAnswer: (file: File) =>
    request<TakenAnswer>(address("/disposals/answers"), {
      method: "POST",
      headers: { "X-Eakte": "1", "Content-Type": "application/octet-stream" },
      body: file,
    }),
};

/** Where a message of a process can be fetched, to be passed on. */
export const messageAddress = (process: string, message: string): string =>
  address(`/disposals/${one(process)}/messages/${one(message)}`);

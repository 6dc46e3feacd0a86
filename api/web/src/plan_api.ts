/** File plan as api/README.md describes it: versions, proposals, previews, and the requests for them. */
import type { FilePlan } from "./api";
import { address, change, get, post } from "./http";

/** Texts by name; `number` says which entry, or with `parent` which new one. */
export type PlanEdit = Record<string, string> & { number: string };

export interface EntryChange {
  number: string;
  title: string;
  shorter: boolean;
  changes: string[];
}

export interface FolderEffect {
  folder: string;
  reference: string;
  title: string;
  effect: "longer" | "shorter" | "due_at_once" | "other";
  before: string | null;
  after: string | null;
  sentence: string;
}

export interface PlanProblem {
  line: number;
  entry: string;
  code: string;
  reason: string;
  message: string;
}

export interface PlanPreview {
  problems: PlanProblem[];
  entries: EntryChange[];
  second_person: boolean;
  folders: { all: number; longer: number; shorter: number; due_at_once: number };
  examples: FolderEffect[];
}

export type ProposalState = "proposed" | "released" | "in_force" | "rejected";

export interface PlanProposal {
  id: string;
  version: string;
  title: string;
  valid_from: string;
  state: ProposalState;
  second_person: boolean;
  reason: string;
  proposed_by: string;
  proposed_at: string;
  decided_by: string;
  decided_at: string;
  decision_reason: string;
  /** only while it has not come into force */
  preview?: PlanPreview;
}

export interface PlanVersion {
  version: string;
  title: string;
  valid_from: string;
  in_force_since: string;
  in_force: boolean;
}

export interface PlanVersions {
  versions: PlanVersion[];
  proposals: PlanProposal[];
}

export interface PlanDifferences {
  from: string;
  to: string;
  entries: EntryChange[];
}

/** A file's text, or edits of the plan in force. */
export type NewPlan = { text: string } | { version: string; valid_from: string; edits: readonly PlanEdit[] };

export type PlanForm = "yaml" | "csv" | "xdomea";

const one = encodeURIComponent;

export const planService = {
  plan: () => get<FilePlan>("/file-plan"),
  versions: () => get<PlanVersions>("/file-plan/versions"),
  differences: (from: string, to: string) => get<PlanDifferences>("/file-plan/differences", { from, to }),
  preview: (plan: NewPlan) => post<PlanPreview>("/file-plan/preview", plan),
  propose: (plan: NewPlan, reason: string) => post<PlanProposal>("/file-plan/versions", { ...plan, reason }),
  proposal: (id: string) => get<PlanProposal>(`/file-plan/proposals/${one(id)}`),
  decide: (id: string, decision: "release" | "reject", reason: string) =>
    change<PlanProposal>("POST", `/file-plan/proposals/${one(id)}/${decision}`, { reason }),
};

export const exportAddress = (format: PlanForm, version = ""): string => address("/file-plan/export", { format, version });

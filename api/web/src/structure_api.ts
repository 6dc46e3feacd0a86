/** How folders, cases and documents hang together, as api/README.md describes it, and the requests that change it. */
import type { Document, FolderList, FolderOrCase, FolderRecord, FolderStatus } from "./api";
import { change, get, post } from "./http";

export type Medium = "electronic" | "hybrid" | "paper";
export type RelationKind = "replies_to" | "attachment_of" | "rendition_of" | "replaces" | "follows" | "merged_into" | "split_from";

/** What an id names; gone: destroyed, or not for the reader. */
export interface Thing extends FolderOrCase {
  kind: "document" | "folder" | "case" | "gone";
}

export interface Relation {
  kind: RelationKind;
  source: string;
  target: string;
  /** from what is looked at to the other one */
  outgoing: boolean;
  other: Thing;
  created_at: string;
  created_by: string;
}

export interface Refiling {
  id: string;
  folder: FolderOrCase;
  from: string;
  to: string;
  state: "proposed" | "done" | "rejected";
  second_person: boolean;
  reason: string;
  proposed_by: string;
  proposed_at: string;
  decided_by: string;
  decided_at: string;
  decision_reason: string;
}

/** A document a person has confirmed, on its way to an entry with a shorter rule. */
export interface DocumentRefiling extends Omit<Refiling, "folder" | "state" | "second_person"> {
  document: Thing;
  state: "proposed" | "released" | "done" | "rejected";
}

export interface FolderPart extends FolderOrCase {
  status: FolderStatus;
}

/** The members of a folder that say where it belongs. */
export interface FolderStructure {
  parent: FolderOrCase | null;
  parts: FolderPart[];
  takes_parts: boolean;
  /** a stage of retention locks the access; without the right to read, documents are left out */
  access_locked: boolean;
  medium: Medium;
  place: string;
  relations: Relation[];
  refilings: Refiling[];
}

/** Likewise of a document. */
export interface DocumentStructure {
  draft: boolean;
  /** the first one first; only itself where there are no others */
  versions: (Thing & { received_on: string })[];
  relations: Relation[];
}

export interface NewPart {
  title: string;
  medium?: Medium;
  place?: string;
}

const one = encodeURIComponent;

export const structureService = {
  addPart: (folder: string, part: NewPart) => post<FolderRecord>(`/folders/${one(folder)}/parts`, part),
  setMedium: (folder: string, medium: Medium, place: string) =>
    change<FolderRecord>("PUT", `/folders/${one(folder)}/medium`, { medium, place }),
  refile: (folder: string, plan_entry: string, reason: string) =>
    post<Refiling>(`/folders/${one(folder)}/refile`, { plan_entry, reason }),
  decideRefiling: (id: string, decision: "release" | "reject", reason: string) =>
    post<Refiling>(`/refilings/${one(id)}/${decision}`, { reason }),
  refileDocument: (document: string, plan_entry: string, reason: string) =>
    post<DocumentRefiling>(`/documents/${one(document)}/refile`, { plan_entry, reason }),
  decideDocumentRefiling: (id: string, decision: "release" | "reject", reason: string) =>
    post<DocumentRefiling>(`/document-refilings/${one(id)}/${decision}`, { reason }),
  waitingRefilings: () => get<{ refilings: Refiling[]; documents: DocumentRefiling[] }>("/refilings"),
  merge: (folder: string, into: string) => post<FolderRecord>(`/folders/${one(folder)}/merge`, { into }),
  split: (folder: string, title: string, cases: readonly string[], documents: readonly string[]) =>
    post<FolderRecord>(`/folders/${one(folder)}/split`, { title, cases, documents }),
  moveCase: (id: string, folder: string) => post<FolderRecord>(`/cases/${one(id)}/move`, { folder }),
  mergeCase: (id: string, into: string) => post<FolderRecord>(`/cases/${one(id)}/merge`, { into }),
  splitCase: (id: string, title: string, documents: readonly string[]) =>
    post<FolderRecord>(`/cases/${one(id)}/split`, { title, documents }),
  relate: (kind: RelationKind, source: string, target: string) =>
    post<{ relations: Relation[] }>("/relations", { kind, source, target }),
  unrelate: (kind: RelationKind, source: string, target: string) =>
    post<undefined>("/relations/remove", { kind, source, target }),
  setDraft: (id: string, draft: boolean) => change<Document>("PUT", `/documents/${one(id)}/draft`, { draft }),
  /** The folder with exactly this reference; nothing when there is none. */
  folderByReference: async (reference: string): Promise<FolderOrCase | undefined> => {
    const same = (text: string) => text.replace(/\s+/g, "").toLocaleLowerCase("de");
    const { folders } = await get<FolderList>("/folders", { q: reference, limit: 50 });
    return folders.find((folder) => same(folder.reference) === same(reference));
  },
};

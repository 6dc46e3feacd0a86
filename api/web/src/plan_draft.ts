/** Changes of the file plan a person collects before proposing them; kept in this browser until then. */
import type { FilePlanEntry } from "./api";
import { tenant } from "./http";
import type { PlanEdit } from "./plan_api";
import { session } from "./session";

export interface PlanDraft {
  /** Version the changes were made to. */
  base: string;
  edits: PlanEdit[];
}

/** Dispatched on the window when the draft has changed. */
export const draftChanged = "eakte-plan-draft";

/** The fields of an entry a person changes, as the service takes them. */
export const editableFields = [
  "title",
  "retention",
  "legal_basis",
  "disposal",
  "limit",
  "years_at_hand",
  "protection",
  "confidentiality",
  "access",
  "personal_data",
  "folder_kind",
  "document_types",
  "valid_to",
] as const;
export type EditableField = (typeof editableFields)[number];

/** The value of a field as an edit names it. */
export function fieldOf(entry: FilePlanEntry, field: EditableField): string {
  switch (field) {
    case "retention":
      return entry.rule;
    case "access":
    case "document_types":
      return entry[field].join("|");
    case "years_at_hand":
      return String(entry.years_at_hand);
    case "valid_to":
      return entry.valid_to ?? "";
    default:
      return entry[field];
  }
}

/** Whether an entry has a value from the one above it. */
export const inherits = (entry: FilePlanEntry, parent: FilePlanEntry | undefined, field: EditableField): boolean =>
  parent !== undefined && field !== "title" && fieldOf(entry, field) !== "" && fieldOf(entry, field) === fieldOf(parent, field);

/** What differs from the entry as it is, or from the parent for a new one; nothing when nothing does. */
export function editOf(
  before: FilePlanEntry | undefined,
  number: string,
  values: Readonly<Partial<Record<EditableField, string>>>,
): PlanEdit | undefined {
  const edit: PlanEdit = { number };
  for (const field of editableFields) {
    const value = values[field];
    if (value !== undefined && (!before || value !== fieldOf(before, field))) edit[field] = value;
  }
  return Object.keys(edit).length > 1 ? edit : undefined;
}

/** The edits with one for an entry put in the place of what there was. */
export const withEdit = (edits: readonly PlanEdit[], edit: PlanEdit): PlanEdit[] => {
  const at = edits.findIndex(({ number }) => number === edit.number);
  return at < 0 ? [...edits, edit] : edits.map((one, place) => (place === at ? edit : one));
};

/** The edits without one entry, and without new entries below it. */
export function withoutEdit(edits: readonly PlanEdit[], number: string): PlanEdit[] {
  const gone = new Set([number]);
  const isNew = edits.find((edit) => edit.number === number)?.["parent"] !== undefined;
  for (let grown = isNew; grown; ) {
    grown = false;
    for (const edit of edits) {
      if (gone.has(edit.number) || !gone.has(edit["parent"] ?? "")) continue;
      gone.add(edit.number);
      grown = true;
    }
  }
  return edits.filter((edit) => !gone.has(edit.number));
}

/**
 * The edits under which nothing may go earlier, where others need a second person: they need not wait for them
 * (RT-11). An edit shortens when its entry does, or one below that inherits from it.
 */
export function harmlessEdits(
  edits: readonly PlanEdit[],
  entries: readonly FilePlanEntry[],
  changes: readonly { number: string; shorter: boolean }[],
): PlanEdit[] {
  const shorter = changes.filter((change) => change.shorter).map(({ number }) => number);
  const shortens = ({ number }: PlanEdit) =>
    shorter.some((one) => one === number || isBelow(entries, one, number));
  const fresh = new Set(edits.filter((edit) => edit["parent"] !== undefined && shortens(edit)).map(({ number }) => number));
  return edits.filter((edit) => !shortens(edit) && !fresh.has(edit["parent"] ?? ""));
}

const listOf = (text: string): string[] => text.split("|").map((one) => one.trim()).filter(Boolean);

function edited(entry: FilePlanEntry, edit: PlanEdit): FilePlanEntry {
  const next: FilePlanEntry = { ...entry };
  for (const [field, value] of Object.entries(edit)) {
    if (field === "access" || field === "document_types") next[field] = listOf(value);
    else if (field === "years_at_hand") next.years_at_hand = Number(value) || 0;
    else if (field === "valid_to" || field === "valid_from") next[field] = value || null;
    else if (field === "takes_folders") next.takes_folders = value === "ja";
    else if (field === "retention") [next.rule, next.retention, next.rule_parts] = [value, "", null];
    else if (field === "limit") [next.limit, next.limit_sentence] = [value, ""];
    else if (field in next) Object.assign(next, { [field]: value });
  }
  return next;
}

/** The entries as they would be, as far as the page knows it: what is inherited follows only in the preview. */
export function draftedEntries(entries: readonly FilePlanEntry[], edits: readonly PlanEdit[]): FilePlanEntry[] {
  const next = [...entries];
  for (const edit of edits) {
    const at = next.findIndex(({ number }) => number === edit.number);
    const known = next[at];
    if (known) {
      next[at] = edited(known, edit);
      continue;
    }
    const parent = next.find(({ number }) => number === edit["parent"]);
    const blank: FilePlanEntry = parent
      ? { ...parent, id: "", overridden: false, former_numbers: [] }
      : { ...emptyEntry };
    let place = parent ? next.indexOf(parent) + 1 : next.length;
    if (parent) while (next[place] && isBelow(next, next[place]?.number ?? "", parent.number)) place += 1;
    next.splice(place, 0, edited({ ...blank, parent: edit["parent"] ?? "", takes_folders: false }, edit));
  }
  return next;
}

function isBelow(entries: readonly FilePlanEntry[], number: string, above: string): boolean {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  for (let at = byNumber.get(number); at; at = byNumber.get(at.parent)) if (at.parent === above) return true;
  return false;
}

export const emptyEntry: FilePlanEntry = {
  number: "",
  title: "",
  parent: "",
  takes_folders: false,
  retention: "",
  disposal: "B",
  document_types: [],
  id: "",
  rule: "",
  rule_parts: null,
  limit: "",
  limit_sentence: "",
  overridden: false,
  legal_basis: "",
  years_at_hand: 0,
  protection: "",
  personal_data: "",
  confidentiality: "",
  folder_kind: "",
  access: [],
  former_numbers: [],
  valid_from: null,
  valid_to: null,
};

const place = (): string => `eakte-plan-draft:${tenant}:${session()?.account?.name ?? ""}`;

export function loadDraft(): PlanDraft {
  try {
    const stored = JSON.parse(localStorage.getItem(place()) ?? "") as PlanDraft;
    if (typeof stored.base === "string" && Array.isArray(stored.edits)) return stored;
  } catch {
    // none, or none that can be read
  }
  return { base: "", edits: [] };
}

export function saveDraft(draft: PlanDraft): void {
  if (draft.edits.length === 0) localStorage.removeItem(place());
  else localStorage.setItem(place(), JSON.stringify(draft));
  dispatchEvent(new Event(draftChanged));
}

/** A name for the next version: "2026.1" -> "2026.2", in a new year "2027.1". */
export function nextVersion(version: string, used: readonly string[], year: number): string {
  const parts = /^(\d{4})\.(\d+)$/.exec(version);
  if (!parts) return "";
  let count = Number(parts[1]) === year ? Number(parts[2]) + 1 : 1;
  while (used.includes(`${year}.${count}`)) count += 1;
  return `${year}.${count}`;
}

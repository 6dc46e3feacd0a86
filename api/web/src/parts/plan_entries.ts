import type { FilePlanEntry } from "../api";

export const entryText = (entry: Pick<FilePlanEntry, "number" | "title">): string => `${entry.number} ${entry.title}`;

const folded = (text: string) =>
  text
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ä/g, "ae")
    .replace(/ö/g, "oe")
    .replace(/ü/g, "ue");

/** The entries documents can be filed under that hold every typed word in number, title or document types. */
export function matchingEntries(entries: readonly FilePlanEntry[], typed: string): FilePlanEntry[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => {
    if (!entry.takes_folders) return false;
    const text = folded(`${entryText(entry)} ${entry.document_types.join(" ")}`);
    return words.every((word) => (/^[\d.]+$/.test(word) ? entry.number.startsWith(word) : text.includes(word)));
  });
}

import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilePlanEntry, Proposal } from "../src/api";
import { otherProposals } from "../src/parts/confirm_form";
import { toggled, withChosen } from "../src/parts/facets";
import { offeredPages } from "../src/parts/pager";
import { matchingEntries } from "../src/parts/plan_entries";
import { emptyEntry } from "../src/plan_draft";

const entry = (number: string, title: string, takes_folders = true, document_types: string[] = []): FilePlanEntry => ({
  ...emptyEntry,
  number,
  title,
  takes_folders,
  document_types,
});
const plan = [
  entry("11", "Innere Verwaltung", false),
  entry("11.50.20", "Eingangsrechnungen", true, ["Rechnung"]),
  entry("21.11.50", "Schülerbeförderung"),
  entry("61.10.10", "Straßenreinigung"),
];

const typed: [string, string[]][] = [
  ["", ["11.50.20", "21.11.50", "61.10.10"]],
  ["11.5", ["11.50.20"]],
  ["rechnung", ["11.50.20"]],
  ["schueler", ["21.11.50"]],
  ["STRASSE reinigung", ["61.10.10"]],
  ["nichts", []],
];
for (const [text, numbers] of typed) {
  test(`"${text}" finds ${numbers.join(", ") || "no entry"} in the file plan`, () =>
    assert.deepEqual(
      matchingEntries(plan, text).map(({ number }) => number),
      numbers,
    ));
}

test("a chosen facet value stays although no hit has it", () => {
  const facets = [{ name: "typ", values: [{ value: "Rechnung", label: "Rechnung", count: 2 }] }];
  assert.deepEqual(withChosen(facets, ["typ=Bescheid", "von=A=B"]), [
    {
      name: "typ",
      values: [
        { value: "Rechnung", label: "Rechnung", count: 2 },
        { value: "Bescheid", label: "Bescheid", count: 0 },
      ],
    },
    { name: "von", values: [{ value: "A=B", label: "A=B", count: 0 }] },
  ]);
});

test("a facet value is chosen and given up again", () => {
  assert.deepEqual(toggled(["typ=Rechnung"], "jahr=2026"), ["typ=Rechnung", "jahr=2026"]);
  assert.deepEqual(toggled(["typ=Rechnung", "jahr=2026"], "typ=Rechnung"), ["jahr=2026"]);
});

test("only few result pages are offered, gaps are 0", () => {
  assert.deepEqual(offeredPages(1, 1), [1]);
  assert.deepEqual(offeredPages(2, 3), [1, 2, 3]);
  assert.deepEqual(offeredPages(5, 9), [1, 0, 4, 5, 6, 0, 9]);
});

test("proposals beside the value in use are offered once each", () => {
  const proposal = (field: string, value: string, confidence = 0.5): Proposal => ({ field, value, confidence, reason: "" });
  const all = [proposal("sender", "A"), proposal("sender", "B"), proposal("sender", "B"), proposal("title", "C"), proposal("sender", "D", 0.01)];
  assert.deepEqual(
    otherProposals(all, "sender", "A").map(({ value }) => value),
    ["B"],
  );
});

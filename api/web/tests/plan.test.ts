import assert from "node:assert/strict";
import { test } from "node:test";
import type { FilePlanEntry, RetentionRule } from "../src/api";
import { ruleText } from "../src/parts/plan_facts";
import { fieldsIn } from "../src/parts/plan_entry_form";
import { entriesWith, isClosed, pathTo } from "../src/parts/plan_tree";
import { draftedEntries, editOf, emptyEntry, harmlessEdits, inherits, nextVersion, withEdit, withoutEdit } from "../src/plan_draft";
import { isEditable, newPeriod, newRule, notationOf } from "../src/retention_rule";

const entry = (number: string, parent: string, more: Partial<FilePlanEntry> = {}): FilePlanEntry => ({
  ...emptyEntry,
  number,
  parent,
  title: `Titel ${number}`,
  rule: "mindest / 10 Jahre ab zdA (jahresende)",
  ...more,
});
const plan = [
  entry("61", ""),
  entry("61.10", "61"),
  entry("61.10.30", "61.10", { title: "Hundesteuer", takes_folders: true, document_types: ["Bescheid"] }),
  entry("71", ""),
];

test("a rule is written as the file plan writes it", () => {
  assert.equal(notationOf(newRule()), "mindest / 10 Jahre ab zdA (jahresende)");
  const rule: RetentionRule = {
    ...newRule(),
    kind: "maximum",
    combination: "stages",
    periods: [
      { ...newPeriod("wegzug_tod"), years: 5, name: "Auskunft" },
      { ...newPeriod("vorige_stufe"), years: 50, access_locked: true },
    ],
    suspension: "wahlpruefung",
  };
  assert.equal(
    notationOf(rule),
    'hoechst / stufen: 5 Jahre ab wegzug_tod (jahresende) "Auskunft" + 50 Jahre ab vorige_stufe (jahresende, gesperrt) / ablaufhemmung wahlpruefung',
  );
  assert.equal(notationOf({ ...rule, unlimited: true }), "unbefristet");
  assert.equal(notationOf({ ...newRule(), periods: [{ ...newPeriod(), years: 0, days: -61, rounding: "exact_day" }] }),
    "mindest / -61 Tage ab zdA (taggenau)");
  assert.equal(isEditable(rule), true);
  assert.equal(isEditable({ ...newRule(), periods: [{ ...newPeriod(), months: 3 }] }), false);
});

test("an edit holds what differs, and nothing where nothing does", () => {
  const [, , dogs] = plan;
  assert.ok(dogs);
  assert.equal(editOf(dogs, dogs.number, { title: "Hundesteuer", document_types: "Bescheid" }), undefined);
  assert.deepEqual(editOf(dogs, dogs.number, { title: "Hunde", years_at_hand: "0" }), { number: "61.10.30", title: "Hunde" });
});

test("the form's values become fields of an edit", () => {
  const fields = fieldsIn({ title: "T", access: "Bauamt, Kämmerei ,", document_types: "Brief\n\n Bescheid", protection0: "h", protection1: "h", protection2: "n" });
  assert.equal(fields.access, "Bauamt|Kämmerei");
  assert.equal(fields.document_types, "Brief|Bescheid");
  assert.equal(fields.protection, "hhn");
  assert.equal(fieldsIn({ protection0: "h" }).protection, "");
});

test("a draft is shown in the tree: changed where it is, new below its parent", () => {
  const edits = [
    { number: "61.10.30", title: "Hunde" },
    { number: "61.10.40", parent: "61.10", title: "Katzen", takes_folders: "ja" },
    { number: "61.10.40.1", parent: "61.10.40", title: "Kater" },
  ];
  const drafted = draftedEntries(plan, edits);
  assert.deepEqual(drafted.map(({ number }) => number), ["61", "61.10", "61.10.30", "61.10.40", "61.10.40.1", "71"]);
  assert.equal(drafted[2]?.title, "Hunde");
  assert.equal(drafted[3]?.rule, "mindest / 10 Jahre ab zdA (jahresende)");
  assert.equal(drafted[3]?.takes_folders, true);
  assert.deepEqual(withoutEdit(edits, "61.10.40").map(({ number }) => number), ["61.10.30"]);
  assert.deepEqual(withEdit(edits, { number: "61.10.30", title: "Dackel" })[0], { number: "61.10.30", title: "Dackel" });
});

test("what shortens nothing need not wait with the rest", () => {
  const edits = [
    { number: "61.10", retention: "unbefristet" },
    { number: "71", title: "T" },
    { number: "61", disposal: "V" },
    { number: "61.10.40", parent: "61.10", title: "Neu" },
  ];
  const changes = [{ number: "61.10.30", shorter: true }, { number: "71", shorter: false }];
  assert.deepEqual(harmlessEdits(edits, plan, changes).map(({ number }) => number), ["71", "61.10.40"]);
  assert.equal(harmlessEdits(edits, plan, []).length, 4);
});

test("what an entry has from above is known", () => {
  const [top, group] = plan;
  assert.ok(top && group);
  assert.equal(inherits(group, top, "retention"), true);
  assert.equal(inherits(group, top, "title"), false);
  assert.equal(inherits(group, top, "access"), false);
  assert.equal(inherits(group, undefined, "retention"), false);
});

test("the tree is searched with what lies around a hit", () => {
  assert.deepEqual(entriesWith(plan, "hunde").map(({ number }) => number), ["61", "61.10", "61.10.30"]);
  assert.deepEqual(entriesWith(plan, "bescheid").map(({ number }) => number), ["61", "61.10", "61.10.30"]);
  assert.equal(entriesWith(plan, "").length, 4);
  assert.deepEqual([...pathTo(plan, "61.10.30")], ["61.10.30", "61.10", "61"]);
  assert.equal(isClosed(entry("1", "", { valid_to: "2026-12-31" }), "2027-01-01"), true);
  assert.equal(isClosed(entry("1", "", { valid_to: "2026-12-31" }), "2026-12-31"), false);
});

test("a rule in the plan's notation is told in words", () => {
  const codes = { title: "", version: "", valid_from: null, entries: [], code_lists: { ereignis: [{ code: "vertragsende", name: "Ende des Vertrags" }] } };
  assert.equal(
    ruleText(codes, "mindest / 8 Jahre ab zdA (jahresende) / ablaufhemmung festsetzungsfrist"),
    "mindestens 8 Jahre ab Schluss der Akte (z. d. A.) (ab Ende des Kalenderjahres), nicht vor Ende der festsetzungsfrist",
  );
  assert.equal(
    ruleText(codes, "fest / stufen: 3 Monate ab vertragsende (taggenau) + 5 Jahre ab vorige_stufe (jahresende, gesperrt)"),
    "genau 3 Monate ab Ende des Vertrags (auf den Tag genau) + 5 Jahre ab Ende der Stufe davor (ab Ende des Kalenderjahres, Zugriff gesperrt)",
  );
  assert.equal(ruleText(codes, "unbefristet"), "unbefristet");
});

test("the next version has a name nobody has used", () => {
  assert.equal(nextVersion("2026.1", ["2026.1", "2026.2"], 2026), "2026.3");
  assert.equal(nextVersion("2026.7", [], 2027), "2027.1");
  assert.equal(nextVersion("Fassung B", [], 2027), "");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { IntakeState } from "../src/api";
import { boxPercent, formatDate, formatSize, intakeStateText } from "../src/format";
import { isLitter } from "../src/uploads";

test("dates are written the German way, and what is no date stays", () => {
  assert.equal(formatDate("2026-11-03"), "03.11.2026");
  assert.equal(formatDate(null), "");
  assert.equal(formatDate("unbekannt"), "unbekannt");
});

const sizes: [number, string][] = [
  [0, "0 Byte"],
  [999, "999 Byte"],
  [1000, "1 kB"],
  [123_456, "123,5 kB"],
  [2_147_483_648, "2,1 GB"],
];
for (const [bytes, text] of sizes) test(`${bytes} bytes are ${text}`, () => assert.equal(formatSize(bytes), text));

const states: [IntakeState, string, number, number, string][] = [
  ["queued", "", 0, 0, "wartet"],
  ["working", "read", 0, 0, "wird gelesen"],
  ["working", "read", 2, 5, "wird gelesen (Seite 2 von 5)"],
  ["working", "render", 5, 5, "PDF/A wird erzeugt"],
  ["working", "", 0, 0, "wird verarbeitet"],
  ["filed", "", 0, 0, "abgelegt"],
  ["quarantined", "", 0, 0, "Quarantäne"],
];
for (const [state, stage, pages_done, pages_total, text] of states) {
  test(`an intake in state ${state} ${stage} ${pages_done}/${pages_total} is "${text}"`, () =>
    assert.equal(intakeStateText({ state, stage, pages_done, pages_total }), text));
}

test("a box is placed in per cent of its page", () => {
  assert.deepEqual(boxPercent([248, 351, 620, 35], 2480, 3510), [10, 10, 25, (100 * 35) / 3510]);
});

test("what desktop systems leave in directories is not handed in", () => {
  for (const name of [".DS_Store", "Scans/.DS_Store", "Scans/Thumbs.db", "desktop.ini"]) assert.ok(isLitter(name), name);
  for (const name of ["Brief.pdf", "Scans/Brief.tif", "Thumbs.db.pdf"]) assert.ok(!isLitter(name), name);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Session } from "../src/api";
import { todayIso } from "../src/format";
import { barsOf } from "../src/parts/due_plot";
import { mayBe } from "../src/session";

test("the plot has a place for every year and stacks A, B and V", () => {
  const bars = barsOf([
    { year: 2030, A: 1, B: 2, V: 5 },
    { year: 2033, A: 0, B: 0, V: 4 },
  ]);
  assert.deepEqual(bars.map(({ year, total }) => [year, total]), [[2030, 8], [2031, 0], [2032, 0], [2033, 4]]);
  assert.deepEqual(bars[0]?.parts, [
    { code: "A", from: 0, to: 0.125 },
    { code: "B", from: 0.125, to: 0.375 },
    { code: "V", from: 0.375, to: 1 },
  ]);
  assert.deepEqual(bars[3]?.parts.map(({ to }) => to), [0, 0, 0.5]);
  assert.deepEqual(barsOf([]), []);
});

test("a period of centuries does not fill the memory with bars", () => {
  assert.equal(barsOf([{ year: 2030, A: 1, B: 0, V: 0 }, { year: 9999, A: 1, B: 0, V: 0 }]).length, 120);
});

test("roles decide what is offered; without accounts everything is", () => {
  const open: Session = { accounts: false, account: null };
  const loggedOut: Session = { accounts: true, account: null };
  const account = { name: "r", display_name: "R", disabled: false, created_at: "", created_by: "", changed_at: "", changed_by: "", must_change_password: false, password_issuer: "", counts_from: null, confirmed_by: "" };
  const auditor: Session = { accounts: true, account: { ...account, roles: [{ role: "auditor", name: "Revision" }] } };
  assert.equal(mayBe(open, "administrator"), true);
  assert.equal(mayBe(loggedOut, "clerk"), false);
  assert.equal(mayBe(auditor, "clerk", "auditor"), true);
  assert.equal(mayBe(auditor, "records_manager"), false);
  assert.equal(mayBe(undefined, "auditor"), false);
});

test("today is the reader's day", () => {
  assert.equal(todayIso(new Date(2026, 10, 3, 23, 59)), "2026-11-03");
});

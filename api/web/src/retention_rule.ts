/** Retention rules as the page edits them, and in the notation of the file plan. */
import type { RetentionRule, RulePeriod } from "./api";

export type Unit = "years" | "months" | "days";
export const units: readonly Unit[] = ["years", "months", "days"];
const unitWords: Record<Unit, string> = { years: "Jahre", months: "Monate", days: "Tage" };
const kindWords = { minimum: "mindest", maximum: "hoechst", fixed: "fest" } as const;

/** The one unit a period is counted in; nothing where it has several. */
export function unitOf(period: RulePeriod): Unit | undefined {
  const counted = units.filter((unit) => period[unit] !== 0);
  return counted.length > 1 ? undefined : (counted[0] ?? "years");
}

/** Whether every part of a rule has a field in the page. */
export const isEditable = (rule: RetentionRule): boolean => rule.periods.every((period) => unitOf(period) !== undefined);

function periodNotation(period: RulePeriod): string {
  const amounts = units.filter((unit) => period[unit] !== 0).map((unit) => `${period[unit]} ${unitWords[unit]}`);
  const rounding = period.rounding === "end_of_year" ? "jahresende" : "taggenau";
  const locked = period.access_locked ? ", gesperrt" : "";
  const name = period.name ? ` "${period.name.replaceAll('"', "")}"` : "";
  return `${amounts.join(" ") || "0 Jahre"} ab ${period.event} (${rounding}${locked})${name}`;
}

/** "mindest / 8 Jahre ab zdA (jahresende) / ablaufhemmung festsetzungsfrist", as the service reads it. */
export function notationOf(rule: RetentionRule): string {
  if (rule.unlimited) return "unbefristet";
  const combination = rule.periods.length < 2 ? "" : rule.combination === "latest" ? "max: " : "stufen: ";
  const suspension = rule.suspension ? ` / ablaufhemmung ${rule.suspension}` : "";
  return `${kindWords[rule.kind]} / ${combination}${rule.periods.map(periodNotation).join(" + ")}${suspension}`;
}

export const newPeriod = (event = "zdA"): RulePeriod => ({
  years: 10,
  months: 0,
  days: 0,
  event,
  rounding: "end_of_year",
  name: "",
  access_locked: false,
});

export const newRule = (): RetentionRule => ({
  unlimited: false,
  kind: "minimum",
  combination: "single",
  periods: [newPeriod()],
  suspension: "",
});

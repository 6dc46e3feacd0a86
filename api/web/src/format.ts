import type { Box, Intake, IntakeState } from "./api";
import { texts } from "./texts";

/** "2026-11-03" -> "03.11.2026"; what is no date stays as it is. */
export function formatDate(date: string | null): string {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date ?? "");
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]}` : (date ?? "");
}

const timeFormat = new Intl.DateTimeFormat("de-DE", {
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** A UTC time stamp in the reader's time zone, to the minute. */
export const formatTime = (stamp: string): string => timeFormat.format(new Date(stamp)).replace(",", "");

const numberFormat = new Intl.NumberFormat("de-DE", { maximumFractionDigits: 1 });
export const formatNumber = (value: number): string => numberFormat.format(value);

export function formatSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} Byte`;
  const units = ["kB", "MB", "GB", "TB"];
  let value = bytes / 1000;
  let unit = 0;
  while (value >= 1000 && unit + 1 < units.length) {
    value /= 1000;
    unit += 1;
  }
  return `${numberFormat.format(value)} ${units[unit]}`;
}

export const formatPercent = (share: number): string => `${Math.round(share * 100)} %`;

/** Where an intake stands, for people: "wird gelesen (Seite 2 von 5)". */
export function intakeStateText(intake: Pick<Intake, "state" | "stage" | "pages_done" | "pages_total">): string {
  if (intake.state !== "working") return texts.intake.states[intake.state];
  const stage = texts.intake.stages[intake.stage] ?? texts.intake.states.working;
  if (intake.stage !== "read" || intake.pages_total === 0) return stage;
  return `${stage} (${texts.intake.pageOf(Math.max(1, intake.pages_done), intake.pages_total)})`;
}

/** The colour of a state; its meaning is always told by text as well. */
export function intakeTone(state: IntakeState): "info" | "success" | "warning" | "danger" {
  if (state === "filed" || state === "unpacked" || state === "split") return "success";
  if (state === "review" || state === "duplicate") return "warning";
  if (state === "refused" || state === "quarantined") return "danger";
  return "info";
}

/** A box in per cent of its page: left, top, width, height. */
export function boxPercent(box: Box, width: number, height: number): Box {
  const [left, top, boxWidth, boxHeight] = box;
  return [(100 * left) / width, (100 * top) / height, (100 * boxWidth) / width, (100 * boxHeight) / height];
}

/** Today where the reader is, "2026-11-03". */
export function todayIso(now = new Date()): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

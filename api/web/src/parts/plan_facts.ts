import { html, nothing, type TemplateResult } from "lit";
import type { DisposalCode, FilePlan, FilePlanEntry } from "../api";
import { type EditableField, fieldOf, inherits } from "../plan_draft";
import { texts } from "../texts";

export const disposalText = (code: string): string => texts.records.disposals[code as DisposalCode] ?? code;

/** "hhn" -> "Integrität hoch, Vertraulichkeit hoch, Verfügbarkeit normal" */
export function protectionText(code: string): string {
  if (!/^[nhs]{3}$/.test(code)) return code;
  return texts.plan.protectionKinds.map((kind, at) => `${kind} ${texts.plan.protectionLevels[code[at] ?? ""] ?? ""}`).join(", ");
}

/** What a code of one of the plan's lists means. */
export function codeText(plan: FilePlan, list: string, code: string): string {
  const known = plan.code_lists[list]?.find((one) => one.code === code);
  return known?.name && known.name !== "-" ? known.name : code;
}

/** A rule in the notation of the plan in words: "mindestens 8 Jahre ab Rechnungsdatum (ab Ende des Kalenderjahres)". */
export function ruleText(plan: FilePlan, notation: string): string {
  const { rule } = texts.plan;
  const kinds: Record<string, string> = { mindest: rule.words.minimum, hoechst: rule.words.maximum, fest: rule.words.fixed };
  const event = (code: string) =>
    code === "zdA" ? rule.closing : code === "vorige_stufe" ? rule.previousStage : codeText(plan, "ereignis", code);
  return notation
    .replace(/^(mindest|hoechst|fest) \/ (max: |stufen: )?/, (_all, kind: string) => `${kinds[kind] ?? ""} `)
    .replace(/ab (\S+) \((jahresende|taggenau)(, gesperrt)?\)/g, (_all, code: string, rounding: string, locked?: string) => {
      const counted = rounding === "jahresende" ? rule.roundings.end_of_year : rule.roundings.exact_day;
      return `ab ${event(code)} (${counted}${locked ? `, ${rule.words.locked}` : ""})`;
    })
    .replace(/ \/ ablaufhemmung (\S+)/, (_all, code: string) => `, ${rule.words.suspension} ${code}`);
}

/** The value of a field of an entry as people read it. */
export function fieldText(plan: FilePlan, field: string, value: string): string {
  switch (field) {
    case "retention":
    case "limit":
      return ruleText(plan, value);
    case "disposal":
      return disposalText(value);
    case "protection":
      return protectionText(value);
    case "confidentiality":
      return texts.plan.confidentialities[value] ?? value;
    case "personal_data":
      return codeText(plan, "personenbezug", value);
    case "folder_kind":
      return codeText(plan, "aktentyp", value);
    case "years_at_hand":
      return texts.plan.yearsAtHand(Number(value) || 0);
    case "access":
    case "document_types":
      return value.split("|").filter(Boolean).join(", ");
    default:
      return value;
  }
}

/** What an entry says, each value with where it comes from. */
export function planFacts(plan: FilePlan, entry: FilePlanEntry, parent: FilePlanEntry | undefined): TemplateResult {
  const fact = (field: EditableField, value: string, otherwise = ""): TemplateResult | typeof nothing =>
    value || otherwise
      ? html`<div>
          <dt>${texts.plan.fields[field]}</dt>
          <dd>
            ${value || html`<span class="muted">${otherwise}</span>`}
            ${parent && inherits(entry, parent, field)
              ? html`<span class="inherited">${texts.plan.inherited(parent.number)}</span>`
              : nothing}
          </dd>
        </div>`
      : nothing;
  const text = (field: EditableField, otherwise = "") => fact(field, fieldText(plan, field, fieldOf(entry, field)), otherwise);
  return html`<dl class="plan-facts">
    ${fact("retention", entry.rule_parts ? entry.retention : ruleText(plan, entry.rule), texts.plan.none)}
    ${entry.overridden ? html`<div><dt></dt><dd class="muted">${texts.plan.own}</dd></div>` : nothing}
    ${text("legal_basis")} ${text("disposal")} ${fact("limit", entry.limit_sentence || ruleText(plan, entry.limit))} ${text("years_at_hand")}
    ${text("protection")} ${text("confidentiality")} ${text("access", texts.plan.everybody)} ${text("personal_data")}
    ${text("folder_kind")} ${text("document_types", texts.plan.none)}
    ${entry.former_numbers.length > 0
      ? html`<div><dt>${texts.plan.former}</dt><dd>${entry.former_numbers.join(", ")}</dd></div>`
      : nothing}
  </dl>`;
}

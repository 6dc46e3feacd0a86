import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlan, FilePlanEntry } from "../api";
import { PageElement } from "../element";
import type { PlanEdit } from "../plan_api";
import { type EditableField, editOf, fieldOf } from "../plan_draft";
import { newRule, notationOf } from "../retention_rule";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton, area, button, input, select, valuesOf } from "./form_fields";
import { codeText } from "./plan_facts";
import "./rule_fields";

const split = (text: string, separator: RegExp): string => text.split(separator).map((one) => one.trim()).filter(Boolean).join("|");

/** The values of the form as an edit names them. */
export function fieldsIn(values: Readonly<Record<string, string>>): Partial<Record<EditableField, string>> {
  const level = (kind: number) => values[`protection${kind}`] ?? "";
  const levels = `${level(0)}${level(1)}${level(2)}`;
  return {
    title: values["title"] ?? "",
    legal_basis: values["legal_basis"] ?? "",
    disposal: values["disposal"] ?? "",
    limit: values["limit"] ?? "",
    years_at_hand: values["years_at_hand"] ?? "",
    protection: levels.length === 3 ? levels : "",
    confidentiality: values["confidentiality"] ?? "",
    access: split(values["access"] ?? "", /[,\n]/),
    personal_data: values["personal_data"] ?? "",
    folder_kind: values["folder_kind"] ?? "",
    document_types: split(values["document_types"] ?? "", /\n/),
  };
}

/**
 * Changes an entry of the file plan, or makes a new one. Dispatches "taken" with the edit for the draft, or
 * "cancelled".
 */
@customElement("eakte-plan-entry-form")
export class PlanEntryForm extends PageElement {
  @property({ attribute: false }) plan!: FilePlan;
  /** The plan with what is in the draft. */
  @property({ attribute: false }) entries: readonly FilePlanEntry[] = [];
  /** What is shown to begin with: the entry, or for a new one the entry above it. */
  @property({ attribute: false }) from: FilePlanEntry | undefined;
  @property({ type: Boolean }) fresh = false;
  @state() private problem = "";
  /** notation; nothing while it is as it was */
  private retention: string | undefined;

  private submit(event: Event): void {
    const values = valuesOf(event);
    const fields = fieldsIn(values);
    if (this.retention !== undefined) fields.retention = this.retention;
    const edit = this.fresh ? this.freshEdit(values, fields) : this.changedEdit(fields);
    if (edit) this.dispatchEvent(new CustomEvent<PlanEdit>("taken", { detail: edit }));
    else void this.updateComplete.then(() => this.querySelector<HTMLElement>(".kern-alert--danger")?.scrollIntoView({ block: "nearest" }));
  }

  private changedEdit(fields: Partial<Record<EditableField, string>>): PlanEdit | undefined {
    const number = this.from?.number ?? "";
    const original = this.plan.entries.find((entry) => entry.number === number);
    // A draft may still hold the closing, or that the entry is new.
    const shown = this.entries.find((entry) => entry.number === number);
    if (fields.retention === undefined && shown && shown.rule !== original?.rule) fields.retention = shown.rule;
    const edit = editOf(original, number, { ...fields, valid_to: shown?.valid_to ?? "" });
    if (edit) return edit;
    // Back to what it was: nothing is left of it in the draft.
    if (shown !== original) return { number };
    this.problem = texts.plan.form.unchanged;
    return undefined;
  }

  private freshEdit(
    values: Readonly<Record<string, string>>,
    fields: Partial<Record<EditableField, string>>,
  ): PlanEdit | undefined {
    const number = values["number"] ?? "";
    const above = this.from?.number ?? "";
    const taken = this.entries.some((entry) => entry.number === number || entry.former_numbers.includes(number));
    if (taken) this.problem = texts.plan.form.numberTaken(number);
    else if (above && (!number.startsWith(above) || number === above)) this.problem = texts.plan.form.numberBelow(above);
    else {
      // Without an entry above there is nothing to inherit a rule from.
      if (!this.from) fields.retention ??= notationOf(newRule());
      const edit = editOf(this.from, number, fields) ?? { number };
      return { ...edit, parent: above, title: values["title"] ?? "", takes_folders: values["takes_folders"] ? "ja" : "nein" };
    }
    return undefined;
  }

  protected override render(): TemplateResult {
    const { form } = texts.plan;
    const entry = this.from;
    const number = entry?.number ?? "";
    return html`<form class="plan-form" @submit=${this.submit}>
      <h2 class="kern-heading-small" tabindex="-1">${this.fresh ? form.add(number) : form.edit(number)}</h2>
      <p class="muted">${form.hint}</p>
      ${this.problem ? alert("danger", this.problem) : nothing}
      <fieldset>
        <legend>${form.naming}</legend>
        ${this.fresh
          ? html`${input("eintrag", "number", texts.plan.fields["number"] ?? "", number ? `${number}.` : "")}`
          : nothing}
        ${input("eintrag", "title", texts.plan.fields["title"] ?? "", this.fresh ? "" : (entry?.title ?? ""), { hint: form.titleHint })}
        ${this.fresh
          ? html`<label class="choice"><input type="checkbox" name="takes_folders" checked />${texts.plan.fields["takes_folders"]}</label>`
          : nothing}
      </fieldset>
      ${this.renderRetention(entry)} ${this.renderGuard(entry)} ${this.renderFiling(entry)}
      <div class="buttons">
        ${button(texts.plan.actions.take)}
        ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }

  private renderRetention(entry: FilePlanEntry | undefined): TemplateResult {
    const { form, fields } = texts.plan;
    const suspensions = new Set(this.plan.entries.map(({ rule_parts }) => rule_parts?.suspension ?? "").filter(Boolean));
    const value = (field: EditableField) => (entry ? fieldOf(entry, field) : "");
    const disposals = Object.entries(texts.records.disposals).filter(([code]) => code !== "");
    return html`<fieldset>
        <legend>${fields["retention"]}</legend>
        ${!this.fresh && !entry?.takes_folders ? html`<p class="muted">${form.below}</p>` : nothing}
        <eakte-rule-fields
          .rule=${entry?.rule_parts ?? null}
          .notation=${entry?.rule ?? ""}
          .events=${this.plan.code_lists["ereignis"] ?? []}
          .suspensions=${[...suspensions].sort()}
          @change=${(event: Event) => {
            if (event instanceof CustomEvent) this.retention = event.detail as string;
          }}
        ></eakte-rule-fields>
        ${input("eintrag", "legal_basis", fields["legal_basis"] ?? "", value("legal_basis"), { hint: form.legalHint, required: false })}
      </fieldset>
      <fieldset>
        <legend>${form.after}</legend>
        ${select("eintrag", "disposal", fields["disposal"] ?? "", value("disposal") || "B", disposals)}
        ${input("eintrag", "years_at_hand", fields["years_at_hand"] ?? "", value("years_at_hand"), { hint: form.yearsAtHandHint, type: "number" })}
        ${input("eintrag", "limit", fields["limit"] ?? "", value("limit"), { hint: form.limitHint, required: false })}
      </fieldset>`;
  }

  private renderGuard(entry: FilePlanEntry | undefined): TemplateResult {
    const { form, fields, unset } = texts.plan;
    const codes = (list: string): [string, string][] => [
      ["", unset],
      ...(this.plan.code_lists[list] ?? []).map(({ code }): [string, string] => [code, codeText(this.plan, list, code)]),
    ];
    const levels = Object.entries(texts.plan.protectionLevels);
    return html`<fieldset>
      <legend>${form.guard}</legend>
      <div class="field-row">
        ${texts.plan.protectionKinds.map((kind, at) =>
          select("eintrag", `protection${at}`, `${fields["protection"]}: ${kind}`, entry?.protection[at] ?? "", [
            ["", unset],
            ...levels,
          ]),
        )}
      </div>
      ${select("eintrag", "confidentiality", fields["confidentiality"] ?? "", entry?.confidentiality ?? "", [
        ["", unset],
        ...Object.entries(texts.plan.confidentialities),
      ])}
      ${input("eintrag", "access", fields["access"] ?? "", entry?.access.join(", ") ?? "", { hint: form.accessHint, required: false })}
      ${select("eintrag", "personal_data", fields["personal_data"] ?? "", entry?.personal_data ?? "", codes("personenbezug"))}
      ${select("eintrag", "folder_kind", fields["folder_kind"] ?? "", entry?.folder_kind ?? "", codes("aktentyp"))}
    </fieldset>`;
  }

  private renderFiling(entry: FilePlanEntry | undefined): TemplateResult {
    const { form, fields } = texts.plan;
    const types = entry?.document_types ?? [];
    return html`<fieldset>
      <legend>${form.filing}</legend>
      ${area("eintrag", "document_types", fields["document_types"] ?? "", types.join("\n"), form.typesHint, Math.min(Math.max(types.length + 1, 3), 10))}
    </fieldset>`;
  }
}

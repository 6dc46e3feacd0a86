import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { ConfirmedFields, Document, DocumentSummary, FilePlan, Proposal } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, formatPercent } from "../format";
import { service, ServiceError } from "../http";
import { structureService } from "../structure_api";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton } from "./form_fields";
import { entryText } from "./plan_entries";
import "./plan_picker";

/** The fields a person may correct, as they stand. */
export function fieldsOf(document: Document | DocumentSummary): ConfirmedFields {
  const { title, document_type, sender, recipient, reference, document_date, plan_entry } = document;
  return { title, document_type, sender, recipient, reference, document_date, plan_entry: plan_entry?.number ?? "" };
}

const worthOffering = 0.05;

type Field = keyof ConfirmedFields;

/** What else was proposed for a field than the value it has, and is not next to impossible. */
export function otherProposals(proposals: readonly Proposal[], field: Field, value: string): Proposal[] {
  const others = proposals.filter(
    (proposal) =>
      proposal.field === field && proposal.confidence >= worthOffering && proposal.value && proposal.value !== value,
  );
  return others.filter((one, at) => others.findIndex(({ value: same }) => same === one.value) === at).slice(0, 3);
}

/** Confirms or corrects what was recognised. Dispatches "confirmed" with the document as it stands then. */
@customElement("eakte-confirm-form")
export class ConfirmForm extends PageElement {
  @property({ attribute: false }) document!: Document;
  @property({ attribute: false }) plan: FilePlan | undefined;
  @state() private fields!: ConfirmedFields;
  @state() private problem = "";
  @state() private planProblem = "";
  @state() private busy = false;
  /** the entry has a shorter rule than the one confirmed before */
  @state() private proposable = false;
  @state() private proposed = false;
  @query("#plan") private planInput!: HTMLInputElement;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("document")) this.fields = fieldsOf(this.document);
  }

  private set(field: Field, value: string): void {
    this.proposable = false;
    this.proposed = false;
    this.fields = { ...this.fields, [field]: field === "document_date" ? value || null : value };
    if (field === "plan_entry") this.planProblem = "";
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!this.fields.plan_entry) {
      this.planProblem = texts.confirm.needsPlan;
      this.planInput.focus();
      return;
    }
    this.busy = true;
    try {
      const confirmed = await service.confirm(this.document.id, this.fields);
      this.problem = "";
      this.dispatchEvent(new CustomEvent<Document>("confirmed", { detail: confirmed }));
    } catch (problem) {
      this.problem = problemText(problem);
      this.proposable = problem instanceof ServiceError && problem.code === "document_second_person";
    }
    this.busy = false;
  }

  /** What may go earlier needs a reason and a second person. */
  private async propose(): Promise<void> {
    const reason = this.querySelector<HTMLInputElement>("#feld-reason")?.value.trim() ?? "";
    try {
      await structureService.refileDocument(this.document.id, this.fields.plan_entry, reason);
      this.problem = "";
      this.proposable = false;
      this.proposed = true;
      announce(texts.structure.documentProposed);
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private get types(): string[] {
    const planned = this.plan?.entries.flatMap(({ document_types }) => document_types) ?? [];
    const proposed = this.document.proposals.filter(({ field }) => field === "document_type").map(({ value }) => value);
    const all = new Set([...planned, ...proposed, this.document.document_type]);
    return [...all].filter(Boolean).sort((left, right) => left.localeCompare(right, "de"));
  }

  protected override render(): TemplateResult {
    return html`<form class="confirm-form" @submit=${this.submit}>
      <h2 class="kern-heading-small">${texts.confirm.title}</h2>
      ${this.renderText("title")}
      <div class="kern-form-input">
        <label class="kern-label" for="feld-document_type">${texts.fields["document_type"]}</label>
        <select
          id="feld-document_type"
          class="plain-select"
          @change=${(event: Event) => this.set("document_type", (event.target as HTMLSelectElement).value)}
        >
          ${["", ...this.types].map(
            (type) => html`<option value=${type} ?selected=${type === this.fields.document_type}>
              ${type || texts.confirm.typeNone}
            </option>`,
          )}
        </select>
        ${this.renderProposals("document_type")}
      </div>
      <eakte-plan-picker
        .entries=${this.plan?.entries ?? []}
        .value=${this.fields.plan_entry}
        .problem=${this.planProblem}
        @change=${(event: Event) => {
          if (event instanceof CustomEvent) this.set("plan_entry", event.detail as string);
        }}
      ></eakte-plan-picker>
      ${this.renderProposals("plan_entry")} ${this.renderText("document_date", "date")} ${this.renderText("sender")}
      ${this.renderText("recipient")} ${this.renderText("reference")}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.proposable
        ? html`<div class="kern-form-input">
              <label class="kern-label" for="feld-reason">${texts.structure.reason}</label>
              <input id="feld-reason" class="kern-form-input__input" autocomplete="off" />
            </div>
            ${actionButton(texts.structure.propose, () => void this.propose())}`
        : nothing}
      ${this.proposed ? alert("success", texts.structure.documentProposed) : nothing}
      <button class="kern-btn kern-btn--primary" type="submit" ?disabled=${this.busy}>
        <span class="kern-label">${texts.confirm.save}</span>
      </button>
    </form>`;
  }

  private renderText(field: Field, type = "text"): TemplateResult {
    return html`<div class="kern-form-input">
      <label class="kern-label" for=${`feld-${field}`}>${texts.fields[field]}</label>
      <input
        id=${`feld-${field}`}
        class="kern-form-input__input"
        type=${type}
        autocomplete="off"
        .value=${this.fields[field] ?? ""}
        @input=${(event: Event) => this.set(field, (event.target as HTMLInputElement).value)}
      />
      ${this.renderProposals(field)}
    </div>`;
  }

  private shown(field: Field, value: string): string {
    if (field === "document_date") return formatDate(value);
    const entry = field === "plan_entry" && this.plan?.entries.find(({ number }) => number === value);
    return entry ? entryText(entry) : value;
  }

  private renderProposals(field: Field): TemplateResult | typeof nothing {
    const proposals = otherProposals(this.document.proposals, field, this.fields[field] ?? "");
    if (proposals.length === 0) return nothing;
    return html`<ul class="proposals">
      ${proposals.map((proposal) => {
        return html`<li>
          <button type="button" class="example" @click=${() => this.set(field, proposal.value)}>
            ${texts.confirm.take(this.shown(field, proposal.value))}
          </button>
          <span class="muted">${formatPercent(proposal.confidence)} · ${proposal.reason}</span>
        </li>`;
      })}
    </ul>`;
  }
}

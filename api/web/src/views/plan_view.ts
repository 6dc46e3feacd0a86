import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlan, FilePlanEntry } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, todayIso } from "../format";
import { href, navigate } from "../navigation";
import { alert, badge, loading } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import "../parts/plan_entry_form";
import { planFacts } from "../parts/plan_facts";
import "../parts/plan_tree";
import { entriesWith, isClosed } from "../parts/plan_tree";
import { exportAddress, type PlanEdit, planService } from "../plan_api";
import { draftChanged, draftedEntries, loadDraft, type PlanDraft, saveDraft, withEdit, withoutEdit } from "../plan_draft";
import { mayManage } from "../session";
import { texts } from "../texts";

type Task = "" | "edit" | "add" | "addTop" | "close";

/** The file plan: the tree, one entry of it, and for records managers what changes it. */
@customElement("eakte-plan-view")
export class PlanView extends PageElement {
  @property({ attribute: false }) entry = "";
  @state() private plan?: FilePlan | undefined;
  @state() private draft: PlanDraft = loadDraft();
  @state() private wanted = "";
  @state() private task: Task = "";
  @state() private problem = "";
  @state() private done = "";
  private readonly takeDraft = () => (this.draft = loadDraft());

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.plan.title} – ${texts.app.name}`;
    addEventListener(draftChanged, this.takeDraft);
    planService.plan().then(
      (plan) => (this.plan = plan),
      (problem: unknown) => (this.problem = problemText(problem)),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(draftChanged, this.takeDraft);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("entry")) return;
    this.task = "";
    this.done = "";
  }

  private begin(task: Task): void {
    this.task = task;
    this.done = "";
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("form input:not([type=checkbox])")?.focus());
  }

  private take(edit: PlanEdit): void {
    const held = this.draft.edits.find(({ number }) => number === edit.number);
    const kept = held?.["parent"] === undefined ? {} : { parent: held["parent"], takes_folders: held["takes_folders"] ?? "nein" };
    const edits =
      Object.keys(edit).length > 1 ? withEdit(this.draft.edits, { ...kept, ...edit }) : withoutEdit(this.draft.edits, edit.number);
    saveDraft({ base: this.draft.edits.length > 0 ? this.draft.base : (this.plan?.version ?? ""), edits });
    this.task = "";
    this.done = texts.plan.form.taken(edit.number);
    announce(this.done);
    if (edit.number !== this.entry) navigate({ view: "plan", entry: edit.number });
  }

  protected override render(): TemplateResult {
    const { plan } = this;
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.plan.title}</h1>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${plan ? this.renderPlan(plan) : this.problem ? nothing : loading()}
    `;
  }

  private renderPlan(plan: FilePlan): TemplateResult {
    const edits = mayManage() ? this.draft.edits : [];
    const entries = draftedEntries(plan.entries, edits);
    const type = (event: Event) => {
      this.wanted = (event.target as HTMLInputElement).value;
      announce(texts.plan.count(entriesWith(entries, this.wanted).length));
    };
    return html`
      <p class="kern-body intro">${texts.plan.intro(plan.title, plan.version, formatDate(plan.valid_from))}</p>
      <p class="plan-links">
        <a class="kern-link" href=${href({ view: "planVersions", from: "", to: "" })}>${texts.plan.actions.versions}</a>
        <span>
          ${texts.plan.actions.export}
          ${(["yaml", "csv", "xdomea"] as const).map(
            (form) => html`<a class="kern-link" href=${exportAddress(form)} download=${`aktenplan.${form === "xdomea" ? "xml" : form}`}
              >${texts.plan.exportForms[form]}</a
            > `,
          )}
        </span>
      </p>
      ${edits.length > 0
        ? html`<p class="draft-bar">
            ${badge("info", texts.plan.draft.bar(edits.length))}
            <a class="kern-link" href=${href({ view: "planDraft" })}>${texts.plan.draft.open}</a>
          </p>`
        : nothing}
      <div class="plan-columns">
        <div>
          <form class="filter-form" role="search" @input=${type} @submit=${(event: Event) => event.preventDefault()}>
            ${input("plan-suche", "q", texts.plan.label, this.wanted, { required: false })}
          </form>
          <eakte-plan-tree .entries=${entries} .chosen=${this.entry} .wanted=${this.wanted} .edits=${edits}></eakte-plan-tree>
          ${mayManage() ? actionButton(texts.plan.actions.addTop, () => this.begin("addTop"), "tertiary") : nothing}
        </div>
        <section class="plan-entry">${this.renderChosen(plan, entries)}</section>
      </div>
    `;
  }

  private renderChosen(plan: FilePlan, entries: readonly FilePlanEntry[]): TemplateResult {
    const entry = entries.find(({ number }) => number === this.entry);
    if (this.task === "addTop" || ((this.task === "edit" || this.task === "add") && entry)) {
      const from = this.task === "addTop" ? undefined : entry;
      return html`<eakte-plan-entry-form
        .plan=${plan}
        .entries=${entries}
        .from=${from}
        .fresh=${this.task !== "edit"}
        @taken=${(event: CustomEvent<PlanEdit>) => this.take(event.detail)}
        @cancelled=${() => (this.task = "")}
      ></eakte-plan-entry-form>`;
    }
    if (!entry) return html`<p class="muted">${this.entry ? texts.plan.empty : texts.plan.choose}</p>`;
    const parent = entries.find(({ number }) => number === entry.parent);
    const due = href({ view: "due", due: { on: "", plan: entry.number, year: 0 } });
    return html`
      <h2 class="kern-heading-medium">${entry.number} ${entry.title}</h2>
      ${this.done ? alert("success", this.done) : nothing}
      <p class="plan-marks">
        ${entry.takes_folders ? nothing : html`<span class="muted">${texts.plan.noFolders}</span>`}
        ${entry.valid_to ? badge("warning", texts.plan.closed(formatDate(entry.valid_to))) : nothing}
        ${entry.valid_from && entry.valid_from > todayIso() ? badge("info", texts.plan.opens(formatDate(entry.valid_from))) : nothing}
        ${this.draft.edits.some(({ number }) => number === entry.number) && mayManage()
          ? badge("info", texts.plan.changed)
          : nothing}
      </p>
      ${planFacts(plan, entry, parent)}
      ${entry.takes_folders ? html`<p><a class="kern-link" href=${due}>${texts.plan.folders}</a></p>` : nothing}
      ${mayManage() ? this.renderActions(plan, entry) : nothing}
    `;
  }

  private renderActions(plan: FilePlan, entry: FilePlanEntry): TemplateResult {
    if (this.task === "close") {
      const submit = (event: Event) => {
        const { valid_to = "" } = valuesOf(event);
        const held = this.draft.edits.find(({ number }) => number === entry.number);
        this.take({ ...held, number: entry.number, valid_to });
      };
      return html`<form class="record-form" @submit=${submit}>
        <h3 class="kern-heading-small">${texts.plan.form.closeTitle(entry.number)}</h3>
        <p class="muted">${texts.plan.form.closeHint}</p>
        ${input("schliessen", "valid_to", texts.plan.form.closeOn, entry.valid_to ?? todayIso(), { type: "date" })}
        <div class="buttons">
          ${button(texts.plan.actions.take)} ${actionButton(texts.app.cancel, () => (this.task = ""), "tertiary")}
        </div>
      </form>`;
    }
    const inForce = plan.entries.some(({ number }) => number === entry.number);
    return html`<div class="buttons">
      ${actionButton(texts.plan.actions.edit, () => this.begin("edit"))}
      ${entry.takes_folders ? nothing : actionButton(texts.plan.actions.add, () => this.begin("add"))}
      ${inForce && !isClosed(entry) ? actionButton(texts.plan.actions.close, () => this.begin("close")) : nothing}
    </div>`;
  }
}

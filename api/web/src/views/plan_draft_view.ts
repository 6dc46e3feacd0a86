import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { FilePlan } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, todayIso } from "../format";
import { href, navigate } from "../navigation";
import { alert, badge, loading } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import { fieldText } from "../parts/plan_facts";
import { planPreview } from "../parts/plan_preview";
import { type EntryChange, type PlanEdit, type PlanPreview, planService } from "../plan_api";
import { type EditableField, fieldOf, harmlessEdits, loadDraft, nextVersion, type PlanDraft, saveDraft, withoutEdit } from "../plan_draft";
import { texts } from "../texts";

/** The collected changes of the file plan: what they do, and the way to propose them. */
@customElement("eakte-plan-draft-view")
export class PlanDraftView extends PageElement {
  @state() private plan?: FilePlan | undefined;
  @state() private draft: PlanDraft = loadDraft();
  @state() private preview?: PlanPreview | undefined;
  @state() private version = "";
  @state() private validFrom = todayIso();
  @state() private problem = "";
  /** what all edits together change */
  private changes: readonly EntryChange[] = [];
  @state() private busy = false;
  /** only what shortens nothing is proposed now, the rest stays in the draft */
  @state() private harmlessOnly = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.plan.draft.title} – ${texts.app.name}`;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const [plan, { versions, proposals }] = await Promise.all([planService.plan(), planService.versions()]);
      const used = [...versions, ...proposals].map(({ version }) => version);
      this.version ||= nextVersion(plan.version, used, new Date().getFullYear());
      this.plan = plan;
      await this.look();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private asked() {
    return { version: this.version || "?", valid_from: this.validFrom, edits: this.chosen() };
  }

  private harmless(): PlanEdit[] {
    return harmlessEdits(this.draft.edits, this.plan?.entries ?? [], this.changes);
  }

  private chosen(): PlanEdit[] {
    return this.harmlessOnly ? this.harmless() : this.draft.edits;
  }

  private async chooseHarmless(only: boolean): Promise<void> {
    this.harmlessOnly = only;
    this.preview = undefined;
    await this.look();
  }

  private async look(): Promise<void> {
    this.problem = "";
    if (this.draft.edits.length === 0) return;
    try {
      const preview = await planService.preview(this.asked());
      if (!this.harmlessOnly) this.changes = preview.entries;
      this.preview = preview;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async propose(event: Event): Promise<void> {
    const { version = "", valid_from = "", reason = "" } = valuesOf(event);
    this.version = version;
    this.validFrom = valid_from;
    this.busy = true;
    try {
      const proposal = await planService.propose(this.asked(), reason);
      const proposed = new Set(this.chosen().map(({ number }) => number));
      saveDraft({ ...this.draft, edits: this.draft.edits.filter(({ number }) => !proposed.has(number)) });
      navigate({ view: "planProposal", id: proposal.id });
    } catch (problem) {
      await this.look();
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  private drop(number: string): void {
    this.harmlessOnly = false;
    this.draft = { ...this.draft, edits: withoutEdit(this.draft.edits, number) };
    saveDraft(this.draft);
    this.preview = undefined;
    announce(texts.plan.draft.dropped(number));
    void this.look();
  }

  protected override render(): TemplateResult {
    const { plan } = this;
    return html`
      <a class="kern-link kern-link--small" href=${href({ view: "plan", entry: "" })}
        ><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts.plan.draft.back}</a
      >
      <h1 class="kern-heading-large" tabindex="-1">${texts.plan.draft.title}</h1>
      ${plan ? this.renderDraft(plan) : this.problem ? alert("danger", texts.app.problem, this.problem) : loading()}
    `;
  }

  private renderDraft(plan: FilePlan): TemplateResult {
    const { edits, base } = this.draft;
    if (edits.length === 0) return alert("info", texts.plan.draft.empty);
    return html`
      ${base !== plan.version ? alert("warning", texts.plan.draft.outdated(base, plan.version)) : nothing}
      <section class="record-section">
        <h2 class="kern-heading-small">${texts.plan.draft.changes}</h2>
        <ul class="record-list">
          ${edits.map((edit) => this.renderEdit(plan, edit))}
        </ul>
      </section>
      <section class="record-section">
        <h2 class="kern-heading-medium">${texts.plan.preview.title}</h2>
        ${this.preview ? planPreview(this.preview) : this.problem ? nothing : loading()}
      </section>
      ${this.renderMixed()} ${this.renderForm()}
    `;
  }

  /** What need not wait for a second person is told, and may be proposed first. */
  private renderMixed(): TemplateResult | typeof nothing {
    const words = texts.plan.draft;
    if (this.harmlessOnly) {
      return html`${alert("info", words.harmlessOnly)} ${actionButton(words.all, () => void this.chooseHarmless(false), "tertiary")}`;
    }
    const harmless = this.harmless();
    if (!this.preview?.second_person || harmless.length === 0 || harmless.length === this.draft.edits.length) return nothing;
    return html`${alert("info", words.mixed(harmless.map(({ number }) => number).join(", ")))}
      <p>${actionButton(words.harmlessFirst, () => void this.chooseHarmless(true))}</p>`;
  }

  private renderEdit(plan: FilePlan, edit: PlanEdit): TemplateResult {
    const entry = plan.entries.find(({ number }) => number === edit.number);
    const words = texts.plan.draft;
    const fields = Object.entries(edit).filter(([field]) => !["number", "parent", "takes_folders"].includes(field));
    return html`<li class="record-item" data-edit=${edit.number}>
      <div>
        <h3 class="record-title">
          <a href=${href({ view: "plan", entry: edit.number })}>${edit.number} ${entry?.title ?? edit["title"] ?? ""}</a>
          ${entry ? nothing : badge("info", words.fresh)}
        </h3>
        <dl class="compact">
          ${fields.map(([field, value]) => {
            const before = entry ? fieldText(plan, field, fieldOf(entry, field as EditableField)) : "";
            const after = field === "valid_to" ? formatDate(value) : fieldText(plan, field, value);
            return html`<div>
              <dt>${texts.plan.fields[field] ?? field}</dt>
              <dd>
                ${after || words.emptyValue} ${entry && field !== "valid_to" ? html`<span class="muted">(${words.before(before)})</span>` : nothing}
              </dd>
            </div>`;
          })}
        </dl>
      </div>
      ${actionButton(words.drop, () => this.drop(edit.number), "tertiary", words.dropOf(edit.number))}
    </li>`;
  }

  private renderForm(): TemplateResult {
    const words = texts.plan.draft;
    const keep = (event: Event) => {
      const field = event.target as HTMLInputElement;
      if (field.name === "version") this.version = field.value.trim();
      if (field.name === "valid_from") this.validFrom = field.value;
    };
    return html`<form class="record-form" @submit=${this.propose} @input=${keep}>
      ${input("version", "version", words.version, this.version)}
      ${input("version", "valid_from", words.validFrom, this.validFrom, { type: "date" })}
      ${input("version", "reason", words.reason)}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <div class="buttons">
        ${button(words.propose, "primary", this.busy || (this.preview?.problems.length ?? 0) > 0)}
        ${actionButton(words.preview, () => void this.look(), "secondary")}
      </div>
    </form>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { PageElement, problemText } from "../element";
import { navigate } from "../navigation";
import { type PlanPreview, planService } from "../plan_api";
import { texts } from "../texts";
import { alert } from "./common";
import { button, input, valuesOf } from "./form_fields";
import { planPreview } from "./plan_preview";

const mostBytes = 8_000_000;

/** Takes a file plan from a file: checks it, shows what it does, and proposes it. */
@customElement("eakte-plan-import")
export class PlanImport extends PageElement {
  @state() private text = "";
  @state() private preview?: PlanPreview | undefined;
  @state() private problem = "";
  @state() private busy = false;

  private async check(event: Event): Promise<void> {
    event.preventDefault();
    const file = this.querySelector<HTMLInputElement>("#plan-datei")?.files?.[0];
    if (!file) return;
    this.preview = undefined;
    this.problem = file.size > mostBytes ? texts.plan.versions.tooLarge : "";
    if (this.problem) return;
    await this.run(async () => {
      this.text = await file.text();
      this.preview = await planService.preview({ text: this.text });
    });
  }

  private async propose(event: Event): Promise<void> {
    const { reason = "" } = valuesOf(event);
    await this.run(async () => {
      const proposal = await planService.propose({ text: this.text }, reason);
      navigate({ view: "planProposal", id: proposal.id });
    });
  }

  private async run(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      this.problem = "";
      await work();
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const words = texts.plan.versions;
    const proposable = this.preview && this.preview.problems.length === 0 && this.preview.entries.length > 0;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${words.import}</h2>
      <form class="record-form" @submit=${this.check}>
        <div class="kern-form-input">
          <label class="kern-label" for="plan-datei">${words.file}</label>
          <div class="muted" id="plan-datei-hint">${words.importHint}</div>
          <input id="plan-datei" type="file" required accept=".yaml,.yml,.csv,.xml" aria-describedby="plan-datei-hint" />
        </div>
        <div class="buttons">${button(words.check, "secondary", this.busy)}</div>
      </form>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.preview ? planPreview(this.preview) : nothing}
      ${proposable
        ? html`<form class="record-form" @submit=${this.propose}>
            ${input("datei", "reason", texts.plan.draft.reason)}
            <div class="buttons">${button(texts.plan.draft.propose, "primary", this.busy)}</div>
          </form>`
        : nothing}
    </section>`;
  }
}

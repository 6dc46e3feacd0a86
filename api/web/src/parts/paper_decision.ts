import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { disposalService } from "../disposal_api";
import { PageElement, problemText } from "../element";
import { todayIso } from "../format";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton, button, input, valuesOf } from "./form_fields";

/** Enters what the archive decided by letter. Dispatches "decided" with how many folders, or "cancelled". */
@customElement("eakte-paper-decision")
export class PaperDecisionForm extends PageElement {
  @property({ attribute: false }) folders: readonly string[] = [];
  @state() private problem = "";
  @state() private busy = false;

  private async submit(event: Event): Promise<void> {
    const { decision = "", source = "", decided_on = "" } = valuesOf(event);
    this.busy = true;
    try {
      const { appraisals } = await disposalService.appraise({ folders: this.folders, decision, source, decided_on });
      this.problem = "";
      this.dispatchEvent(new CustomEvent<number>("decided", { detail: appraisals.length }));
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { disposals } = texts;
    return html`<form class="record-form" @submit=${this.submit}>
      <h3 class="kern-heading-small">${disposals.paper}, ${disposals.paperFor(this.folders.length)}</h3>
      <p class="muted">${disposals.paperIntro}</p>
      <fieldset class="choices">
        <legend class="kern-label">${disposals.decision}</legend>
        <label class="choice"><input type="radio" name="decision" value="A" required /> ${disposals.takes}</label>
        <label class="choice"><input type="radio" name="decision" value="V" required /> ${disposals.waives}</label>
      </fieldset>
      ${input("schreiben", "source", disposals.source)}
      ${input("schreiben", "decided_on", disposals.decidedOn, todayIso(), { type: "date" })}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <div class="buttons">
        ${button(disposals.paper, "primary", this.busy || this.folders.length === 0)}
        ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { PageElement, problemText } from "../element";
import { service } from "../http";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton, button, input, valuesOf } from "./form_fields";

/** Places a hold on folders. Dispatches "placed" with how many there are now, or "cancelled". */
@customElement("eakte-hold-form")
export class HoldForm extends PageElement {
  @property({ attribute: false }) folders: readonly string[] = [];
  @state() private problem = "";
  @state() private busy = false;

  private async submit(event: Event): Promise<void> {
    const { reason = "", owner = "", review_on = "" } = valuesOf(event);
    this.busy = true;
    try {
      const { holds } = await service.placeHolds({ folders: [...this.folders], reason, owner, review_on });
      this.problem = "";
      this.dispatchEvent(new CustomEvent<number>("placed", { detail: holds.length }));
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<form class="record-form" @submit=${this.submit}>
      <h3 class="kern-heading-small">${texts.holds.place}</h3>
      ${input("sperre", "reason", texts.holds.reason)} ${input("sperre", "owner", texts.holds.owner)}
      ${input("sperre", "review_on", texts.holds.reviewOn, "", { type: "date" })}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <div class="buttons">
        ${button(texts.holds.place, "primary", this.busy)}
        ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }
}

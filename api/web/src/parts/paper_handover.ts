import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { disposalService } from "../disposal_api";
import { PageElement, problemText } from "../element";
import { todayIso } from "../format";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton, area, button, input, valuesOf } from "./form_fields";

/** Enters the protocol by which the archive took the paper of a folder over. Dispatches "handed-over" or "cancelled". */
@customElement("eakte-paper-handover")
export class PaperHandoverForm extends PageElement {
  @property({ attribute: false }) folder = "";
  @property({ attribute: false }) reference = "";
  @state() private problem = "";

  private async submit(event: Event): Promise<void> {
    const { on = "", received_by = "", protocol = "", items = "" } = valuesOf(event);
    try {
      await disposalService.handOverPaper({ folder: this.folder, on, received_by, protocol, items });
      this.problem = "";
      this.dispatchEvent(new Event("handed-over"));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult {
    const { handover: words } = texts.disposals;
    const id = `uebergabe-${this.folder}`;
    return html`<form class="record-form" @submit=${this.submit}>
      <h3 class="kern-heading-small">${words.title(this.reference)}</h3>
      <p class="muted">${words.intro}</p>
      ${input(id, "on", words.on, todayIso(), { type: "date" })} ${input(id, "received_by", words.receivedBy)}
      ${input(id, "protocol", words.protocol)} ${area(id, "items", words.items, "", words.itemsHint, 4)}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <div class="buttons">
        ${button(words.enter)} ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { PageElement, problemText } from "../element";
import { passwordTexts } from "../proof_texts";
import { service } from "../http";
import { alert } from "../parts/common";
import { button, input, verbatim } from "../parts/form_fields";
import { logIn, session } from "../session";
import { texts } from "../texts";

/** Before anything else a person replaces a password that somebody else has set. */
@customElement("eakte-own-password-view")
export class OwnPasswordView extends PageElement {
  @state() private problem = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${passwordTexts.title} – ${texts.app.name}`;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("h1")?.focus());
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const name = session()?.account?.name ?? "";
    const [before, after] = [verbatim(event, "old_password"), verbatim(event, "new_password")];
    this.busy = true;
    try {
      await service.changePassword(before, after);
      await logIn(name, after);
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<div class="narrow">
      <h1 class="kern-heading-large" tabindex="-1">${passwordTexts.title}</h1>
      ${alert("info", passwordTexts.intro)}
      <form class="record-form" @submit=${this.submit}>
        ${input("eigenes", "old_password", texts.login.oldPassword, "", { type: "password", autocomplete: "current-password" })}
        ${input("eigenes", "new_password", texts.login.newPassword, "", {
          type: "password",
          autocomplete: "new-password",
          hint: texts.login.newHint,
        })}
        ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
        <div class="buttons">${button(passwordTexts.save, "primary", this.busy)}</div>
      </form>
    </div>`;
  }
}

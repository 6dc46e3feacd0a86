import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { PageElement, problemText } from "../element";
import { alert } from "../parts/common";
import { button, input, valuesOf, verbatim } from "../parts/form_fields";
import { logIn } from "../session";
import { texts } from "../texts";

@customElement("eakte-login-view")
export class LoginView extends PageElement {
  /** what happened before, for the person to read */
  @property({ attribute: false }) notice = "";
  @state() private problem = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.login.title} – ${texts.app.name}`;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("input")?.focus());
  }

  private async submit(event: Event): Promise<void> {
    const { name = "" } = valuesOf(event);
    const password = verbatim(event, "password");
    this.busy = true;
    try {
      await logIn(name, password);
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
      this.querySelector<HTMLInputElement>("[name=password]")?.select();
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`<div class="narrow">
      <h1 class="kern-heading-large" tabindex="-1">${texts.login.title}</h1>
      ${this.notice ? alert("info", this.notice) : nothing}
      <form class="record-form" @submit=${this.submit}>
        ${input("anmelden", "name", texts.login.name, "", { autocomplete: "username" })}
        ${input("anmelden", "password", texts.login.password, "", { type: "password", autocomplete: "current-password" })}
        ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
        <div class="buttons">${button(texts.login.submit, "primary", this.busy)}</div>
      </form>
    </div>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Account } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatTime } from "../format";
import { service } from "../http";
import { session } from "../session";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton } from "./form_fields";

/** Accounts that do not count as one of two people yet; a third person confirms them. Nothing when there are none. */
@customElement("eakte-unconfirmed-accounts")
export class UnconfirmedAccounts extends PageElement {
  @state() private accounts: Account[] = [];
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  async load(): Promise<void> {
    try {
      this.accounts = (await service.unconfirmedAccounts()).accounts;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async confirm(name: string): Promise<void> {
    try {
      await service.confirmAccount(name);
      this.problem = "";
      announce(texts.accounts.confirmed(name));
      await this.load();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.accounts.length === 0 && !this.problem) return nothing;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.accounts.confirmTitle}</h2>
      <p class="kern-body intro">${texts.accounts.confirmIntro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <ul class="record-list">
        ${this.accounts.map((account) => this.renderAccount(account))}
      </ul>
    </section>`;
  }

  private renderAccount({ name, display_name, password_issuer, counts_from, must_change_password }: Account): TemplateResult {
    const own = session()?.account?.name;
    const mine = own === name || own === password_issuer;
    return html`<li class="record-item">
      <div>
        <h3 class="record-title">${display_name} <span class="muted">${name}</span></h3>
        <p class="muted">${texts.accounts.waits(password_issuer, formatTime(counts_from ?? ""))}</p>
        ${must_change_password ? html`<p class="muted">${texts.accounts.stillGiven}</p>` : nothing}
      </div>
      ${mine || must_change_password
        ? nothing
        : html`<div class="buttons">
            ${actionButton(
              texts.accounts.confirm,
              () => void this.confirm(name),
              "secondary",
              texts.accounts.of(texts.accounts.confirm, name),
            )}
          </div>`}
    </li>`;
  }
}

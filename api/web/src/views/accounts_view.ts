import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Account, RoleName } from "../api";
import { announce, PageElement, problemText } from "../element";
import { service } from "../http";
import { alert, badge, loading } from "../parts/common";
import "../parts/unconfirmed_accounts";
import { actionButton, button, input, valuesOf, verbatim } from "../parts/form_fields";
import { mayAdminister, mayManage, refreshSession, session } from "../session";
import { texts } from "../texts";

const roleNames: readonly RoleName[] = ["clerk", "records_manager", "auditor", "administrator"];
type Task = "roles" | "password";

/** The own password, and for administrators all accounts. */
@customElement("eakte-accounts-view")
export class AccountsView extends PageElement {
  @state() private accounts?: Account[] | undefined;
  @state() private problem = "";
  @state() private done = "";
  @state() private task?: { name: string; what: Task } | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.accounts.title} – ${texts.app.name}`;
    if (mayAdminister()) void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.accounts = (await service.accounts()).accounts;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async run(work: () => Promise<string>): Promise<boolean> {
    try {
      const sentence = await work();
      this.problem = "";
      this.done = sentence;
      this.task = undefined;
      announce(sentence);
      return true;
    } catch (problem) {
      this.problem = problemText(problem);
      this.done = "";
      return false;
    }
  }

  private rolesIn(event: Event): RoleName[] {
    const data = new FormData(event.target as HTMLFormElement);
    return data.getAll("role").map(String).filter((role): role is RoleName => roleNames.includes(role as RoleName));
  }

  private async add(event: Event): Promise<void> {
    const { name = "", display_name = "" } = valuesOf(event);
    const form = event.target as HTMLFormElement;
    const account = { name, display_name, roles: this.rolesIn(event), password: verbatim(event, "password") };
    const first = this.accounts?.length === 0;
    const added = await this.run(async () => {
      await service.addAccount(account);
      return texts.accounts.added(name);
    });
    if (!added) return;
    form.reset();
    // With the first account the page is no longer open to everybody.
    if (first) await refreshSession();
    else await this.load();
  }

  private change(name: string, work: () => Promise<unknown>): Promise<boolean> {
    return this.run(async () => {
      await work();
      await this.load();
      return texts.accounts.saved(name);
    });
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.accounts.title}</h1>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${session()?.account ? this.renderOwn() : nothing}
      ${session()?.account && (mayAdminister() || mayManage())
        ? html`<eakte-unconfirmed-accounts></eakte-unconfirmed-accounts>`
        : nothing}
      ${mayAdminister() ? this.renderAll() : nothing}
    `;
  }

  private renderOwn(): TemplateResult {
    const submit = async (event: Event) => {
      event.preventDefault();
      const [before, after] = [verbatim(event, "old_password"), verbatim(event, "new_password")];
      const changed = await this.run(async () => {
        await service.changePassword(before, after);
        return texts.login.changed;
      });
      if (changed) await refreshSession();
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.login.changePassword}</h2>
      <form class="record-form" @submit=${submit}>
        ${input("passwort", "old_password", texts.login.oldPassword, "", { type: "password", autocomplete: "current-password" })}
        ${input("passwort", "new_password", texts.login.newPassword, "", {
          type: "password",
          autocomplete: "new-password",
          hint: texts.login.newHint,
        })}
        <div class="buttons">${button(texts.login.changePassword, "secondary")}</div>
      </form>
    </section>`;
  }

  private renderAll(): TemplateResult {
    return html`<p class="kern-body intro">${texts.accounts.intro}</p>
      ${this.accounts ? this.renderAccounts(this.accounts) : this.problem ? nothing : loading()}
      <section class="record-section">
        <h2 class="kern-heading-small">${texts.accounts.add}</h2>
        <form class="record-form" @submit=${this.add}>
          ${input("konto", "display_name", texts.accounts.displayName)}
          ${input("konto", "name", texts.accounts.name, "", { hint: texts.accounts.nameHint })}
          ${this.renderRoles("konto", this.accounts?.length === 0 ? ["administrator"] : [])}
          ${input("konto", "password", texts.accounts.password, "", {
            type: "password",
            autocomplete: "new-password",
            hint: texts.login.newHint,
          })}
          <div class="buttons">${button(texts.accounts.add)}</div>
        </form>
      </section>`;
  }

  private renderAccounts(accounts: Account[]): TemplateResult {
    if (accounts.length === 0) return alert("info", texts.accounts.empty);
    return html`<ul class="record-list">
      ${repeat(
        accounts,
        ({ name }) => name,
        (account) => this.renderAccount(account),
      )}
    </ul>`;
  }

  private renderAccount(account: Account): TemplateResult {
    const { name, disabled } = account;
    const own = session()?.account?.name === name;
    const begin = (what: Task) => () => (this.task = { name, what });
    return html`<li class="record-item">
      <div>
        <h3 class="record-title">${account.display_name} <span class="muted">${name}</span>
          ${disabled ? badge("danger", texts.accounts.disabled) : nothing}</h3>
        <p class="muted">${account.roles.map((role) => role.name).join(", ")}</p>
        ${this.task?.name === name ? this.renderTask(account, this.task.what) : nothing}
      </div>
      <div class="buttons">
        ${own
          ? nothing
          : actionButton(texts.accounts.changeRoles, begin("roles"), "tertiary", texts.accounts.of(texts.accounts.changeRoles, name))}
        ${actionButton(texts.accounts.setPassword, begin("password"), "tertiary", texts.accounts.of(texts.accounts.setPassword, name))}
        ${actionButton(
          disabled ? texts.accounts.enable : texts.accounts.disable,
          () => void this.change(name, () => service.setDisabled(name, !disabled)),
          "tertiary",
          texts.accounts.of(disabled ? texts.accounts.enable : texts.accounts.disable, name),
        )}
      </div>
    </li>`;
  }

  private renderTask(account: Account, what: Task): TemplateResult {
    const { name } = account;
    const submit = (event: Event) => {
      event.preventDefault();
      const password = verbatim(event, "password");
      const roles = this.rolesIn(event);
      void this.change(name, () => (what === "roles" ? service.setRoles(name, roles) : service.setPassword(name, password)));
    };
    return html`<form class="record-form" @submit=${submit}>
      ${what === "roles"
        ? this.renderRoles(`rollen-${name}`, account.roles.map(({ role }) => role))
        : input(`neu-${name}`, "password", texts.login.newPassword, "", {
            type: "password",
            autocomplete: "new-password",
            hint: texts.login.newHint,
          })}
      <div class="buttons">
        ${button(texts.accounts.save, "secondary")} ${actionButton(texts.app.cancel, () => (this.task = undefined), "tertiary")}
      </div>
    </form>`;
  }

  private renderRoles(form: string, chosen: readonly RoleName[]): TemplateResult {
    return html`<fieldset class="choices">
      <legend class="kern-label">${texts.accounts.roles}</legend>
      ${roleNames.map(
        (role) => html`<label class="choice" for=${`${form}-${role}`}>
          <input id=${`${form}-${role}`} type="checkbox" name="role" value=${role} ?checked=${chosen.includes(role)} />
          ${texts.accounts.roleNames[role]}
        </label>`,
      )}
    </fieldset>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Destruction, Permission } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, formatTime, todayIso } from "../format";
import { service } from "../http";
import { href } from "../navigation";
import { alert, badge, loading, type Tone } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import { mayManage, session } from "../session";
import { texts } from "../texts";

const tones: Record<Destruction["state"], Tone> = {
  proposed: "info",
  approved: "warning",
  withdrawn: "info",
  begun: "danger",
  done: "danger",
};

/** Destruction by two people: what is proposed, approved, taken back and done, and what the archive permits. */
@customElement("eakte-destruction-view")
export class DestructionView extends PageElement {
  @state() private destructions?: Destruction[] | undefined;
  @state() private permissions?: Permission[] | undefined;
  @state() private next = "";
  @state() private problem = "";
  @state() private done = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.destruction.title} – ${texts.app.name}`;
    void this.load();
    service.permissions().then(
      ({ permissions }) => (this.permissions = permissions),
      (problem: unknown) => (this.problem = problemText(problem)),
    );
  }

  private async load(cursor = ""): Promise<void> {
    try {
      const list = await service.destructions(cursor);
      this.destructions = cursor ? [...(this.destructions ?? []), ...list.destructions] : list.destructions;
      this.next = list.next;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async run(work: () => Promise<string>): Promise<void> {
    try {
      this.done = await work();
      this.problem = "";
      announce(this.done);
      await this.load();
      await this.updateComplete;
      this.querySelector<HTMLElement>("h1")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
      this.done = "";
    }
  }

  private approve(one: Destruction): void {
    void this.run(async () => {
      const { refused } = await service.approveDestruction([one.id]);
      if (refused[0]) throw new Error(refused[0].message);
      return texts.destruction.approvedNow(one.folder.reference);
    });
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.destruction.title}</h1>
      <p class="kern-body intro">${texts.destruction.intro}</p>
      ${session()?.accounts ? nothing : alert("info", texts.destruction.needsAccounts)}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${this.destructions ? this.renderList(this.destructions) : this.problem ? nothing : loading()}
      ${this.next ? actionButton(texts.app.more, () => void this.load(this.next), "tertiary") : nothing}
      ${this.permissions ? this.renderPermissions(this.permissions) : nothing}
    `;
  }

  private renderList(all: Destruction[]): TemplateResult {
    if (all.length === 0) return alert("success", texts.destruction.empty);
    return html`<ul class="record-list">
      ${repeat(
        all,
        ({ id }) => id,
        (one) => this.renderOne(one),
      )}
    </ul>`;
  }

  private renderOne(one: Destruction): TemplateResult {
    const { destruction } = texts;
    const gone = one.state === "begun" || one.state === "done";
    return html`<li class="record-item" data-destruction=${one.id}>
      <div>
        <h2 class="record-title">
          ${gone ? one.folder.reference : html`<a href=${href({ view: "folder", id: one.folder.id })}>${one.folder.reference}</a>`}
          ${badge(tones[one.state], destruction.states[one.state])}
        </h2>
        <p>${destruction.basis}: ${destruction.bases[one.basis]} ${one.basis_source}</p>
        <p class="muted">${destruction.proposed(one.proposed_by, formatTime(one.proposed_at))}</p>
        ${one.approved_by ? html`<p class="muted">${destruction.approved(one.approved_by, formatTime(one.approved_at))}</p>` : nothing}
        ${one.state === "approved" && one.not_before ? html`<p>${destruction.notBefore(formatDate(one.not_before))}</p>` : nothing}
        ${one.state === "withdrawn" ? html`<p>${destruction.withdrawn(one.withdrawn_by, one.withdraw_reason)}</p>` : nothing}
        ${one.done_at ? html`<p>${destruction.done(formatTime(one.done_at))}</p>` : nothing}
        ${mayManage() && session()?.accounts ? this.renderActions(one) : nothing}
      </div>
    </li>`;
  }

  private renderActions(one: Destruction): TemplateResult | typeof nothing {
    if (one.state !== "proposed" && one.state !== "approved") return nothing;
    const own = one.proposed_by === session()?.account?.name;
    const withdraw = (event: Event) => {
      const { reason = "" } = valuesOf(event);
      void this.run(async () => {
        await service.withdrawDestruction(one.id, reason);
        return texts.destruction.withdrawnNow;
      });
    };
    return html`
      ${one.state === "proposed" && own ? html`<p class="muted">${texts.destruction.own}</p>` : nothing}
      ${one.state === "proposed" && !own
        ? actionButton(texts.destruction.approve, () => this.approve(one), "secondary", texts.destruction.approveOf(one.folder.reference))
        : nothing}
      <details>
        <summary aria-label=${texts.destruction.withdrawOf(one.folder.reference)}>${texts.destruction.withdraw}</summary>
        <form class="filter-form" @submit=${withdraw}>
          ${input(`zurueck-${one.id}`, "reason", texts.destruction.reason)} ${button(texts.destruction.withdraw, "secondary")}
        </form>
      </details>
    `;
  }

  private renderPermissions(all: Permission[]): TemplateResult {
    const { destruction } = texts;
    const keep = (work: () => Promise<{ permissions: Permission[] }>) =>
      this.run(async () => {
        this.permissions = (await work()).permissions;
        return destruction.saved;
      });
    const add = (event: Event) => {
      const { number = "", issued_on = "", valid_until = "", entries = "" } = valuesOf(event);
      const plan_entries = entries.split(",").map((entry) => entry.trim()).filter(Boolean);
      void keep(() => service.addPermission({ number, issued_on, valid_until, plan_entries }));
    };
    const manages = mayManage() && session()?.accounts === true;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${destruction.permissions}</h2>
      ${all.length === 0 ? html`<p class="muted">${destruction.noPermissions}</p>` : nothing}
      <ul class="record-list">
        ${all.map(
          (one) => html`<li class="record-item">
            <div>
              <h3 class="record-title">${one.number}</h3>
              <p>${one.plan_entries.join(", ")}</p>
              <p class="muted">${destruction.valid(formatDate(one.issued_on), formatDate(one.valid_until))}</p>
              ${one.revoked_at ? html`<p>${destruction.revoked(one.revoked_by)}</p>` : nothing}
            </div>
            ${manages && !one.revoked_at
              ? actionButton(destruction.revoke, () => void keep(() => service.revokePermission(one.id)), "tertiary", `${destruction.revoke}: ${one.number}`)
              : nothing}
          </li>`,
        )}
      </ul>
      ${manages
        ? html`<form class="record-form" @submit=${add}>
            <h3 class="kern-heading-small">${destruction.addPermission}</h3>
            ${input("genehmigung", "number", destruction.number)}
            ${input("genehmigung", "issued_on", destruction.issuedOn, todayIso(), { type: "date" })}
            ${input("genehmigung", "valid_until", destruction.validUntil, "", { type: "date" })}
            ${input("genehmigung", "entries", destruction.entries)}
            <div class="buttons">${button(destruction.addPermission, "secondary")}</div>
          </form>`
        : nothing}
    </section>`;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { PageElement, problemText } from "../element";
import { formatDate, formatTime } from "../format";
import { href, navigate } from "../navigation";
import { alert, badge, loading } from "../parts/common";
import { button, select, valuesOf } from "../parts/form_fields";
import "../parts/plan_import";
import { entryChanges } from "../parts/plan_preview";
import { exportAddress, type PlanDifferences, type PlanProposal, planService, type PlanVersion, type PlanVersions } from "../plan_api";
import { mayManage } from "../session";
import { texts } from "../texts";
import { proposalTones } from "./plan_proposal_view";

/** Versions of the file plan, what differs between two, proposals, and a new version out of a file. */
@customElement("eakte-plan-versions-view")
export class PlanVersionsView extends PageElement {
  @property({ attribute: false }) from = "";
  @property({ attribute: false }) to = "";
  @state() private all?: PlanVersions | undefined;
  @state() private differences?: PlanDifferences | undefined;
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.plan.versions.title} – ${texts.app.name}`;
    planService.versions().then(
      (all) => (this.all = all),
      (problem: unknown) => (this.problem = problemText(problem)),
    );
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("from") && !changed.has("to")) return;
    this.differences = undefined;
    if (!this.from) return;
    planService.differences(this.from, this.to).then(
      (differences) => (this.differences = differences),
      (problem: unknown) => (this.problem = problemText(problem)),
    );
  }

  protected override render(): TemplateResult {
    const { all } = this;
    return html`
      <a class="kern-link kern-link--small" href=${href({ view: "plan", entry: "" })}
        ><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts.plan.draft.back}</a
      >
      <h1 class="kern-heading-large" tabindex="-1">${texts.plan.versions.title}</h1>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${all
        ? html`${this.renderProposals(all.proposals)} ${this.renderVersions(all.versions)} ${this.renderComparison(all.versions)}
          ${mayManage() ? html`<eakte-plan-import></eakte-plan-import>` : nothing}`
        : this.problem
          ? nothing
          : loading()}
    `;
  }

  private renderProposals(proposals: readonly PlanProposal[]): TemplateResult {
    const words = texts.plan.proposal;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.plan.versions.proposals}</h2>
      ${proposals.length === 0 ? html`<p class="muted">${texts.plan.versions.noProposals}</p>` : nothing}
      <ul class="record-list">
        ${proposals.map(
          (one) => html`<li class="record-item" data-proposal=${one.id}>
            <div>
              <h3 class="record-title">
                <a href=${href({ view: "planProposal", id: one.id })}>${one.version}</a>
                ${badge(proposalTones[one.state], words.states[one.state])}
              </h3>
              <p>${one.reason}</p>
              <p class="muted">
                ${words.proposed(one.proposed_by, formatTime(one.proposed_at))}, ${words.validFrom(formatDate(one.valid_from))}
              </p>
            </div>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderVersions(versions: readonly PlanVersion[]): TemplateResult {
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.plan.versions.versions}</h2>
      <ul class="record-list">
        ${versions.map(
          (one) => html`<li class="record-item" data-version=${one.version}>
            <div>
              <h3 class="record-title">${one.version} ${one.in_force ? badge("success", texts.plan.versions.inForce) : nothing}</h3>
              <p class="muted">
                ${texts.plan.versions.since(formatDate(one.valid_from))}, ${texts.plan.versions.loaded(formatTime(one.in_force_since))}
              </p>
            </div>
            <p>
              ${texts.plan.actions.export}
              ${(["yaml", "csv", "xdomea"] as const).map((form) => {
                const name = texts.plan.exportForms[form];
                return html`<a
                  class="kern-link"
                  href=${exportAddress(form, one.in_force ? "" : one.version)}
                  download=${`aktenplan-${one.version}.${form === "xdomea" ? "xml" : form}`}
                  aria-label=${texts.plan.actions.exportOf(name, one.version)}
                  >${name}</a
                > `;
              })}
            </p>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  private renderComparison(versions: readonly PlanVersion[]): TemplateResult | typeof nothing {
    const names = versions.map(({ version }): [string, string] => [version, version]);
    if (names.length < 2) return nothing;
    const words = texts.plan.versions;
    const submit = (event: Event) => {
      const { from = "", to = "" } = valuesOf(event);
      navigate({ view: "planVersions", from, to });
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${words.compare}</h2>
      <form class="filter-form" @submit=${submit}>
        ${select("vergleich", "from", words.from, this.from || (names[1]?.[0] ?? ""), names)}
        ${select("vergleich", "to", words.to, this.to || (names[0]?.[0] ?? ""), names)} ${button(words.show, "secondary")}
      </form>
      ${this.differences
        ? html`<h3 class="kern-heading-small">${words.differences(this.differences.from, this.differences.to)}</h3>
            ${this.differences.entries.length > 0 ? entryChanges(this.differences.entries) : html`<p class="muted">${words.same}</p>`}`
        : nothing}
    </section>`;
  }
}

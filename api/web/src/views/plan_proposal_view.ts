import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { announce, PageElement, problemText } from "../element";
import { formatDate, formatTime } from "../format";
import { href } from "../navigation";
import { alert, badge, loading, type Tone } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import { planPreview } from "../parts/plan_preview";
import { type PlanProposal, planService, type ProposalState } from "../plan_api";
import { mayManage, session } from "../session";
import { texts } from "../texts";

export const proposalTones: Record<ProposalState, Tone> = {
  proposed: "warning",
  released: "info",
  in_force: "success",
  rejected: "danger",
};

/** One proposed version: what it does, who proposed it, and the decision of the second person. */
@customElement("eakte-plan-proposal-view")
export class PlanProposalView extends PageElement {
  @property({ attribute: false }) proposalId = "";
  @state() private proposal?: PlanProposal | undefined;
  @state() private problem = "";
  @state() private done = "";
  private decision: "release" | "reject" = "release";

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("proposalId")) return;
    this.proposal = undefined;
    this.done = "";
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.proposal = await planService.proposal(this.proposalId);
      document.title = `${texts.plan.proposal.title(this.proposal.version)} – ${texts.app.name}`;
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async decide(event: Event): Promise<void> {
    const { reason = "" } = valuesOf(event);
    try {
      const decided = await planService.decide(this.proposalId, this.decision, reason);
      await this.load();
      this.done = decided.state === "rejected" ? texts.plan.proposal.rejected : texts.plan.proposal.released;
      announce(this.done);
      await this.updateComplete;
      this.querySelector<HTMLElement>("h1")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult {
    const { proposal } = this;
    return html`
      <a class="kern-link kern-link--small" href=${href({ view: "planVersions", from: "", to: "" })}
        ><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts.plan.proposal.back}</a
      >
      <h1 class="kern-heading-large" tabindex="-1">
        ${proposal ? texts.plan.proposal.title(proposal.version) : texts.plan.versions.proposals}
      </h1>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${proposal ? this.renderProposal(proposal) : this.problem ? nothing : loading()}
    `;
  }

  private renderProposal(proposal: PlanProposal): TemplateResult {
    const words = texts.plan.proposal;
    const next =
      proposal.state === "in_force"
        ? words.nowInForce
        : proposal.state === "released"
          ? words.later(formatDate(proposal.valid_from))
          : proposal.state === "proposed"
            ? words.waiting
            : "";
    return html`
      <p>${badge(proposalTones[proposal.state], words.states[proposal.state])} ${next}</p>
      <dl class="plan-facts">
        <div>
          <dt>${words.reason}</dt>
          <dd>${proposal.reason}<br /><span class="muted">${words.proposed(proposal.proposed_by, formatTime(proposal.proposed_at))}</span></dd>
        </div>
        <div><dt>${texts.plan.draft.validFrom}</dt><dd>${formatDate(proposal.valid_from)}</dd></div>
        ${proposal.decided_by && proposal.decision_reason
          ? html`<div>
              <dt>${words.decisionReason}</dt>
              <dd>
                ${proposal.decision_reason}<br /><span class="muted">${words.decided(proposal.decided_by, formatTime(proposal.decided_at))}</span>
              </dd>
            </div>`
          : nothing}
      </dl>
      ${proposal.preview
        ? html`<section class="record-section">
            <h2 class="kern-heading-medium">${texts.plan.preview.title}</h2>
            ${planPreview(proposal.preview)}
          </section>`
        : nothing}
      ${proposal.state === "proposed" && mayManage() ? this.renderDecision(proposal) : nothing}
    `;
  }

  private renderDecision(proposal: PlanProposal): TemplateResult {
    const words = texts.plan.proposal;
    const own = session()?.account?.name === proposal.proposed_by;
    const reject = () => {
      this.decision = "reject";
      this.querySelector("form")?.requestSubmit();
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-medium">${words.decide}</h2>
      ${own ? html`<p>${words.own}</p>` : nothing}
      <form class="record-form" @submit=${this.decide}>
        ${input("entscheidung", "reason", words.decisionReason)}
        <div class="buttons">
          ${own ? nothing : html`<span @click=${() => (this.decision = "release")}>${button(words.release)}</span>`}
          ${actionButton(words.reject, reject, "secondary")}
        </div>
      </form>
    </section>`;
  }
}

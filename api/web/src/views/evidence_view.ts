import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { announce, PageElement, problemText } from "../element";
import { type AuditEntry, type AuditQuestion, type EvidenceReport, type Fixity, proof } from "../evidence_api";
import { evidenceTexts as words } from "../proof_texts";
import { formatDate, formatNumber, formatPercent, formatSize, formatTime } from "../format";
import { href } from "../navigation";
import { alert, loading } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import { texts } from "../texts";

const nothingAsked: AuditQuestion = { actor: "", action: "", subject: "", from: "", until: "" };
const dayOf = (stamp: string): string => formatDate(stamp.slice(0, 10));

/** What an auditor looks at: evidence of the days, what was read through, the audit trail. Changes nothing. */
@customElement("eakte-evidence-view")
export class EvidenceView extends PageElement {
  @state() private report?: EvidenceReport | undefined;
  @state() private fixity?: Fixity | undefined;
  @state() private entries: AuditEntry[] = [];
  @state() private next: number | null = null;
  @state() private question = nothingAsked;
  @state() private problem = "";
  @state() private done = "";
  @state() private checking = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${words.title} – ${texts.app.name}`;
    void this.run(async () => {
      [this.report, this.fixity] = await Promise.all([proof.evidence(), proof.fixity()]);
      await this.ask(nothingAsked);
    });
  }

  private async run(work: () => Promise<void>): Promise<void> {
    try {
      this.problem = "";
      await work();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async ask(question: AuditQuestion): Promise<void> {
    const found = await proof.entries(question);
    [this.question, this.entries, this.next] = [question, found.entries, found.next];
    announce(words.shown(this.entries.length, this.next !== null));
  }

  private async more(): Promise<void> {
    const found = await proof.entries(this.question, this.next ?? 0);
    [this.entries, this.next] = [[...this.entries, ...found.entries], found.next];
  }

  private async check(): Promise<void> {
    this.checking = true;
    await this.run(async () => {
      this.report = await proof.check();
    });
    this.checking = false;
  }

  private async saveHead(): Promise<void> {
    const { name, content } = await proof.head();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    this.done = words.headDone(name);
    announce(this.done);
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${words.title}</h1>
      <p class="kern-body intro">${words.intro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${this.report && this.fixity
        ? html`${this.renderEvidence(this.report)} ${this.renderFixity(this.fixity)} ${this.renderTrail()}`
        : this.problem
          ? nothing
          : loading()}
    `;
  }

  private renderEvidence(report: EvidenceReport): TemplateResult {
    return html`<section class="record-section evidence-days">
      <h2 class="kern-heading-small">${words.days}</h2>
      ${report.configured ? nothing : alert("info", words.notConfigured)}
      ${report.warnings.map((warning) => alert("warning", words.soon, warning))}
      ${report.trouble ? alert("danger", words.trouble(formatTime(report.trouble_at)), report.trouble) : nothing}
      <p>${words.summary(report.records, report.days)} ${report.waiting_since ? words.waiting(formatDate(report.waiting_since)) : nothing}</p>
      ${report.days === 0
        ? html`<p class="muted">${words.none}</p>`
        : html`${this.renderChecked(report)}
            <div class="buttons">
              ${actionButton(this.checking ? words.checking : words.check, () => void this.check(), "secondary", "", this.checking)}
            </div>
            ${this.renderDays(report)}`}
    </section>`;
  }

  private renderChecked({ checked }: EvidenceReport): TemplateResult {
    if (!checked) return html`<p class="muted">${words.never}</p>`;
    const at = formatTime(checked.at);
    if (checked.problems.length === 0) return alert("success", words.checkedGood(at));
    return alert(
      "danger",
      words.checkedBad(at, checked.problems.length),
      html`<ul>
        ${checked.problems.map((problem) => html`<li>${problem}</li>`)}
      </ul>`,
    );
  }

  private renderDays({ list }: EvidenceReport): TemplateResult {
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${words.days}>
      <table class="record-table">
        <thead>
          <tr>
            <th scope="col">${words.day}</th>
            <th scope="col">${words.documents}</th>
            <th scope="col">${words.entry}</th>
            <th scope="col">${words.stamped}</th>
            <th scope="col">${words.renewed}</th>
          </tr>
        </thead>
        <tbody>
          ${list.map(
            (day) => html`<tr>
              <th scope="row">${formatDate(day.day)}</th>
              <td>${formatNumber(day.documents)}</td>
              <td>${formatNumber(day.last_entry)}</td>
              <td>${formatTime(day.stamped_at)}</td>
              <td>${day.renewed_at ? formatTime(day.renewed_at) : "–"}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderFixity(fixity: Fixity): TemplateResult {
    return html`<section class="record-section fixity">
      <h2 class="kern-heading-small">${words.fixity}</h2>
      ${fixity.damages.length === 0 ? alert("success", words.undamaged) : this.renderDamages(fixity)}
      <p>${fixity.covered_since ? words.covered(dayOf(fixity.covered_since)) : words.notCovered}</p>
      ${fixity.rounds.length === 0
        ? nothing
        : html`<div class="table-scroll" tabindex="0" role="region" aria-label=${words.fixity}>
            <table class="record-table">
              <thead>
                <tr>
                  <th scope="col">${words.round}</th>
                  <th scope="col">${words.began}</th>
                  <th scope="col">${words.ended}</th>
                  <th scope="col">${words.objects}</th>
                  <th scope="col">${words.bytes}</th>
                  <th scope="col">${words.damaged}</th>
                </tr>
              </thead>
              <tbody>
                ${fixity.rounds.map(
                  (round) => html`<tr>
                    <th scope="row">${round.number}</th>
                    <td>${dayOf(round.began_at)}</td>
                    <td>${round.ended_at ? dayOf(round.ended_at) : words.progress(formatPercent(round.position))}</td>
                    <td>${formatNumber(round.objects)}</td>
                    <td>${formatSize(round.bytes)}</td>
                    <td>${formatNumber(round.damaged)}</td>
                  </tr>`,
                )}
              </tbody>
            </table>
          </div>`}
    </section>`;
  }

  private renderDamages({ damages }: Fixity): TemplateResult {
    return alert(
      "danger",
      words.damages(damages.length),
      html`<p>${words.damagesAdvice}</p>
        <ul>
          ${damages.map(
            (damage) => html`<li>
              <code>${damage.sha256}</code> ${words.found(dayOf(damage.found_at))}
              ${damage.documents.map(
                (id) => html` <a class="kern-link" href=${href({ view: "document", id, seite: 0, q: "" })}>${words.document} ${id}</a>`,
              )}
            </li>`,
          )}
        </ul>`,
    );
  }

  private renderTrail(): TemplateResult {
    const ask = (event: Event) => {
      const values = valuesOf(event);
      void this.run(() => this.ask({ ...nothingAsked, ...values }));
    };
    const optional = { required: false };
    return html`<section class="record-section audit-trail">
      <h2 class="kern-heading-small">${words.trail}</h2>
      <p>${words.trailIntro}</p>
      <div class="buttons">${actionButton(words.head, () => void this.run(() => this.saveHead()))}</div>
      <p class="muted">${words.headHint}</p>
      <form class="filter-form" @submit=${ask}>
        ${input("protokoll", "actor", words.actor, this.question.actor, optional)}
        ${input("protokoll", "action", words.action, this.question.action, optional)}
        ${input("protokoll", "subject", words.subject, this.question.subject, optional)}
        ${input("protokoll", "from", words.from, this.question.from, { ...optional, type: "date" })}
        ${input("protokoll", "until", words.until, this.question.until, { ...optional, type: "date" })}
        ${button(words.show, "secondary")}
      </form>
      ${this.entries.length === 0 ? alert("info", words.empty) : this.renderEntries()}
      ${this.next === null
        ? nothing
        : html`<div class="buttons">${actionButton(words.more, () => void this.run(() => this.more()))}</div>`}
    </section>`;
  }

  private renderEntries(): TemplateResult {
    return html`<p class="muted">${words.shown(this.entries.length, this.next !== null)}</p>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${words.trail}>
        <table class="record-table">
          <thead>
            <tr>
              <th scope="col">${words.number}</th>
              <th scope="col">${words.at}</th>
              <th scope="col">${words.actor}</th>
              <th scope="col">${words.action}</th>
              <th scope="col">${words.subject}</th>
              <th scope="col">${words.detail}</th>
            </tr>
          </thead>
          <tbody>
            ${this.entries.map(
              (entry) => html`<tr>
                <th scope="row">${entry.sequence}</th>
                <td>${formatTime(entry.at)}</td>
                <td>${entry.actor}</td>
                <td><code>${entry.action}</code></td>
                <td><code>${entry.subject}</code></td>
                <td><code>${entry.detail ? JSON.stringify(entry.detail) : ""}</code></td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

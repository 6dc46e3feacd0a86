import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DocumentSummary } from "../api";
import { PageElement, problemText } from "../element";
import { type ErasureItem, type ErasureRequest, erasureService } from "../erasure_api";
import { formatTime } from "../format";
import { href } from "../navigation";
import { texts } from "../texts";
import { alert, factsLine, loading, titleOf } from "./common";
import { actionButton } from "./form_fields";

/** One request for erasure: what was found and is to be chosen, or what was decided with the letter. Dispatches "changed". */
@customElement("eakte-erasure-decision")
export class ErasureDecisionPart extends PageElement {
  @property({ attribute: false }) request = "";
  @state() private about?: ErasureRequest | undefined;
  @state() private found?: DocumentSummary[] | undefined;
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private problem = "";
  @state() private busy = false;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("request")) void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.about = await erasureService.request(this.request);
      this.found = this.about.decided_at ? [] : (await erasureService.find(this.request)).documents;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async run(work: () => Promise<unknown>, sentence: string): Promise<void> {
    this.busy = true;
    try {
      await work();
      this.problem = "";
      await this.load();
      this.dispatchEvent(new CustomEvent<string>("changed", { detail: sentence }));
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  protected override render(): TemplateResult {
    return html`${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
    ${this.about && this.found
      ? this.about.decided_at
        ? this.renderDecided(this.about)
        : this.renderFound(this.found)
      : this.problem
        ? nothing
        : loading()}`;
  }

  private renderFound(found: DocumentSummary[]): TemplateResult {
    const { erasure } = texts;
    const choose = (id: string, on: boolean) => {
      const chosen = new Set(this.chosen);
      if (on) chosen.add(id);
      else chosen.delete(id);
      this.chosen = chosen;
    };
    const decide = () => void this.run(() => erasureService.decide(this.request, [...this.chosen]), erasure.done);
    return html`<p>${found.length === 0 ? erasure.foundNone : erasure.found(found.length)}</p>
      <ul class="record-list">
        ${found.map(
          (document) => html`<li class="record-item">
            <div class="choice">
              <input
                type="checkbox"
                aria-label=${erasure.select(titleOf(document))}
                .checked=${this.chosen.has(document.id)}
                @change=${(event: Event) => choose(document.id, (event.target as HTMLInputElement).checked)}
              />
              <div>
                <a href=${href({ view: "document", id: document.id, seite: 0, q: "" })}>${titleOf(document)}</a>
                ${document.folder ? html`<span class="muted">${document.folder.reference}</span>` : nothing} ${factsLine(document)}
              </div>
            </div>
          </li>`,
        )}
      </ul>
      <p class="muted">${erasure.decideHint}</p>
      <div class="buttons">
        ${actionButton(this.chosen.size === 0 ? erasure.decideNone : erasure.decide(this.chosen.size), decide, "secondary", "", this.busy)}
      </div>`;
  }

  private renderDecided(about: ErasureRequest): TemplateResult {
    const { erasure } = texts;
    return html`<p class="muted">${erasure.decidedBy(about.decided_by, formatTime(about.decided_at))}</p>
      ${about.items.length > 0
        ? html`<div class="table-scroll" tabindex="0" role="region" aria-label=${erasure.columns.decision}>
            <table class="record-table">
              <thead>
                <tr>
                  <th scope="col">${erasure.columns.document}</th>
                  <th scope="col">${erasure.columns.decision}</th>
                  <th scope="col">${erasure.columns.reason}</th>
                </tr>
              </thead>
              <tbody>
                ${about.items.map((item) => this.renderItem(item))}
              </tbody>
            </table>
          </div>`
        : nothing}
      <h3 class="kern-heading-small">${erasure.letter}</h3>
      <pre class="letter">${about.letter}</pre>`;
  }

  private renderItem(item: ErasureItem): TemplateResult {
    const { erasure } = texts;
    const lift = () => void this.run(() => erasureService.lift(item.document), erasure.lifted);
    return html`<tr>
      <th scope="row">
        ${item.title
          ? html`<a href=${href({ view: "document", id: item.document, seite: 0, q: "" })}>${item.title}</a>`
          : html`<span class="muted">${erasure.gone}</span>`}
        <span class="muted">${item.reference}</span>
      </th>
      <td>${erasure.decisions[item.decision]}</td>
      <td>
        ${item.decision === "proposed" ? erasure.toDestruction : item.message}
        ${item.decision === "restricted" && item.title
          ? actionButton(erasure.lift, lift, "tertiary", erasure.liftOf(item.title), this.busy)
          : nothing}
      </td>
    </tr>`;
  }
}

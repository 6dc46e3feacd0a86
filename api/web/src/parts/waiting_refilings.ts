import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { announce, PageElement, problemText } from "../element";
import { formatTime } from "../format";
import { href } from "../navigation";
import { session } from "../session";
import { structureService, type DocumentRefiling, type Refiling } from "../structure_api";
import { texts } from "../texts";
import { alert } from "./common";
import { button, input, valuesOf } from "./form_fields";

/** Moves to entries with a shorter rule that wait for a second person: folders, decided on their page, and documents. */
@customElement("eakte-waiting-refilings")
export class WaitingRefilings extends PageElement {
  @state() private folders: Refiling[] = [];
  @state() private documents: DocumentRefiling[] = [];
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const { refilings, documents } = await structureService.waitingRefilings();
      this.folders = refilings;
      this.documents = documents;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async decide(event: Event, id: string, own: boolean): Promise<void> {
    const rejects = own || (event as SubmitEvent).submitter?.getAttribute("value") === "reject";
    const { reason = "" } = valuesOf(event);
    try {
      await structureService.decideDocumentRefiling(id, rejects ? "reject" : "release", reason);
      this.problem = "";
      announce(rejects ? texts.structure.rejected : texts.structure.documentRefiled);
    } catch (problem) {
      this.problem = problemText(problem);
    }
    await this.load();
  }

  protected override render(): TemplateResult | typeof nothing {
    const words = texts.structure;
    if (this.problem === "" && this.folders.length + this.documents.length === 0) return nothing;
    return html`<section class="record-section">
      <h2 class="kern-heading-medium">${words.waiting}</h2>
      <p class="muted">${words.waitingIntro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <ul class="record-list">
        ${this.folders.map(
          (one) => html`<li class="record-item">
            <div>
              <h3 class="record-title">
                <a href=${href({ view: "folder", id: one.folder.id })}>${one.folder.reference} ${one.folder.title}</a>
              </h3>
              ${this.renderFacts(one)}
            </div>
          </li>`,
        )}
        ${this.documents.map((one) => this.renderDocument(one))}
      </ul>
    </section>`;
  }

  private renderFacts(one: Refiling | DocumentRefiling): TemplateResult {
    const words = texts.structure;
    return html`<p>${words.refilingOf(one.from, one.to)}: ${one.reason}</p>
      <p class="muted">${words.refilingBy(one.proposed_by, formatTime(one.proposed_at))}</p>`;
  }

  private renderDocument(one: DocumentRefiling): TemplateResult {
    const words = texts.structure;
    const own = session()?.account?.name === one.proposed_by;
    return html`<li class="record-item" data-refiling=${one.id}>
      <div>
        <h3 class="record-title">
          <a href=${href({ view: "document", id: one.document.id, seite: 0, q: "" })}>${one.document.title || words.hidden}</a>
        </h3>
        ${this.renderFacts(one)} ${own ? html`<p>${words.own}</p>` : nothing}
        <form class="filter-form" @submit=${(event: Event) => void this.decide(event, one.id, own)}>
          ${input(`umgliedern-${one.id}`, "reason", words.reason)} ${own ? nothing : button(words.release)}
          <button type="submit" value="reject" class="kern-btn kern-btn--secondary">
            <span class="kern-label">${words.reject}</span>
          </button>
        </form>
      </div>
    </li>`;
  }
}

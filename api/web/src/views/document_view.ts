import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Document, FilePlan, Hit } from "../api";
import { announce, PageElement, problemText } from "../element";
import { service } from "../http";
import { href, rememberedSearch } from "../navigation";
import { alert, badge, loading, titleOf } from "../parts/common";
import "../parts/confirm_form";
import { archiveFileRecord, cleanupRecord, metadata, proposalTable, renditionLinks, retentionBlock, similarList, structureBlock } from "../parts/document_panel";
import "../parts/reader";
import { mayFile } from "../session";
import { texts } from "../texts";

@customElement("eakte-document-view")
export class DocumentView extends PageElement {
  @property({ attribute: false }) documentId = "";
  @property({ attribute: false }) seite = 0;
  @property({ attribute: false }) q = "";
  @state() private document?: Document | undefined;
  @state() private plan?: FilePlan | undefined;
  @state() private similar: Hit[] = [];
  @state() private similarProblem = "";
  @state() private problem = "";
  @state() private confirmed = false;
  @state() private correcting = false;
  @state() private readingAgain = false;
  /** the page being looked at, for opening the PDF there */
  @state() private page = 1;

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("documentId")) return;
    this.document = undefined;
    this.similar = [];
    this.similarProblem = "";
    this.confirmed = false;
    this.correcting = false;
    this.readingAgain = false;
    void this.load(this.documentId);
  }

  private async load(id: string): Promise<void> {
    try {
      const found = await service.document(id);
      if (id !== this.documentId) return;
      this.show(found);
      this.problem = "";
      if (found.state === "review") await this.fetchPlan();
    } catch (problem) {
      this.problem = problemText(problem);
      return;
    }
    await this.loadSimilar(id);
  }

  private async loadSimilar(id: string): Promise<void> {
    try {
      const { hits } = await service.similar(id);
      if (id === this.documentId) this.similar = hits;
    } catch (problem) {
      this.similarProblem = problemText(problem);
    }
  }

  private async fetchPlan(): Promise<void> {
    this.plan ??= await service.filePlan();
  }

  private correct(): void {
    this.correcting = true;
    this.confirmed = false;
    this.fetchPlan().catch((problem: unknown) => (this.problem = problemText(problem)));
  }

  private async readAgain(found: Document): Promise<void> {
    try {
      await service.retry(found.intake);
      this.readingAgain = true;
      this.problem = "";
      announce(texts.document.readAgainBegun);
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private show(found: Document): void {
    this.document = found;
    document.title = `${titleOf(found)} – ${texts.app.name}`;
  }

  private async take(event: CustomEvent<Document>): Promise<void> {
    this.show(event.detail);
    this.confirmed = true;
    this.correcting = false;
    announce(texts.confirm.saved);
    dispatchEvent(new Event("eakte-status"));
    await this.updateComplete;
    this.querySelector<HTMLElement>(".document-head h1")?.focus();
  }

  protected override render(): TemplateResult {
    const found = this.document;
    return html`
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${found ? this.renderDocument(found) : this.problem ? nothing : loading()}
    `;
  }

  private renderDocument(found: Document): TemplateResult {
    return html`<div class="document">
      <div class="document-panel">
        ${this.renderHead(found)} ${renditionLinks(found, this.page)} ${this.renderUnread(found)} ${this.renderReview(found)}
        ${retentionBlock(found)} ${metadata(found)} ${structureBlock(found)}
        ${this.renderCorrect(found)} ${proposalTable(found)} ${archiveFileRecord(found)} ${cleanupRecord(found)} ${similarList(this.similar, this.similarProblem)}
      </div>
      <eakte-reader
        .document=${found}
        .seite=${this.seite}
        .q=${this.q}
        @page=${(event: CustomEvent<number>) => (this.page = event.detail)}
        @corrected=${(event: CustomEvent<Document>) => this.show(event.detail)}
      ></eakte-reader>
    </div>`;
  }

  private renderHead(found: Document): TemplateResult {
    const open = found.state === "review";
    return html`<div class="document-head">
      ${this.q
        ? html`<a class="kern-link kern-link--small" href=${href({ view: "search", search: rememberedSearch() })}
            ><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts.document.back}</a
          >`
        : nothing}
      <h1 tabindex="-1">${titleOf(found)}</h1>
      <p>${badge(open ? "warning" : "success", open ? texts.document.onReview : texts.document.filed)}</p>
    </div>`;
  }

  /** An office file that came in while no program could read it. */
  private renderUnread(found: Document): TemplateResult | typeof nothing {
    if (found.state === "withdrawn" || found.renditions.some(({ role }) => role === "pdfa") || !mayFile()) return nothing;
    if (this.readingAgain) {
      return alert(
        "info",
        texts.document.readAgainBegun,
        html`<a class="kern-link" href=${href({ view: "intakes", group: "alle" })}>${texts.document.readAgainProgress}</a>`,
      );
    }
    return html`<p class="muted">${texts.document.readAgainHint}</p>
      <button type="button" class="kern-btn kern-btn--secondary" @click=${() => this.readAgain(found)}>
        <span class="kern-label">${texts.document.readAgain}</span>
      </button>`;
  }

  private renderCorrect(found: Document): TemplateResult | typeof nothing {
    if (found.state === "review" || this.correcting || !mayFile()) return nothing;
    return html`<button type="button" class="kern-btn kern-btn--tertiary correct" @click=${this.correct}>
      <span class="kern-label">${texts.confirm.correct}</span>
    </button>`;
  }

  private renderReview(found: Document): TemplateResult | typeof nothing {
    if (this.confirmed && found.state === "filed") {
      return alert(
        "success",
        texts.confirm.saved,
        html`<a class="kern-link" href=${href({ view: "review" })}>${texts.confirm.toReview}</a>`,
      );
    }
    const form = html`<eakte-confirm-form .document=${found} .plan=${this.plan} @confirmed=${this.take}></eakte-confirm-form>`;
    if (found.state === "filed" && this.correcting) return form;
    if (found.state === "filed") return nothing;
    return html`${alert(
        "warning",
        texts.document.review,
        html`<ul class="reasons">${found.review_reasons.map(({ message }) => html`<li>${message}</li>`)}</ul>`,
      )}
      ${mayFile() ? form : nothing}`;
  }
}

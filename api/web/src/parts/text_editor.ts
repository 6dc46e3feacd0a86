import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { CorrectedPage, PageLines } from "../api";
import { announce, PageElement, problemText } from "../element";
import { service } from "../http";
import { texts } from "../texts";
import { alert } from "./common";

/** Corrects what the machine read on one page. Dispatches "corrected" with the document as it stands then, and "closed". */
@customElement("eakte-text-editor")
export class TextEditor extends PageElement {
  @property({ attribute: false }) documentId = "";
  @property({ attribute: false }) page = 1;
  @state() private text: PageLines | undefined;
  @state() private problem = "";
  @state() private busy = false;
  @query("textarea") private input!: HTMLTextAreaElement;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("documentId") || changed.has("page")) void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.text = await service.pageText(this.documentId, this.page);
      await this.updateComplete;
      this.input.focus();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async send(change: Promise<CorrectedPage>, told: string): Promise<void> {
    this.busy = true;
    try {
      const { document, text } = await change;
      this.text = text;
      this.problem = "";
      announce(told);
      this.dispatchEvent(new CustomEvent("corrected", { detail: document, bubbles: true }));
      this.close();
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  private save(event: Event): void {
    event.preventDefault();
    const lines = this.input.value.normalize("NFC").split("\n");
    void this.send(service.correctText(this.documentId, this.page, this.text?.revision ?? 0, lines), texts.correction.saved);
  }

  private restore(): void {
    void this.send(service.restoreText(this.documentId, this.page), texts.correction.restored);
  }

  private close(): void {
    this.dispatchEvent(new CustomEvent("closed"));
  }

  protected override render(): TemplateResult {
    const { text } = this;
    const field = `text-${this.page}`;
    return html`<form class="text-editor" @submit=${this.save}>
      <label class="kern-label" for=${field}>${texts.correction.label(this.page)}</label>
      <p class="muted">${texts.correction.hint}</p>
      ${text
        ? html`<textarea
            id=${field}
            lang="de"
            spellcheck="true"
            rows=${Math.min(Math.max(text.lines.length + 1, 6), 30)}
            .value=${text.lines.join("\n")}
          ></textarea>`
        : nothing}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      <div class="buttons">
        <button class="kern-btn kern-btn--primary" type="submit" ?disabled=${this.busy || !text}>
          <span class="kern-label">${texts.correction.save}</span>
        </button>
        ${text?.corrected
          ? html`<button class="kern-btn kern-btn--secondary" type="button" ?disabled=${this.busy} @click=${this.restore}>
              <span class="kern-label">${texts.correction.restore}</span>
            </button>`
          : nothing}
        <button class="kern-btn kern-btn--tertiary" type="button" @click=${this.close}>
          <span class="kern-label">${texts.correction.cancel}</span>
        </button>
      </div>
    </form>`;
  }
}

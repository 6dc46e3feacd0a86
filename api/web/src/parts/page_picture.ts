import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { Page, PageHits } from "../api";
import { PageElement } from "../element";
import { boxPercent, formatPercent } from "../format";
import { pictureAddress } from "../http";
import { mayFile } from "../session";
import { texts } from "../texts";
import { styled } from "./common";
import "./text_editor";

/** A page read worse than this is called poorly read, as the review list does. */
const poorlyRead = 0.55;

/** What is worth saying about the state of a page; empty for an ordinary one. */
export function pageState(page: Page): string {
  if (page.blank) return texts.document.blank;
  if (page.born_digital) return texts.document.bornDigital;
  return page.confidence < poorlyRead ? texts.document.poorlyRead(formatPercent(page.confidence)) : "";
}

/** One page as a picture, with the boxes of the query's words drawn over it. */
@customElement("eakte-page")
export class PagePicture extends PageElement {
  @property({ attribute: false }) documentId = "";
  @property({ attribute: false }) version = "";
  @property({ attribute: false }) page!: Page;
  @property({ attribute: false }) count = 1;
  @property({ attribute: false }) hits: PageHits | undefined;
  /** index of the box a person has jumped to, -1 for none */
  @property({ attribute: false }) current = -1;
  /** CSS pixels the picture is shown at, for choosing how large it is fetched */
  @property({ attribute: false }) shownWidth = 800;
  @state() private broken = false;
  @state() private editing = false;

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("documentId") || changed.has("page")) this.broken = false;
    if (changed.has("documentId")) this.editing = false;
  }

  protected override render(): TemplateResult {
    const { number, width, height } = this.page;
    const note = pageState(this.page);
    return html`<figure class="page">
      <div class="sheet" ${styled({ "aspect-ratio": `${width} / ${height}` })}>
        ${this.broken
          ? html`<p class="no-picture">${texts.document.noPicture}</p>`
          : html`<img
              src=${pictureAddress(this.documentId, number, this.shownWidth, this.version)}
              alt=${texts.document.picture(number, this.count)}
              loading="lazy"
              decoding="async"
              width=${width}
              height=${height}
              @error=${() => (this.broken = true)}
            />`}
        ${this.hits?.boxes.map((_box, at) => this.renderBox(this.hits as PageHits, at))}
      </div>
      <figcaption>
        ${texts.search.page(number)}${note ? html` · <span class="page-note">${note}</span>` : nothing}
        ${mayFile()
          ? html`<button type="button" class="kern-link correct-text" aria-expanded=${this.editing ? "true" : "false"}
              @click=${() => (this.editing = !this.editing)}>${texts.correction.open}</button>`
          : nothing}
      </figcaption>
      ${this.editing
        ? html`<eakte-text-editor
            .documentId=${this.documentId}
            .page=${number}
            @closed=${() => (this.editing = false)}
          ></eakte-text-editor>`
        : nothing}
    </figure>`;
  }

  private renderBox({ boxes, width, height }: PageHits, at: number): TemplateResult {
    const [left, top, boxWidth, boxHeight] = boxPercent(boxes[at] ?? [0, 0, 0, 0], width, height);
    return html`<span
      class="hit-box"
      data-current=${at === this.current ? "true" : nothing}
      aria-hidden="true"
      ${styled({ left: `${left}%`, top: `${top}%`, width: `${boxWidth}%`, height: `${boxHeight}%` })}
    ></span>`;
  }
}

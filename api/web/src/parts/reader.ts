import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Document } from "../api";
import { announce, PageElement, problemText } from "../element";
import { pictureAddress } from "../http";
import { navigate, rewriteAddress } from "../navigation";
import { DocumentHits, type HitPosition } from "../page_hits";
import { texts } from "../texts";
import { iconButton, styled, textButton } from "./common";
import "./page_picture";

const zooms = [50, 75, 100, 150, 200];

/** The pages of a document under each other, with tools to move through pages and hits. */
@customElement("eakte-reader")
export class Reader extends PageElement {
  @property({ attribute: false }) document!: Document;
  /** the page asked for, 0 for none: then the first hit decides */
  @property({ attribute: false }) seite = 0;
  @property({ attribute: false }) q = "";
  @state() private page = 1;
  @state() private zoom = 100;
  @state() private columnWidth = 800;
  @state() private hit: HitPosition | undefined;
  @state() private problem = "";
  private hits: DocumentHits | undefined;
  private readonly inView = new Map<number, number>();
  private pageWatch?: IntersectionObserver;
  private widthWatch?: ResizeObserver;

  private get version(): string {
    return this.document.renditions.find(({ role }) => role === "pdfa")?.sha256.slice(0, 16) ?? "";
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.pageWatch?.disconnect();
    this.widthWatch?.disconnect();
    this.hits = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("document") as Document | undefined;
    const newDocument = changed.has("document") && before?.id !== this.document.id;
    if (newDocument || changed.has("q")) this.lookForHits();
  }

  protected override updated(changed: PropertyValues): void {
    const before = changed.get("document") as Document | undefined;
    if (changed.has("document") && before?.id !== this.document.id) this.watch();
    else if (changed.has("seite") && this.seite > 0 && this.seite !== this.page) this.goToPage(this.seite);
  }

  private lookForHits(): void {
    this.hit = undefined;
    this.hits = undefined;
    if (!this.q) {
      if (this.seite > 1) void this.updateComplete.then(() => this.goToPage(this.seite));
      return;
    }
    const hits = new DocumentHits(this.document.id, this.q, this.document.pages.length, () => this.requestUpdate());
    this.hits = hits;
    const start = Math.min(Math.max(1, this.seite), this.document.pages.length);
    hits
      .next({ page: start, box: -1 }, 1)
      .then(async (first) => {
        if (hits !== this.hits) return;
        // A page that was asked for stays in view although its hits may lie elsewhere.
        if (first && (this.seite === 0 || first.page === start)) await this.goToHit(first);
        else if (this.seite > 1) this.goToPage(start);
        await hits.askAll();
      })
      .catch((problem: unknown) => (this.problem = problemText(problem)));
  }

  /** Follows which pages are in view, and how wide they are shown. */
  private watch(): void {
    this.pageWatch?.disconnect();
    this.widthWatch?.disconnect();
    this.inView.clear();
    this.pageWatch = new IntersectionObserver((entries) => this.seen(entries), { threshold: [0, 0.25, 0.5, 0.75, 1] });
    for (const page of this.querySelectorAll("eakte-page")) this.pageWatch.observe(page);
    this.widthWatch = new ResizeObserver(([entry]) => (this.columnWidth = entry?.contentRect.width ?? 800));
    const column = this.querySelector(".pages");
    if (column) this.widthWatch.observe(column);
  }

  private seen(entries: IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, intersectionRect } of entries) {
      const number = Number((target as HTMLElement).dataset["page"]);
      if (isIntersecting) this.inView.set(number, intersectionRect.height);
      else this.inView.delete(number);
    }
    let [most, tallest] = [this.page, 0];
    for (const [page, height] of this.inView) {
      void this.hits?.ask(page).catch((problem: unknown) => (this.problem = problemText(problem)));
      if (height > tallest) [most, tallest] = [page, height];
    }
    if (most !== this.page) this.showsPage(most);
  }

  private showsPage(page: number): void {
    // An answer that comes after the document was left must not change the address of what is shown now.
    if (!this.isConnected) return;
    this.page = page;
    this.dispatchEvent(new CustomEvent("page", { detail: page }));
    rewriteAddress({ view: "document", id: this.document.id, seite: page, q: this.q });
    const thumbnail = this.querySelector<HTMLElement>(`[data-thumbnail="${page}"]`);
    const column = thumbnail?.closest<HTMLElement>(".thumbnails");
    // scrollIntoView would move the whole window as well.
    if (thumbnail && column) column.scrollTo({ top: thumbnail.offsetTop - column.clientHeight / 2 });
  }

  private goToPage(page: number): void {
    const wanted = Math.min(Math.max(1, page), this.document.pages.length);
    this.querySelector(`#seite-${wanted}`)?.scrollIntoView({ block: "start", behavior: "instant" });
    this.showsPage(wanted);
  }

  private async goToHit(hit: HitPosition): Promise<void> {
    this.hit = hit;
    this.showsPage(hit.page);
    await this.updateComplete;
    const page = this.querySelector<PageElement>(`#seite-${hit.page}`);
    await page?.updateComplete;
    page?.querySelector(".hit-box[data-current]")?.scrollIntoView({ block: "center", behavior: "instant" });
    const count = this.hits?.count(hit.page) ?? 0;
    announce(texts.document.hitOnPage(hit.box + 1, count, hit.page));
  }

  private async step(step: 1 | -1): Promise<void> {
    const from = this.hit ?? { page: this.page, box: step === 1 ? -1 : 0 };
    try {
      const next = await this.hits?.next(from, step);
      if (next) await this.goToHit(next);
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private find(event: Event): void {
    event.preventDefault();
    const q = new FormData(event.target as HTMLFormElement).get("q") as string;
    navigate({ view: "document", id: this.document.id, seite: 0, q: q.trim() });
  }

  private async zoomBy(step: number): Promise<void> {
    const { page } = this;
    this.zoom = zooms[zooms.indexOf(this.zoom) + step] ?? this.zoom;
    await this.updateComplete;
    this.goToPage(page);
  }

  protected override render(): TemplateResult {
    const { pages, id } = this.document;
    return html`<div class="reader">
      ${this.renderTools(pages.length)}
      ${this.problem ? html`<p class="field-problem" role="alert">${this.problem}</p>` : nothing}
      <div class="reader-columns">
        ${pages.length > 1 ? this.renderThumbnails() : nothing}
        <div class="pages" tabindex="0" role="region" aria-label=${texts.document.pages} @corrected=${() => this.lookForHits()}>
          ${pages.length === 0 ? html`<p class="no-picture">${texts.document.noPages}</p>` : nothing}
          ${repeat(
            pages,
            ({ number }) => `${id}/${number}`,
            (page) => html`<eakte-page
              id=${`seite-${page.number}`}
              data-page=${page.number}
              ${styled({ width: `${this.zoom}%` })}
              .documentId=${id}
              .version=${this.version}
              .page=${page}
              .count=${pages.length}
              .hits=${this.hits?.on(page.number)}
              .current=${this.hit?.page === page.number ? this.hit.box : -1}
              .shownWidth=${(this.columnWidth * this.zoom) / 100}
            ></eakte-page>`,
          )}
        </div>
      </div>
    </div>`;
  }

  private renderTools(count: number): TemplateResult {
    return html`<div class="reader-tools" role="group" aria-label=${texts.document.tools}>
      <div class="tool-group">
        ${iconButton("arrow-up", texts.document.previousPage, () => this.goToPage(this.page - 1), this.page <= 1)}
        ${iconButton("arrow-down", texts.document.nextPage, () => this.goToPage(this.page + 1), this.page >= count)}
        <label>
          ${texts.document.page}
          <input
            class="page-input"
            type="number"
            min="1"
            max=${count}
            .value=${String(this.page)}
            @change=${(event: Event) => this.goToPage(Number((event.target as HTMLInputElement).value))}
          />
        </label>
        <span>${texts.document.pageOf(count)}</span>
      </div>
      <form class="tool-group find" role="search" @submit=${this.find}>
        <input class="find-input" type="search" name="q" autocomplete="off" aria-label=${texts.document.find}
          placeholder=${texts.document.find} .value=${this.q} />
        ${this.renderHitTools()}
      </form>
      <div class="tool-group wide-only">
        ${textButton("−", texts.document.zoomOut, () => void this.zoomBy(-1), this.zoom === zooms[0])}
        <span class="zoom">${texts.document.zoom(this.zoom)}</span>
        ${textButton("+", texts.document.zoomIn, () => void this.zoomBy(1), this.zoom === zooms.at(-1))}
      </div>
    </div>`;
  }

  private renderHitTools(): TemplateResult | typeof nothing {
    const hits = this.hits;
    if (!hits) return nothing;
    const none = hits.complete && hits.total === 0;
    let text = texts.document.searching;
    if (none) text = texts.document.noHits;
    else if (this.hit && hits.complete) text = texts.document.hitOf(hits.ordinal(this.hit), hits.total);
    else if (this.hit) text = texts.document.hitOnPage(this.hit.box + 1, hits.count(this.hit.page), this.hit.page);
    return html`<span class="hit-count">${text}</span>
      ${iconButton("chevron-left", texts.document.previousHit, () => void this.step(-1), none)}
      ${iconButton("chevron-right", texts.document.nextHit, () => void this.step(1), none)}`;
  }

  private renderThumbnails(): TemplateResult {
    const { pages, id } = this.document;
    return html`<nav class="thumbnails" aria-label=${texts.document.thumbnails}>
      ${pages.map(({ number, width, height }) => {
        const count = this.hits?.count(number) ?? 0;
        return html`<button
          type="button"
          data-thumbnail=${number}
          aria-label=${texts.document.goToPage(number, count)}
          aria-current=${number === this.page ? "page" : nothing}
          @click=${() => this.goToPage(number)}
        >
          <img src=${pictureAddress(id, number, 80, this.version)} alt="" loading="lazy" width=${width} height=${height} />
          <span>${number}</span>
          ${count > 0 ? html`<span class="count">${count}</span>` : nothing}
        </button>`;
      })}
    </nav>`;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { DocumentSummary, Hit, Hits, SortOrder } from "../api";
import { announce, PageElement, problemText } from "../element";
import { listen } from "../events";
import { service } from "../http";
import { href, navigate, rememberSearch, returnPosition } from "../navigation";
import { alert, factsLine, loading, snippet, titleOf } from "../parts/common";
import { facetList, toggled } from "../parts/facets";
import { pager } from "../parts/pager";
import { emptySearch, type SearchState } from "../router";
import { texts } from "../texts";

const perPage = 20;
/** While documents come in, the search is always a few changes behind. */
const usuallyUnseen = 50;

@customElement("eakte-search-view")
export class SearchView extends PageElement {
  @property({ attribute: false }) search: SearchState = emptySearch;
  @state() private hits?: Hits | undefined;
  @state() private recent?: DocumentSummary[] | undefined;
  @state() private busy = false;
  @state() private problem = "";
  @query("input[type=search]") private input!: HTMLInputElement;
  @query("#ergebnisse") private heading!: HTMLElement | null;
  private running?: AbortController;
  private stopListening?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    // The start page shows what was filed last; results somebody is reading do not move by themselves.
    const refresh = () => void (this.searches() || this.load());
    this.stopListening = listen({ archive: refresh, opened: refresh });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    this.running?.abort();
  }

  protected override firstUpdated(): void {
    this.input.focus({ preventScroll: true });
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has("search")) return;
    this.input.value = this.search.q;
    document.title = this.search.q ? `${this.search.q} – ${texts.app.name}` : texts.app.name;
    rememberSearch(this.search);
    const turned = (changed.get("search") as SearchState | undefined)?.seite;
    void this.load().then(async () => {
      await this.updateComplete;
      scrollTo(0, returnPosition());
      // The link that turned the page may be gone.
      if (turned && turned !== this.search.seite) this.heading?.focus({ preventScroll: true });
    });
  }

  private searches(): boolean {
    return this.search.q !== "" || this.search.filters.length > 0;
  }

  private async load(): Promise<void> {
    this.running?.abort();
    const running = (this.running = new AbortController());
    this.busy = true;
    try {
      if (this.searches()) {
        const { q, filters, sort, seite } = this.search;
        const offset = (seite - 1) * perPage;
        const hits = await service.search({ q, filter: filters, sort, offset, limit: perPage }, running.signal);
        this.hits = hits;
        announce(texts.search.total(hits.total));
      } else {
        this.hits = undefined;
        this.recent = (await service.documents("", "", 8)).documents;
      }
      this.problem = "";
    } catch (problem) {
      const text = problemText(problem);
      if (!text) return;
      this.hits = undefined;
      this.problem = text;
    }
    if (running === this.running) this.busy = false;
  }

  private go(change: Partial<SearchState>): void {
    navigate({ view: "search", search: { ...this.search, seite: 1, ...change } });
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.go({ q: this.input.value.trim() });
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-sr-only">${texts.search.title}</h1>
      <form class="search-form" role="search" @submit=${this.submit}>
        <label class="kern-sr-only" for="suchfeld">${texts.search.label}</label>
        <input
          id="suchfeld"
          class="kern-form-input__input"
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder=${texts.search.placeholder}
        />
        <button class="kern-btn kern-btn--primary" type="submit"><span class="kern-label">${texts.search.submit}</span></button>
      </form>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing} ${this.renderBody()}
    `;
  }

  private renderBody(): TemplateResult | typeof nothing {
    if (this.searches()) return this.hits ? this.renderResults(this.hits) : this.busy ? loading() : nothing;
    return html`<div class="start">
      <section aria-labelledby="zuletzt">
        <h2 id="zuletzt" class="kern-heading-medium">${texts.search.recent}</h2>
        ${this.renderRecent()}
      </section>
      ${this.renderHelp()}
    </div>`;
  }

  private renderRecent(): TemplateResult {
    if (!this.recent) return this.busy ? loading() : html``;
    if (this.recent.length === 0) return html`<p class="kern-body">${texts.search.nothingYet}</p>`;
    return html`<ol class="hits">
      ${this.recent.map((document) => html`<li class="hit">${this.renderTitle(document, 0)}${factsLine(document)}</li>`)}
    </ol>`;
  }

  private renderHelp(): TemplateResult {
    return html`<section class="query-help" aria-labelledby="suchhilfe">
      <h2 id="suchhilfe" class="kern-heading-medium">${texts.search.helpTitle}</h2>
      <dl>
        ${texts.search.help.map(
          ([example, meaning]) => html`<div>
            <dt><button type="button" class="example" @click=${() => this.tryExample(example)}>${example}</button></dt>
            <dd>${meaning}</dd>
          </div>`,
        )}
      </dl>
    </section>`;
  }

  private tryExample(example: string): void {
    this.input.value = example;
    this.input.focus();
  }

  private renderResults(hits: Hits): TemplateResult {
    const first = (this.search.seite - 1) * perPage + 1;
    return html`<div class="results" aria-busy=${this.busy}>
      <aside class="facets" aria-label=${texts.search.filters}>
        ${facetList(hits.facets, this.search.filters, (filter) =>
          this.go({ filters: toggled(this.search.filters, filter) }),
        )}
        ${this.search.filters.length > 0
          ? html`<button type="button" class="kern-btn kern-btn--tertiary" @click=${() => this.go({ filters: [] })}>
              <span class="kern-label">${texts.search.clearFilters}</span>
            </button>`
          : nothing}
      </aside>
      <section class="result-list" aria-labelledby="ergebnisse">
        <div class="result-head">
          <h2 id="ergebnisse" tabindex="-1" class="kern-heading-medium">${texts.search.total(hits.total)}</h2>
          ${hits.total > perPage
            ? html`<span class="muted">${texts.search.range(first, first + hits.hits.length - 1)}</span>`
            : nothing}
          ${this.renderSort()}
        </div>
        ${hits.unseen > usuallyUnseen ? alert("warning", texts.search.behindTitle, texts.search.behind) : nothing}
        ${this.renderSuggestion(hits)}
        ${hits.hits.length > 0
          ? html`<ol class="hits" start=${first}>${hits.hits.map((hit) => this.renderHit(hit))}</ol>`
          : html`<p class="kern-body">${texts.search.noResultsHelp}</p>`}
        ${pager(this.search, Math.ceil(hits.total / perPage))} ${hits.total === 0 ? this.renderHelp() : nothing}
      </section>
    </div>`;
  }

  private renderSuggestion(hits: Hits): TemplateResult | typeof nothing {
    if (!hits.suggestion) return nothing;
    const search = { ...this.search, q: hits.suggestion, seite: 1 };
    return html`<p class="suggestion">
      ${texts.search.didYouMean}
      <a class="kern-link" href=${href({ view: "search", search })}>${hits.suggestion}</a>?
    </p>`;
  }

  private renderSort(): TemplateResult {
    const orders = Object.entries(texts.search.sorts) as [SortOrder, string][];
    return html`<label class="sort">
      <span>${texts.search.sort}</span>
      <select @change=${(event: Event) => this.go({ sort: (event.target as HTMLSelectElement).value as SortOrder })}>
        ${orders.map(([value, text]) => html`<option value=${value} ?selected=${value === this.search.sort}>${text}</option>`)}
      </select>
    </label>`;
  }

  private renderTitle(document: DocumentSummary, page: number): TemplateResult {
    const place = { view: "document", id: document.id, seite: page, q: this.search.q } as const;
    return html`<h3><a href=${href(place)}>${titleOf(document)}</a></h3>`;
  }

  private renderHit({ document, page, snippet: parts }: Hit): TemplateResult {
    const pages = document.page_count > 1 ? `${texts.search.page(page)} ${texts.search.from} ${document.page_count}` : "";
    return html`<li class="hit">
      ${this.renderTitle(document, page)} ${factsLine(document)}
      ${parts.length > 0
        ? html`<p class="snippet">${pages ? html`<span class="page-number">${pages}</span>` : nothing}${snippet(parts)}</p>`
        : nothing}
    </li>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { href } from "../navigation";
import type { SearchState } from "../router";
import { texts } from "../texts";

/** The pages to offer: first, last and those around the current one; 0 stands for a gap. */
export function offeredPages(current: number, last: number): number[] {
  const wanted = [1, current - 1, current, current + 1, last].filter((page) => page >= 1 && page <= last);
  const pages = [...new Set(wanted)].sort((left, right) => left - right);
  return pages.flatMap((page, at) => (at > 0 && page - (pages[at - 1] ?? page) > 1 ? [0, page] : [page]));
}

export function pager(search: SearchState, last: number): TemplateResult | typeof nothing {
  if (last <= 1) return nothing;
  const to = (seite: number) => href({ view: "search", search: { ...search, seite } });
  const current = search.seite;
  return html`<nav class="pager" aria-label=${texts.search.pages}>
    ${current > 1 ? html`<a href=${to(current - 1)}>${texts.search.previous}</a>` : nothing}
    ${offeredPages(current, last).map((page) =>
      page === 0
        ? html`<span aria-hidden="true">…</span>`
        : html`<a href=${to(page)} aria-label=${texts.search.page(page)} aria-current=${page === current ? "page" : nothing}
            >${page}</a
          >`,
    )}
    ${current < last ? html`<a href=${to(current + 1)}>${texts.search.next}</a>` : nothing}
  </nav>`;
}

import { tenant } from "./http";
import { emptySearch, formatPlace, parsePlace, type Place, type SearchState } from "./router";

/** Dispatched on the window when the address has changed. */
export const placeChanged = "eakte-place";

export const here = (): Place => parsePlace(new URL(location.href));
export const href = (place: Place): string => formatPlace(place, tenant);

let lastSearch: SearchState = emptySearch;
/** The search a person came from, to go back to from a document. */
export const rememberSearch = (search: SearchState): void => void (lastSearch = search);
export const rememberedSearch = (): SearchState => lastSearch;

export function navigate(place: Place): void {
  if (location.pathname + location.search !== href(place)) {
    history.replaceState({ y: scrollY }, "");
    history.pushState(null, "", href(place));
  }
  dispatchEvent(new Event(placeChanged));
}

/** How far down the page was when it was left; 0 for one that was not here before. */
export const returnPosition = (): number => (history.state as { y?: number } | null)?.y ?? 0;

/** Keeps the address true to what is shown, without a new entry in the history. */
export function rewriteAddress(place: Place): void {
  if (location.pathname + location.search !== href(place)) history.replaceState(null, "", href(place));
}

/** Takes clicks on links within the page, so that they do not load it anew. */
export function followLinks(): void {
  // Results come after the address has changed, so the views restore the position themselves.
  history.scrollRestoration = "manual";
  addEventListener("popstate", () => dispatchEvent(new Event(placeChanged)));
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const link = (event.target as Element).closest?.("a");
    if (!link || link.target || link.hasAttribute("download") || link.origin !== location.origin) return;
    if (link.pathname.startsWith("/api/") || link.hash) return;
    const place = parsePlace(new URL(link.href));
    if (place.view === "unknown") return;
    event.preventDefault();
    navigate(place);
  });
}

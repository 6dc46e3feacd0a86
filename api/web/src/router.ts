import type { SortOrder } from "./api";

export interface SearchState {
  q: string;
  filters: string[];
  sort: SortOrder;
  /** page of the result list, from 1 */
  seite: number;
}

export const intakeGroups = ["alle", "offen", "pruefen", "probleme"] as const;
export type IntakeGroup = (typeof intakeGroups)[number];

/** What the address bar names. */
export type Place =
  | { view: "search"; search: SearchState }
  | { view: "document"; id: string; seite: number; q: string }
  | { view: "intakes"; group: IntakeGroup }
  | { view: "review" }
  | { view: "folders"; q: string }
  | { view: "folder"; id: string }
  | { view: "due"; due: DueState }
  | { view: "holds"; until: string }
  | { view: "disposals"; process: string }
  | { view: "destruction" }
  | { view: "erasure"; request: string }
  | { view: "scans" }
  | { view: "plan"; entry: string }
  | { view: "planDraft" }
  | { view: "planVersions"; from: string; to: string }
  | { view: "planProposal"; id: string }
  | { view: "evidence" }
  | { view: "accounts" }
  | { view: "unknown" };

/** What the due list is asked for; empty and 0: today, all entries, all years. */
export interface DueState {
  on: string;
  plan: string;
  year: number;
}

export const emptySearch: SearchState = { q: "", filters: [], sort: "relevance", seite: 1 };

const day = (text: string | null) => (/^\d{4}-\d{2}-\d{2}$/.test(text ?? "") ? (text ?? "") : "");
const positive = (text: string | null) => Math.max(1, Math.trunc(Number(text)) || 1);

export function parsePlace(url: URL): Place {
  const get = url.searchParams;
  const path = url.pathname.replace(/\/+$/, "") || "/";
  const document = /^\/dokument\/([^/]+)$/.exec(path)?.[1];
  if (document) {
    // 0: no page asked for, so the first hit decides
    const seite = get.has("seite") ? positive(get.get("seite")) : 0;
    return { view: "document", id: decodeURIComponent(document), seite, q: get.get("q") ?? "" };
  }
  const folder = /^\/akte\/([^/]+)$/.exec(path)?.[1];
  if (folder) return { view: "folder", id: decodeURIComponent(folder) };
  const proposal = /^\/aktenplan\/vorschlag\/([^/]+)$/.exec(path)?.[1];
  if (proposal) return { view: "planProposal", id: decodeURIComponent(proposal) };
  switch (path) {
    case "/": {
      const sort = get.get("sort");
      return {
        view: "search",
        search: {
          q: get.get("q") ?? "",
          filters: get.getAll("filter"),
          sort: sort === "newest" || sort === "oldest" ? sort : "relevance",
          seite: positive(get.get("seite")),
        },
      };
    }
    case "/eingang":
      return { view: "intakes", group: intakeGroups.find((group) => group === get.get("zeige")) ?? "alle" };
    case "/pruefen":
      return { view: "review" };
    case "/akten":
      return { view: "folders", q: get.get("q") ?? "" };
    case "/faellig": {
      const year = Math.trunc(Number(get.get("jahr"))) || 0;
      return {
        view: "due",
        due: { on: day(get.get("stichtag")), plan: get.get("plan") ?? "", year: year > 0 && year < 10_000 ? year : 0 },
      };
    }
    case "/loeschsperren":
      return { view: "holds", until: day(get.get("bis")) };
    case "/anbietungen":
      return { view: "disposals", process: get.get("vorgang") ?? "" };
    case "/vernichtung":
      return { view: "destruction" };
    case "/loeschantraege":
      return { view: "erasure", request: get.get("antrag") ?? "" };
    case "/scanpruefung":
      return { view: "scans" };
    case "/aktenplan":
      return { view: "plan", entry: get.get("eintrag") ?? "" };
    case "/aktenplan/entwurf":
      return { view: "planDraft" };
    case "/aktenplan/versionen":
      return { view: "planVersions", from: get.get("von") ?? "", to: get.get("bis") ?? "" };
    case "/nachweise":
      return { view: "evidence" };
    case "/konten":
      return { view: "accounts" };
    default:
      return { view: "unknown" };
  }
}

/** The address of a place; values that are the default are left out. */
export function formatPlace(place: Place, tenant = ""): string {
  const search = new URLSearchParams();
  let path = "/";
  if (place.view === "search") {
    const { q, filters, sort, seite } = place.search;
    if (q) search.set("q", q);
    for (const filter of filters) search.append("filter", filter);
    if (sort !== "relevance") search.set("sort", sort);
    if (seite > 1) search.set("seite", String(seite));
  } else if (place.view === "document") {
    path = `/dokument/${encodeURIComponent(place.id)}`;
    if (place.seite > 0) search.set("seite", String(place.seite));
    if (place.q) search.set("q", place.q);
  } else if (place.view === "intakes") {
    path = "/eingang";
    if (place.group !== "alle") search.set("zeige", place.group);
  } else if (place.view === "review") {
    path = "/pruefen";
  } else if (place.view === "folders") {
    path = "/akten";
    if (place.q) search.set("q", place.q);
  } else if (place.view === "folder") {
    path = `/akte/${encodeURIComponent(place.id)}`;
  } else if (place.view === "due") {
    path = "/faellig";
    if (place.due.on) search.set("stichtag", place.due.on);
    if (place.due.plan) search.set("plan", place.due.plan);
    if (place.due.year) search.set("jahr", String(place.due.year));
  } else if (place.view === "holds") {
    path = "/loeschsperren";
    if (place.until) search.set("bis", place.until);
  } else if (place.view === "disposals") {
    path = "/anbietungen";
    if (place.process) search.set("vorgang", place.process);
  } else if (place.view === "destruction") {
    path = "/vernichtung";
  } else if (place.view === "erasure") {
    path = "/loeschantraege";
    if (place.request) search.set("antrag", place.request);
  } else if (place.view === "scans") {
    path = "/scanpruefung";
  } else if (place.view === "plan") {
    path = "/aktenplan";
    if (place.entry) search.set("eintrag", place.entry);
  } else if (place.view === "planDraft") {
    path = "/aktenplan/entwurf";
  } else if (place.view === "planVersions") {
    path = "/aktenplan/versionen";
    if (place.from) search.set("von", place.from);
    if (place.to) search.set("bis", place.to);
  } else if (place.view === "planProposal") {
    path = `/aktenplan/vorschlag/${encodeURIComponent(place.id)}`;
  } else if (place.view === "evidence") {
    path = "/nachweise";
  } else if (place.view === "accounts") {
    path = "/konten";
  }
  if (tenant) search.set("tenant", tenant);
  const query = search.toString();
  return query ? `${path}?${query}` : path;
}

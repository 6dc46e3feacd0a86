import assert from "node:assert/strict";
import { test } from "node:test";
import { emptySearch, formatPlace, parsePlace, type Place } from "../src/router";

const places: [string, Place][] = [
  ["/", { view: "search", search: emptySearch }],
  [
    "/?q=Hundesteuer+typ%3ABescheid&filter=typ%3DBescheid&filter=jahr%3D2026&sort=newest&seite=2",
    {
      view: "search",
      search: { q: "Hundesteuer typ:Bescheid", filters: ["typ=Bescheid", "jahr=2026"], sort: "newest", seite: 2 },
    },
  ],
  ["/dokument/01kabc", { view: "document", id: "01kabc", seite: 0, q: "" }],
  ["/dokument/01kabc?seite=3&q=Br%C3%BCckenwaage", { view: "document", id: "01kabc", seite: 3, q: "Brückenwaage" }],
  ["/eingang", { view: "intakes", group: "alle" }],
  ["/eingang?zeige=probleme", { view: "intakes", group: "probleme" }],
  ["/pruefen", { view: "review" }],
  ["/akten", { view: "folders", q: "" }],
  ["/akten?q=Hundesteuer", { view: "folders", q: "Hundesteuer" }],
  ["/akte/01kabc", { view: "folder", id: "01kabc" }],
  ["/faellig", { view: "due", due: { on: "", plan: "", year: 0 } }],
  ["/faellig?stichtag=2037-01-01&plan=61.10&jahr=2036", { view: "due", due: { on: "2037-01-01", plan: "61.10", year: 2036 } }],
  ["/loeschsperren?bis=2027-01-01", { view: "holds", until: "2027-01-01" }],
  ["/anbietungen", { view: "disposals", process: "" }],
  ["/anbietungen?vorgang=6f0a", { view: "disposals", process: "6f0a" }],
  ["/loeschantraege?antrag=01k", { view: "erasure", request: "01k" }],
  ["/scanpruefung", { view: "scans" }],
  ["/vernichtung", { view: "destruction" }],
  ["/aktenplan", { view: "plan", entry: "" }],
  ["/aktenplan?eintrag=61.10.30", { view: "plan", entry: "61.10.30" }],
  ["/aktenplan/entwurf", { view: "planDraft" }],
  ["/aktenplan/versionen?von=2026.1&bis=2026.2", { view: "planVersions", from: "2026.1", to: "2026.2" }],
  ["/aktenplan/vorschlag/01kabc", { view: "planProposal", id: "01kabc" }],
  ["/nachweise", { view: "evidence" }],
  ["/konten", { view: "accounts" }],
];

for (const [address, place] of places) {
  test(`${address} names a place and the place that address`, () => {
    assert.deepEqual(parsePlace(new URL(address, "http://localhost")), place);
    assert.equal(formatPlace(place), address);
  });
}

test("nonsense in an address becomes the default or an unknown place", () => {
  const parse = (address: string) => parsePlace(new URL(address, "http://localhost"));
  assert.deepEqual(parse("/?seite=-3&sort=zufall"), { view: "search", search: emptySearch });
  assert.deepEqual(parse("/eingang?zeige=x"), { view: "intakes", group: "alle" });
  assert.deepEqual(parse("/faellig?stichtag=morgen&jahr=x"), { view: "due", due: { on: "", plan: "", year: 0 } });
  assert.deepEqual(parse("/irgendwo"), { view: "unknown" });
});

test("the tenant stays in every address", () => {
  assert.equal(formatPlace({ view: "review" }, "musterstadt"), "/pruefen?tenant=musterstadt");
});

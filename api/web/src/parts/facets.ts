import { html, nothing, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { Facet, FacetValue } from "../api";
import { texts } from "../texts";

export const toggled = (filters: readonly string[], filter: string): string[] =>
  filters.includes(filter) ? filters.filter((one) => one !== filter) : [...filters, filter];

/** The facets with the chosen values among them, even those that no hit has any more: they must be removable. */
export function withChosen(facets: readonly Facet[], filters: readonly string[]): Facet[] {
  const all = facets.map((facet) => ({ name: facet.name, values: [...facet.values] }));
  for (const filter of filters) {
    const at = filter.indexOf("=");
    const name = filter.slice(0, at);
    const value = filter.slice(at + 1);
    let facet = all.find((one) => one.name === name);
    if (!facet) all.push((facet = { name, values: [] }));
    if (!facet.values.some((one) => one.value === value)) facet.values.push({ value, label: value, count: 0 });
  }
  return all.filter(({ values }) => values.length > 0);
}

const label = (facet: string, { value, label: given }: FacetValue): string =>
  facet === "zustand" ? (texts.states[value as keyof typeof texts.states] ?? given) : given;

export function facetList(
  facets: readonly Facet[],
  filters: readonly string[],
  toggle: (filter: string) => void,
): TemplateResult[] {
  return withChosen(facets, filters).map(
    (facet) => html`<fieldset class="facet">
      <legend>${texts.facets[facet.name] ?? facet.name}</legend>
      ${facet.values.map((value) => {
        const filter = `${facet.name}=${value.value}`;
        return html`<label class="facet-value">
          <input type="checkbox" .checked=${live(filters.includes(filter))} @change=${() => toggle(filter)} />
          <span class="facet-label">${label(facet.name, value)}</span>
          ${value.count > 0 ? html`<span class="count">${value.count}</span>` : nothing}
        </label>`;
      })}
    </fieldset>`,
  );
}

import { html, svg, type TemplateResult } from "lit";
import type { DueYear } from "../api";
import { formatNumber } from "../format";
import { href } from "../navigation";
import { texts } from "../texts";

export interface Bar {
  year: number;
  total: number;
  /** shares of the highest bar, 0 to 1, stacked from below */
  parts: { code: "A" | "B" | "V"; from: number; to: number }[];
}

/** The bars of a plot, with a place for each year between the first and the last. */
export function barsOf(years: readonly DueYear[]): Bar[] {
  const known = new Map(years.map((year) => [year.year, year]));
  const all = [...known.keys()];
  if (all.length === 0) return [];
  const first = Math.min(...all);
  const last = Math.min(Math.max(...all), first + 119);
  const highest = Math.max(...years.map(({ A, B, V }) => A + B + V), 1);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const year = first + at;
    const { A, B, V } = known.get(year) ?? { A: 0, B: 0, V: 0 };
    return {
      year,
      total: A + B + V,
      parts: [
        { code: "A", from: 0, to: A / highest },
        { code: "B", from: A / highest, to: (A + B) / highest },
        { code: "V", from: (A + B) / highest, to: (A + B + V) / highest },
      ],
    };
  });
}

const height = 160;

/** A bar for each year, and the same numbers as a table; a year in it leads to its folders. */
export function duePlot(years: readonly DueYear[], chosen: number, on: string, plan: string): TemplateResult {
  if (years.length === 0) return html`<p class="muted">${texts.due.nothing}</p>`;
  const bars = barsOf(years);
  const link = (year: number) => href({ view: "due", due: { on, plan, year } });
  const step = bars.length <= 12 ? 48 : 26;
  const width = step - 8;
  const every = bars.length > 30 ? 5 : bars.length > 12 ? 2 : 1;
  return html`<figure class="due-plot">
    <figcaption>${texts.due.plot}</figcaption>
    <div class="plot-scroll" tabindex="0" role="region" aria-label=${texts.due.plot}>
      <svg width=${bars.length * step + 8} height=${height + 26} aria-hidden="true">
        ${bars.map((bar, at) => {
          const x = at * step + 6;
          return svg`<g class=${bar.year === chosen ? "chosen" : ""}>
            ${bar.parts.map(({ code, from, to }) =>
              to > from
                ? svg`<rect class="part-${code}" x=${x} width=${width} y=${height - to * (height - 8)} height=${(to - from) * (height - 8)}><title>${texts.due.bar(bar.year, bar.total)}</title></rect>`
                : svg``,
            )}
            ${bar.year % every === 0 ? svg`<text x=${x + width / 2} y=${height + 18} text-anchor="middle">${String(bar.year).slice(step > 40 ? 0 : 2)}</text>` : svg``}
          </g>`;
        })}
        <line x1="0" x2=${bars.length * step + 8} y1=${height + 0.5} y2=${height + 0.5} />
      </svg>
    </div>
    <ul class="legend">
      ${(["A", "B", "V"] as const).map((code) => html`<li><span class="key part-${code}" aria-hidden="true"></span>${texts.records.disposals[code]}</li>`)}
    </ul>
    <details>
      <summary>${texts.due.plotTable}</summary>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.due.plotTable}>
        <table class="record-table numbers">
          <thead>
            <tr><th scope="col">${texts.due.yearColumn}</th><th scope="col">A</th><th scope="col">B</th><th scope="col">V</th><th scope="col">${texts.due.total}</th></tr>
          </thead>
          <tbody>
            ${years.map(
              ({ year, A, B, V }) => html`<tr>
                <th scope="row"><a href=${link(year)}>${year}</a></th>
                <td>${formatNumber(A)}</td><td>${formatNumber(B)}</td><td>${formatNumber(V)}</td><td>${formatNumber(A + B + V)}</td>
              </tr>`,
            )}
          </tbody>
        </table>
      </div>
    </details>
  </figure>`;
}

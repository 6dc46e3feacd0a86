import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { DisposalCode, FilePlan, FilePlanEntry } from "../api";
import { announce, PageElement, problemText } from "../element";
import { service } from "../http";
import { href } from "../navigation";
import { alert, loading } from "../parts/common";
import { input } from "../parts/form_fields";
import { texts } from "../texts";

/** How deep an entry lies, by its parents. */
export function depthOf(entry: FilePlanEntry, byNumber: ReadonlyMap<string, FilePlanEntry>): number {
  const parent = byNumber.get(entry.parent);
  return parent ? 1 + depthOf(parent, byNumber) : 0;
}

/** Entries whose number or title holds the text, with those around them. */
export function entriesWith(entries: readonly FilePlanEntry[], text: string): FilePlanEntry[] {
  const wanted = text.trim().toLocaleLowerCase("de");
  if (!wanted) return [...entries];
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const kept = new Set<string>();
  for (const entry of entries) {
    if (!`${entry.number} ${entry.title}`.toLocaleLowerCase("de").includes(wanted)) continue;
    for (let at: FilePlanEntry | undefined = entry; at; at = byNumber.get(at.parent)) kept.add(at.number);
  }
  return entries.filter(({ number }) => kept.has(number));
}

const disposalText = (code: string): string => texts.records.disposals[code as DisposalCode] ?? code;

/** The file plan: what is kept how long and what happens to it then. */
@customElement("eakte-plan-view")
export class PlanView extends PageElement {
  @state() private plan?: FilePlan | undefined;
  @state() private wanted = "";
  @state() private problem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.plan.title} – ${texts.app.name}`;
    service.filePlan().then(
      (plan) => (this.plan = plan),
      (problem: unknown) => (this.problem = problemText(problem)),
    );
  }

  protected override render(): TemplateResult {
    const type = (event: Event) => {
      this.wanted = (event.target as HTMLInputElement).value;
      announce(texts.plan.count(entriesWith(this.plan?.entries ?? [], this.wanted).length));
    };
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.plan.title}</h1>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.plan
        ? html`<p class="kern-body intro">${texts.plan.intro(this.plan.title, this.plan.version)}</p>
            <form class="filter-form" role="search" @input=${type} @submit=${(event: Event) => event.preventDefault()}>
              ${input("plan-suche", "q", texts.plan.label, this.wanted, { required: false })}
            </form>
            ${this.renderEntries(this.plan.entries)}`
        : this.problem
          ? nothing
          : loading()}
    `;
  }

  private renderEntries(entries: FilePlanEntry[]): TemplateResult {
    const shown = entriesWith(entries, this.wanted);
    if (shown.length === 0) return alert("info", texts.plan.empty);
    const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
    const { columns } = texts.plan;
    return html`<p class="muted">${texts.plan.count(shown.length)}</p>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.plan.title}>
        <table class="record-table plan-table">
          <thead>
            <tr>
              <th scope="col">${columns.number}</th>
              <th scope="col">${columns.title}</th>
              <th scope="col">${columns.retention}</th>
              <th scope="col">${columns.disposal}</th>
              <th scope="col">${columns.types}</th>
            </tr>
          </thead>
          <tbody>
            ${shown.map((entry) => this.renderEntry(entry, depthOf(entry, byNumber)))}
          </tbody>
        </table>
      </div>`;
  }

  private renderEntry(entry: FilePlanEntry, depth: number): TemplateResult {
    const due = href({ view: "due", due: { on: "", plan: entry.number, year: 0 } });
    return html`<tr class=${entry.takes_folders ? "" : "group"}>
      <th scope="row" class="number depth-${Math.min(depth, 4)}">${entry.number}</th>
      <td>${entry.takes_folders ? html`<a href=${due} title=${texts.plan.folders}>${entry.title}</a>` : entry.title}</td>
      <td>${entry.takes_folders ? entry.retention : ""}</td>
      <td>${entry.takes_folders ? disposalText(entry.disposal) : ""}</td>
      <td>${entry.takes_folders ? entry.document_types.join(", ") : ""}</td>
    </tr>`;
  }
}

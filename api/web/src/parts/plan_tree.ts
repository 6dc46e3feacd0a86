import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlanEntry } from "../api";
import { PageElement } from "../element";
import { formatDate, todayIso } from "../format";
import { href } from "../navigation";
import type { PlanEdit } from "../plan_api";
import { texts } from "../texts";

/** Entries whose number, title or document types hold the text, with those around them. */
export function entriesWith(entries: readonly FilePlanEntry[], text: string): FilePlanEntry[] {
  const wanted = text.trim().toLocaleLowerCase("de");
  if (!wanted) return [...entries];
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const kept = new Set<string>();
  for (const entry of entries) {
    const words = `${entry.number} ${entry.title} ${entry.takes_folders ? entry.document_types.join(" ") : ""}`;
    if (!words.toLocaleLowerCase("de").includes(wanted)) continue;
    for (let at: FilePlanEntry | undefined = entry; at; at = byNumber.get(at.parent)) kept.add(at.number);
  }
  return entries.filter(({ number }) => kept.has(number));
}

/** The numbers of an entry and of all around it. */
export function pathTo(entries: readonly FilePlanEntry[], number: string): Set<string> {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  const path = new Set<string>();
  for (let at = byNumber.get(number); at && !path.has(at.number); at = byNumber.get(at.parent)) path.add(at.number);
  return path;
}

/** Whether an entry is closed on a day. */
export const isClosed = (entry: FilePlanEntry, day = todayIso()): boolean => entry.valid_to !== null && entry.valid_to < day;

/** The file plan as a tree of links; groups open and shut. */
@customElement("eakte-plan-tree")
export class PlanTree extends PageElement {
  @property({ attribute: false }) entries: readonly FilePlanEntry[] = [];
  @property({ attribute: false }) chosen = "";
  /** only entries with this text are shown, all groups open */
  @property({ attribute: false }) wanted = "";
  @property({ attribute: false }) edits: readonly PlanEdit[] = [];
  @state() private open: ReadonlySet<string> = new Set<string>();

  private toggle(number: string, isOpen: boolean): void {
    const open = new Set(this.open);
    if (isOpen) open.delete(number);
    else open.add(number);
    this.open = open;
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has("chosen") && !changed.has("entries")) return;
    this.open = new Set([...this.open, ...pathTo(this.entries, this.chosen)]);
  }

  protected override render(): TemplateResult {
    const shown = entriesWith(this.entries, this.wanted);
    if (shown.length === 0) return html`<p class="muted">${texts.plan.empty}</p>`;
    const below = new Map<string, FilePlanEntry[]>();
    for (const entry of shown) below.set(entry.parent, [...(below.get(entry.parent) ?? []), entry]);
    return html`<nav aria-label=${texts.plan.tree} class="plan-tree">${this.renderLevel(below, "")}</nav>`;
  }

  private renderLevel(below: ReadonlyMap<string, FilePlanEntry[]>, above: string): TemplateResult {
    return html`<ul>
      ${(below.get(above) ?? []).map((entry) => this.renderEntry(below, entry))}
    </ul>`;
  }

  private renderEntry(below: ReadonlyMap<string, FilePlanEntry[]>, entry: FilePlanEntry): TemplateResult {
    const group = below.has(entry.number);
    const isOpen = group && (this.wanted.trim() !== "" || this.open.has(entry.number));
    const edit = this.edits.find(({ number }) => number === entry.number);
    const closed = isClosed(entry);
    return html`<li>
      <div class="tree-row ${group ? "group" : ""} ${closed ? "closed" : ""}">
        ${group
          ? html`<button
              type="button"
              class="tree-toggle"
              aria-expanded=${isOpen}
              aria-label=${texts.plan.expand(entry.number)}
              @click=${() => this.toggle(entry.number, isOpen)}
            >
              <span aria-hidden="true">${isOpen ? "▾" : "▸"}</span>
            </button>`
          : html`<span class="tree-toggle"></span>`}
        <a href=${href({ view: "plan", entry: entry.number })} aria-current=${entry.number === this.chosen ? "page" : nothing}>
          <span class="number">${entry.number}</span> ${entry.title}
          ${closed ? html`<span class="kern-sr-only">, ${texts.plan.closed(formatDate(entry.valid_to))}</span>` : nothing}
          ${edit
            ? html`<span class="tree-mark" title=${edit["parent"] === undefined ? texts.plan.changed : texts.plan.added} aria-hidden="true">●</span
                ><span class="kern-sr-only">, ${edit["parent"] === undefined ? texts.plan.changed : texts.plan.added}</span>`
            : nothing}
        </a>
      </div>
      ${isOpen ? this.renderLevel(below, entry.number) : nothing}
    </li>`;
  }
}

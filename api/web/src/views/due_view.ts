import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DueFolder, DueYear } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, todayIso } from "../format";
import { service } from "../http";
import { href, navigate } from "../navigation";
import { alert, badge, loading } from "../parts/common";
import "../parts/due_actions";
import { duePlot } from "../parts/due_plot";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import type { DueState } from "../router";
import { mayManage } from "../session";
import { texts } from "../texts";

/** The due list: folders whose period is over on a day, and how many follow in which year. */
@customElement("eakte-due-view")
export class DueView extends PageElement {
  @property({ attribute: false }) due: DueState = { on: "", plan: "", year: 0 };
  @state() private folders?: DueFolder[] | undefined;
  @state() private years?: DueYear[] | undefined;
  @state() private next = "";
  @state() private problem = "";
  @state() private chosen: ReadonlySet<string> = new Set();

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.due.title} – ${texts.app.name}`;
    void this.loadYears();
  }

  private get day(): string {
    return this.due.on || todayIso();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("due")) return;
    this.chosen = new Set();
    void this.load();
  }

  private async load(cursor = ""): Promise<void> {
    const asked = this.due;
    try {
      const list = await service.due(this.day, asked.plan, asked.year, cursor);
      if (asked !== this.due) return;
      this.folders = cursor ? [...(this.folders ?? []), ...list.folders] : list.folders;
      this.next = list.next;
      this.problem = "";
      announce(texts.due.count(this.folders.length, this.next !== "", formatDate(this.day)));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async loadYears(): Promise<void> {
    try {
      this.years = (await service.dueYears()).years;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private choose(id: string, on: boolean): void {
    const chosen = new Set(this.chosen);
    if (on) chosen.add(id);
    else chosen.delete(id);
    this.chosen = chosen;
  }

  private async changed(): Promise<void> {
    this.chosen = new Set();
    await this.load();
    this.querySelector<HTMLElement>("h1")?.focus();
  }

  protected override render(): TemplateResult {
    const show = (event: Event) => {
      const { on = "", plan = "", year = "" } = valuesOf(event);
      navigate({ view: "due", due: { on, plan, year: Number(year) || 0 } });
    };
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.due.title}</h1>
      <p class="kern-body intro">${texts.due.intro}</p>
      <form class="filter-form" @submit=${show}>
        ${input("faellig", "on", texts.due.on, this.day, { type: "date" })}
        ${input("faellig", "plan", texts.due.plan, this.due.plan, { required: false })} ${this.renderYears()}
        ${button(texts.due.show, "secondary")}
      </form>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${mayManage() ? this.renderActions() : nothing}
      ${this.folders ? this.renderList(this.folders) : this.problem ? nothing : loading()}
      ${this.next ? actionButton(texts.app.more, () => void this.load(this.next), "tertiary") : nothing}
      ${this.years ? duePlot(this.years, this.due.year, this.due.on, this.due.plan) : nothing}
    `;
  }

  private renderYears(): TemplateResult {
    return html`<div class="kern-form-input">
      <label class="kern-label" for="faellig-year">${texts.due.year}</label>
      <select id="faellig-year" name="year" class="plain-select">
        <option value="" ?selected=${this.due.year === 0}>${texts.due.allYears}</option>
        ${(this.years ?? []).map(({ year }) => html`<option value=${year} ?selected=${year === this.due.year}>${year}</option>`)}
      </select>
    </div>`;
  }

  private renderList(folders: DueFolder[]): TemplateResult {
    if (folders.length === 0) return alert("success", texts.due.empty(formatDate(this.day)));
    const { columns } = texts.due;
    const all = folders.every(({ id }) => this.chosen.has(id));
    const chooseAll = (event: Event) => {
      const on = (event.target as HTMLInputElement).checked;
      this.chosen = new Set(on ? folders.map(({ id }) => id) : []);
    };
    return html`<p class="muted">${texts.due.count(folders.length, this.next !== "", formatDate(this.day))}</p>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.due.title}>
        <table class="record-table">
          <thead>
            <tr>
              ${mayManage()
                ? html`<th scope="col">
                    <input type="checkbox" aria-label=${texts.due.selectAll} .checked=${all} @change=${chooseAll} />
                  </th>`
                : nothing}
              <th scope="col">${columns.reference}</th>
              <th scope="col">${columns.end}</th>
              <th scope="col">${columns.reason}</th>
              <th scope="col">${columns.disposal}</th>
            </tr>
          </thead>
          <tbody>
            ${folders.map((folder) => this.renderRow(folder))}
          </tbody>
        </table>
      </div>`;
  }

  private renderActions(): TemplateResult {
    return html`<eakte-due-actions
      .chosen=${(this.folders ?? []).filter(({ id }) => this.chosen.has(id))}
      @changed=${() => void this.changed()}
    ></eakte-due-actions>`;
  }

  private renderRow(folder: DueFolder): TemplateResult {
    return html`<tr>
      ${mayManage()
        ? html`<td>
            <input
              type="checkbox"
              aria-label=${texts.due.select(folder.reference)}
              .checked=${this.chosen.has(folder.id)}
              @change=${(event: Event) => this.choose(folder.id, (event.target as HTMLInputElement).checked)}
            />
          </td>`
        : nothing}
      <th scope="row"><a href=${href({ view: "folder", id: folder.id })}>${folder.reference}</a> ${folder.title}</th>
      <td>${formatDate(folder.retention_end) || "–"}</td>
      <td>
        ${texts.records.dueReasons[folder.reason]} ${folder.standing_holds > 0 ? badge("warning", texts.due.held) : nothing}
        ${folder.status === "offered" || folder.status === "appraised" ? badge("info", texts.records.stages[folder.status]) : nothing}
      </td>
      <td>${texts.records.disposals[folder.disposal]}</td>
    </tr>`;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlan, ListedFolder } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate } from "../format";
import { service } from "../http";
import { href, navigate } from "../navigation";
import { alert, badge, loading } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import "../parts/plan_picker";
import { mayFile } from "../session";
import { texts } from "../texts";

/** Folders by reference or title, and a new one. */
@customElement("eakte-folders-view")
export class FoldersView extends PageElement {
  @property({ attribute: false }) q = "";
  @state() private folders?: ListedFolder[] | undefined;
  @state() private next = "";
  @state() private problem = "";
  @state() private adding = false;
  @state() private plan?: FilePlan | undefined;
  @state() private entry = "";
  @state() private entryProblem = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.folders.title} – ${texts.app.name}`;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("q")) void this.load();
  }

  private async load(cursor = ""): Promise<void> {
    const { q } = this;
    try {
      const list = await service.folders(q, cursor);
      if (q !== this.q) return;
      this.folders = cursor ? [...(this.folders ?? []), ...list.folders] : list.folders;
      this.next = list.next;
      this.problem = "";
      announce(texts.folders.count(this.folders.length, this.next !== ""));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async beginAdding(): Promise<void> {
    try {
      this.plan ??= await service.filePlan();
      this.adding = true;
      await this.updateComplete;
      this.querySelector<HTMLElement>("#plan")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async add(event: Event): Promise<void> {
    const { reference = "", title = "" } = valuesOf(event);
    if (!this.entry) {
      this.entryProblem = texts.confirm.needsPlan;
      this.querySelector<HTMLElement>("#plan")?.focus();
      return;
    }
    try {
      const folder = await service.addFolder({ plan_entry: this.entry, reference, title });
      announce(texts.folders.added(folder.reference));
      navigate({ view: "folder", id: folder.id });
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult {
    const search = (event: Event) => navigate({ view: "folders", q: valuesOf(event)["q"] ?? "" });
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.folders.title}</h1>
      <form class="filter-form" role="search" @submit=${search}>
        ${input("akten", "q", texts.folders.label, this.q, { required: false })} ${button(texts.folders.submit, "secondary")}
        ${mayFile() && !this.adding ? actionButton(texts.folders.add, () => void this.beginAdding(), "tertiary") : nothing}
      </form>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing} ${this.adding ? this.renderAdding() : nothing}
      ${this.folders ? this.renderList(this.folders) : this.problem ? nothing : loading()}
      ${this.next ? actionButton(texts.app.more, () => void this.load(this.next), "tertiary") : nothing}
    `;
  }

  private renderAdding(): TemplateResult {
    return html`<form class="record-form" @submit=${this.add}>
      <h2 class="kern-heading-small">${texts.folders.add}</h2>
      <eakte-plan-picker
        .entries=${(this.plan?.entries ?? []).filter(({ takes_folders }) => takes_folders)}
        .value=${this.entry}
        .problem=${this.entryProblem}
        @change=${(event: Event) => {
          if (!(event instanceof CustomEvent)) return;
          this.entry = event.detail as string;
          this.entryProblem = "";
        }}
      ></eakte-plan-picker>
      ${input("akte", "reference", texts.folders.reference, "", { hint: texts.folder.numbered, required: false })} ${input("akte", "title", texts.folders.subject)}
      <div class="buttons">
        ${button(texts.folders.add)} ${actionButton(texts.app.cancel, () => (this.adding = false), "tertiary")}
      </div>
    </form>`;
  }

  private renderList(folders: ListedFolder[]): TemplateResult {
    if (folders.length === 0) return alert("info", texts.folders.empty);
    const { columns } = texts.folders;
    return html`<p class="muted">${texts.folders.count(folders.length, this.next !== "")}</p>
      <div class="table-scroll" tabindex="0" role="region" aria-label=${texts.folders.title}>
        <table class="record-table">
          <thead>
            <tr>
              <th scope="col">${columns.reference}</th>
              <th scope="col">${columns.title}</th>
              <th scope="col">${columns.stage}</th>
              <th scope="col">${columns.end}</th>
              <th scope="col">${columns.disposal}</th>
            </tr>
          </thead>
          <tbody>
            ${folders.map((folder) => this.renderRow(folder))}
          </tbody>
        </table>
      </div>`;
  }

  private renderRow(folder: ListedFolder): TemplateResult {
    return html`<tr>
      <th scope="row"><a href=${href({ view: "folder", id: folder.id })}>${folder.reference}</a></th>
      <td>${folder.title}</td>
      <td>
        ${texts.records.stages[folder.status]}
        ${folder.standing_holds > 0 ? badge("warning", texts.records.held(folder.standing_holds)) : nothing}
      </td>
      <td>${formatDate(folder.retention_end) || "–"}</td>
      <td>${texts.records.disposals[folder.disposal]}</td>
    </tr>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { CaseRecord, FolderRecord } from "../api";
import { PageElement } from "../element";
import { structureService } from "../structure_api";
import { texts } from "../texts";
import { titleOf } from "./common";
import { button, input, select, valuesOf } from "./form_fields";

/** Joins an open case with another of its folder, and divides it. */
@customElement("eakte-case-changes")
export class CaseChanges extends PageElement {
  @property({ attribute: false }) folder!: FolderRecord;
  @property({ attribute: false }) changed!: CaseRecord;
  @property({ attribute: false }) run!: (work: () => Promise<FolderRecord>, sentence: string) => Promise<void>;

  private readonly merge = (event: Event): void => {
    const { into = "" } = valuesOf(event);
    void this.run(() => structureService.mergeCase(this.changed.id, into), texts.structure.casesMerged);
  };

  private readonly split = (event: Event): void => {
    const { title = "" } = valuesOf(event);
    const documents = new FormData(event.target as HTMLFormElement).getAll("document").map(String);
    void this.run(() => structureService.splitCase(this.changed.id, title, documents), texts.structure.caseSplit);
  };

  protected override render(): TemplateResult | typeof nothing {
    const others = this.folder.cases.filter(({ id, closed_on }) => id !== this.changed.id && !closed_on);
    const documents = this.folder.documents.filter((one) => one.case === this.changed.id);
    if (others.length === 0 && documents.length === 0) return nothing;
    return html`<details>
      <summary>${texts.structure.orderCase(this.changed.reference)}</summary>
      ${others.length > 0 ? this.renderMerge(others) : nothing} ${documents.length > 0 ? this.renderSplit(documents) : nothing}
    </details>`;
  }

  private renderMerge(others: readonly CaseRecord[]): TemplateResult {
    const words = texts.structure;
    const choices = others.map(({ id, reference, title }) => [id, `${reference} ${title}`] as const);
    return html`<form class="record-form" @submit=${this.merge}>
      <p class="muted">${words.mergeCaseIntro}</p>
      ${select(`vereinen-${this.changed.id}`, "into", words.mergeCaseInto, choices[0]?.[0] ?? "", choices)}
      <div class="buttons">${button(words.mergeDo, "secondary")}</div>
    </form>`;
  }

  private renderSplit(documents: FolderRecord["documents"]): TemplateResult {
    const words = texts.structure;
    const form = `abtrennen-${this.changed.id}`;
    return html`<form class="record-form" @submit=${this.split}>
      <fieldset class="choices">
        <legend class="kern-label">${words.splitCaseDocuments}</legend>
        ${documents.map(
          (one) => html`<label class="choice" for=${`${form}-${one.id}`}>
            <input id=${`${form}-${one.id}`} type="checkbox" name="document" value=${one.id} /> ${titleOf(one)}
          </label>`,
        )}
      </fieldset>
      ${input(form, "title", words.splitCaseTitle)}
      <div class="buttons">${button(words.splitDo, "secondary")}</div>
    </form>`;
  }
}

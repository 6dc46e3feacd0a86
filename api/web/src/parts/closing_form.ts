import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { CaseRecord, FolderRecord } from "../api";
import { PageElement } from "../element";
import { todayIso } from "../format";
import { service } from "../http";
import { texts } from "../texts";
import { titleOf } from "./common";
import { actionButton, button, input } from "./form_fields";

/** The drafts that lie in a folder, or in one of its cases. */
export const draftsIn = (folder: FolderRecord, caseId = ""): FolderRecord["documents"] =>
  folder.documents.filter((one) => one.draft && (caseId === "" || one.case === caseId));

/** Closes a folder, or one of its cases, and with it deletes the drafts the person chooses. */
@customElement("eakte-closing-form")
export class ClosingForm extends PageElement {
  @property({ attribute: false }) folder!: FolderRecord;
  @property({ attribute: false }) closed?: CaseRecord | undefined;
  @property({ attribute: false }) run!: (work: () => Promise<FolderRecord>, sentence: string) => Promise<void>;

  private readonly close = (event: Event): void => {
    event.preventDefault();
    const data = new FormData(event.target as HTMLFormElement);
    const on = String(data.get("on") ?? "");
    const drafts = data.getAll("draft").map(String);
    const words = texts.folder;
    const [closeIt, sentence] = this.closed
      ? [service.closeCase(this.closed.id, on, drafts), words.done]
      : [service.closeFolder(this.folder.id, on, drafts), words.closed];
    void this.run(() => closeIt, drafts.length > 0 ? words.closedAndDeleted(drafts.length) : sentence);
  };

  protected override render(): TemplateResult {
    const words = texts.folder;
    const drafts = draftsIn(this.folder, this.closed?.id);
    const form = this.closed ? `schluss-${this.closed.id}` : "schluss";
    return html`<form class="record-form" @submit=${this.close}>
      ${input(form, "on", words.closeOn, todayIso(), { type: "date" })}
      ${drafts.length === 0
        ? nothing
        : html`<fieldset class="choices">
            <legend class="kern-label">${words.deleteDrafts}</legend>
            <p class="muted">${words.deleteDraftsHint}</p>
            ${drafts.map(
              (one) => html`<label class="choice" for=${`${form}-${one.id}`}>
                <input id=${`${form}-${one.id}`} type="checkbox" name="draft" value=${one.id} /> ${titleOf(one)}
              </label>`,
            )}
          </fieldset>`}
      <div class="buttons">
        ${button(this.closed ? words.closeCase : words.close)}
        ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }
}

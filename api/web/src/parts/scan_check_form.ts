import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { PageElement } from "../element";
import { href } from "../navigation";
import type { ListedScan, NewScanCheck } from "../scan_api";
import { texts } from "../texts";
import { actionButton, button, input, valuesOf } from "./form_fields";

/** What a person found who held a scan against its paper. Dispatches "checked" with it, or "cancelled". */
@customElement("eakte-scan-check-form")
export class ScanCheckForm extends PageElement {
  @property({ attribute: false }) scan!: ListedScan;

  private submit(event: Event): void {
    const { result = "", paper_pages = "", remark = "", blank = "", fields = "" } = valuesOf(event);
    const detail: NewScanCheck = {
      good: result === "good",
      paper_pages: Number(paper_pages),
      blank_confirmed: blank === "on",
      fields_confirmed: fields === "on",
      remark,
    };
    this.dispatchEvent(new CustomEvent<NewScanCheck>("checked", { detail }));
  }

  protected override render(): TemplateResult {
    const { scan } = texts;
    const { document, about, blank_pages, fields_confirmed } = this.scan;
    const form = `pruefung-${document}`;
    return html`<form class="record-form" @submit=${this.submit}>
      <p><a href=${href({ view: "document", id: document, seite: 1, q: "" })} target="_blank" rel="noopener">${scan.look}</a></p>
      <fieldset class="choices">
        <legend class="kern-label">${scan.result}</legend>
        <label class="choice"><input type="radio" name="result" value="good" required /> ${scan.good}</label>
        <label class="choice"><input type="radio" name="result" value="bad" required /> ${scan.bad}</label>
      </fieldset>
      ${input(form, "paper_pages", scan.paperPages, String(about.page_count), { type: "number" })}
      ${blank_pages.length > 0
        ? html`<label class="choice"><input type="checkbox" name="blank" /> ${scan.blankConfirmed} (${blank_pages.join(", ")})</label>`
        : nothing}
      ${fields_confirmed ? nothing : html`<label class="choice"><input type="checkbox" name="fields" /> ${scan.fieldsConfirmed}</label>`}
      ${input(form, "remark", scan.remark, "", { required: false })}
      <div class="buttons">
        ${button(scan.check, "primary")}
        ${actionButton(texts.app.cancel, () => this.dispatchEvent(new Event("cancelled")), "tertiary")}
      </div>
    </form>`;
  }
}

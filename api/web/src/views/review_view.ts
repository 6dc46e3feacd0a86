import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { DocumentSummary } from "../api";
import { announce, PageElement, problemText } from "../element";
import { listen } from "../events";
import { formatDate } from "../format";
import { pictureAddress, service } from "../http";
import { href } from "../navigation";
import { alert, loading, planText, titleOf } from "../parts/common";
import { fieldsOf } from "../parts/confirm_form";
import "../parts/waiting_refilings";
import { mayFile, mayManage } from "../session";
import { texts } from "../texts";

/** The review list (Klärungsliste): documents the classifier or the reader was unsure of. */
@customElement("eakte-review-view")
export class ReviewView extends PageElement {
  @state() private documents?: DocumentSummary[] | undefined;
  @state() private next = "";
  @state() private problem = "";
  private stopListening?: () => void;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.review.title} – ${texts.app.name}`;
    this.stopListening = listen({ archive: () => void this.load(), opened: () => void this.load() });
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
  }

  private async load(cursor = ""): Promise<void> {
    try {
      const list = await service.documents("review", cursor);
      this.documents = cursor ? [...(this.documents ?? []), ...list.documents] : list.documents;
      this.next = list.next;
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async confirm(document: DocumentSummary): Promise<void> {
    try {
      await service.confirm(document.id, fieldsOf(document));
      this.documents = this.documents?.filter(({ id }) => id !== document.id);
      this.problem = "";
      announce(texts.review.confirmed(titleOf(document)));
      dispatchEvent(new Event("eakte-status"));
      // The button that had the focus is gone; the next thing to do is the next document.
      await this.updateComplete;
      this.querySelector<HTMLElement>(".review-item a, h1")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.review.title}</h1>
      <p class="kern-body intro">${texts.review.intro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing} ${this.renderList()}
      ${this.next
        ? html`<button type="button" class="kern-btn kern-btn--tertiary" @click=${() => this.load(this.next)}>
            <span class="kern-label">${texts.app.more}</span>
          </button>`
        : nothing}
      ${mayManage() ? html`<eakte-waiting-refilings></eakte-waiting-refilings>` : nothing}
    `;
  }

  private renderList(): TemplateResult {
    if (!this.documents) return this.problem ? html`` : loading();
    if (this.documents.length === 0) return alert("success", texts.review.empty);
    return html`<p class="muted">${texts.review.count(this.documents.length, this.next !== "")}</p>
      <ul class="review-list">
        ${repeat(
          this.documents,
          ({ id }) => id,
          (document) => this.renderItem(document),
        )}
      </ul>`;
  }

  private renderItem(document: DocumentSummary): TemplateResult {
    const place = href({ view: "document", id: document.id, seite: 1, q: "" });
    const facts: [string, string][] = [
      ["document_type", document.document_type],
      ["plan_entry", planText(document)],
      ["sender", document.sender],
      ["document_date", formatDate(document.document_date)],
      ["reference", document.reference],
    ];
    return html`<li class="review-item">
      <img src=${pictureAddress(document.id, 1, 110)} alt="" loading="lazy" width="110" height="156" />
      <div class="review-body">
        <h2 class="review-title"><a href=${place}>${titleOf(document)}</a></h2>
        <ul class="reasons">
          ${document.review_reasons.map(({ message }) => html`<li>${message}</li>`)}
        </ul>
        <dl class="compact">
          ${facts.map(
            ([field, value]) => html`<div>
              <dt>${texts.fields[field]}</dt>
              <dd class=${value ? "" : "open"}>${value || texts.app.unclear}</dd>
            </div>`,
          )}
        </dl>
      </div>
      <div class="review-actions">
        ${mayFile() && document.plan_entry && document.document_type
          ? html`<button
              type="button"
              class="kern-btn kern-btn--secondary"
              aria-label=${`${texts.review.quick}: ${titleOf(document)}`}
              @click=${() => this.confirm(document)}
            >
              <span class="kern-label">${texts.review.quick}</span>
            </button>`
          : nothing}
        <a class="kern-btn kern-btn--tertiary" href=${place} aria-label=${`${texts.review.open}: ${titleOf(document)}`}
          ><span class="kern-label">${texts.review.open}</span></a
        >
      </div>
    </li>`;
  }
}

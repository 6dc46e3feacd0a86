import { html, nothing, type TemplateResult } from "lit";
import { Directive, directive, type ElementPart, PartType, type PartInfo } from "lit/directive.js";
import type { DocumentSummary, SnippetPart } from "../api";
import { formatDate } from "../format";
import { texts } from "../texts";

export type Tone = "info" | "success" | "warning" | "danger";

export function alert(tone: Tone, title: string, body: unknown = nothing): TemplateResult {
  return html`<div class="kern-alert kern-alert--${tone}" role=${tone === "danger" ? "alert" : nothing}>
    <div class="kern-alert__header">
      <span class="kern-icon kern-icon--${tone}" aria-hidden="true"></span>
      <span class="kern-title">${title}</span>
    </div>
    ${body === nothing || body === "" ? nothing : html`<div class="kern-alert__body">${body}</div>`}
  </div>`;
}

export function badge(tone: Tone, text: string): TemplateResult {
  return html`<span class="kern-badge kern-badge--${tone} kern-badge--small">
    <span class="kern-label">${text}</span>
  </span>`;
}

export const icon = (name: string): TemplateResult =>
  html`<span class="kern-icon kern-icon--${name} kern-icon--small" aria-hidden="true"></span>`;

/** A small button that shows only a sign; `label` is read aloud and shown as a tip. */
function signButton(sign: unknown, label: string, click: () => void, disabled: boolean): TemplateResult {
  return html`<button type="button" class="sign-button" title=${label} aria-label=${label} ?disabled=${disabled} @click=${click}>
    ${sign}
  </button>`;
}

export const iconButton = (name: string, label: string, click: () => void, disabled = false): TemplateResult =>
  signButton(icon(name), label, click, disabled);

export const textButton = (text: string, label: string, click: () => void, disabled = false): TemplateResult =>
  signButton(html`<span aria-hidden="true">${text}</span>`, label, click, disabled);

export function loading(): TemplateResult {
  return html`<p class="loading" role="status">
    <span class="kern-loader kern-loader--visible" aria-hidden="true"></span>${texts.app.loading}
  </p>`;
}

export const snippet = (parts: readonly SnippetPart[]): unknown[] =>
  parts.map((part) => (part.matches ? html`<mark>${part.text}</mark>` : part.text));

export const titleOf = (document: Pick<DocumentSummary, "title" | "original_name">): string =>
  document.title || document.original_name || texts.search.noTitle;

export const planText = (document: Pick<DocumentSummary, "plan_entry">): string =>
  document.plan_entry ? `${document.plan_entry.number} ${document.plan_entry.title}` : "";

/** The line below a title: type, sender, date, place in the file plan. */
export function factsLine(document: DocumentSummary): TemplateResult {
  const facts = [
    document.sender,
    formatDate(document.document_date ?? document.received_on),
    planText(document),
    document.reference,
  ].filter(Boolean);
  return html`<p class="facts">
    <span class="type">${document.document_type || texts.search.noType}</span>
    ${facts.map((fact) => html`<span>${fact}</span>`)}
    ${document.state === "review" ? badge("warning", texts.states.review) : nothing}
  </p>`;
}

class Styled extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("styled() belongs on an element");
  }
  render(_properties: Readonly<Record<string, string>>): typeof nothing {
    return nothing;
  }
  override update(part: ElementPart, [properties]: [Readonly<Record<string, string>>]): typeof nothing {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(properties)) style.setProperty(name, value);
    return nothing;
  }
}

/** Sets style properties one by one: a style attribute would be refused by the content security policy. */
export const styled = directive(Styled);

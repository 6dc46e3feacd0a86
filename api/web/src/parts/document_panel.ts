import { html, nothing, type TemplateResult } from "lit";
import type { CleanupStep, Document, Hit, Page, PdfSignature, PdfaVerdict, Retention } from "../api";
import { formatDate, formatNumber, formatPercent, formatSize } from "../format";
import { renditionAddress } from "../http";
import { href } from "../navigation";
import { texts } from "../texts";
import { badge, factsLine, icon, planText, titleOf } from "./common";
import { pageState } from "./page_picture";
import { relationList } from "./relation_list";

type Fact = readonly [name: string, value: unknown];

function factList(facts: readonly Fact[]): TemplateResult {
  return html`<dl class="facts-list">
    ${facts
      .filter(([, value]) => value !== "" && value !== null)
      .map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

const named = (thing: Document["folder"]): string => (thing ? [thing.reference, thing.title].filter(Boolean).join(" ") : "");

const folderLink = (folder: Document["folder"]): TemplateResult | string =>
  folder ? html`<a href=${href({ view: "folder", id: folder.id })}>${named(folder)}</a>` : "";

/** What describes the document. */
export function metadata(document: Document): TemplateResult {
  const field = (name: string) => texts.fields[name] ?? name;
  return html`<section aria-label=${texts.document.details}>
    ${factList([
      [field("document_type"), document.document_type || texts.app.unclear],
      [field("sender"), document.sender],
      [field("recipient"), document.recipient],
      [field("document_date"), formatDate(document.document_date)],
      [field("reference"), document.reference],
      [field("plan_entry"), planText(document) || texts.app.unclear],
      [field("folder"), folderLink(document.folder)],
      [field("case"), named(document.case)],
      [texts.document.receivedOn, formatDate(document.received_on)],
      [texts.document.source, texts.sources[document.source] ?? document.source],
      [texts.document.originalName, document.original_name],
      [texts.document.pageCount, String(document.pages.length)],
    ])}
  </section>`;
}

function retentionEnd(retention: Retention): string {
  if (retention.unlimited) return texts.document.retentionUnlimited;
  return retention.end ? texts.document.retentionEnd(formatDate(retention.end)) : texts.document.retentionOpen;
}

/** How long the document is kept, why, and what becomes of it then. */
export function retentionBlock(document: Document): TemplateResult {
  const { retention } = document;
  const disposal = [retention.disposal, retention.disposal_name].filter(Boolean).join(" – ");
  return html`<section class="retention" aria-labelledby="aufbewahrung">
    <h2 id="aufbewahrung" class="kern-heading-small">${texts.document.retention}</h2>
    <p class="retention-end">${retentionEnd(retention)}</p>
    <p class="retention-sentence">${retention.sentence || (document.plan_entry ? "" : texts.document.noPlan)}</p>
    ${disposal ? factList([[texts.document.disposal, disposal]]) : nothing}
  </section>`;
}

/** Draft, versions and relations, where there are any. */
export function structureBlock(document: Document): TemplateResult | typeof nothing {
  const { draft, versions, relations } = document;
  const others = relations.filter(({ kind }) => kind !== "replaces");
  if (!draft && versions.length < 2 && others.length === 0) return nothing;
  return html`<section aria-labelledby="beziehungen">
    <h2 id="beziehungen" class="kern-heading-small">${texts.structure.relations}</h2>
    ${draft ? html`<p>${badge("warning", texts.structure.draft)}</p>` : nothing}
    ${versions.length > 1
      ? html`<p>${texts.structure.versions}</p>
          <ol class="record-list">
            ${versions.map(
              (version, at) => html`<li class="record-item">
                ${version.id === document.id
                  ? html`${at + 1}. ${formatDate(version.received_on)} (${texts.structure.thisVersion})`
                  : html`<a href=${href({ view: "document", id: version.id, seite: 0, q: "" })}
                      >${at + 1}. ${formatDate(version.received_on)} ${version.title}</a
                    >`}
              </li>`,
            )}
          </ol>`
      : nothing}
    ${relationList(others)}
  </section>`;
}

/** The stored forms, to open or to take along. */
export function renditionLinks(document: Document, page: number): TemplateResult {
  const size = (role: string) => document.renditions.find((rendition) => rendition.role === role)?.size;
  const has = (role: string) => size(role) !== undefined;
  return html`<div class="buttons">
    ${has("pdfa")
      ? html`<a
          class="kern-btn kern-btn--primary"
          target="_blank"
          rel="noopener"
          href=${`${renditionAddress(document.id, "pdfa", true)}#page=${Math.max(1, page)}`}
          ><span class="kern-label">${texts.document.openPdf}</span></a
        >`
      : nothing}
    ${has("original")
      ? html`<a class="kern-btn kern-btn--secondary" download href=${renditionAddress(document.id, "original")}
          title=${formatSize(size("original") ?? 0)}
          ><span class="kern-label">${texts.document.original}</span></a
        >`
      : nothing}
    ${has("text")
      ? html`<a class="kern-btn kern-btn--secondary" download href=${renditionAddress(document.id, has("corrected_text") ? "corrected_text" : "text")}
          ><span class="kern-label">${texts.document.text}</span></a
        >`
      : nothing}
  </div>`;
}

const verdictText = (verdict: PdfaVerdict): string =>
  verdict.valid ? texts.document.pdfaValid(verdict.standard) : texts.document.pdfaInvalid(verdict.standard);

function signatureText({ signer, digest, covers_whole_file }: PdfSignature): string {
  return [
    `${texts.document.signature(signer)}: ${texts.document.signatureDigest[digest]}`,
    covers_whole_file ? "" : texts.document.signaturePartial,
    texts.document.signatureTrust,
  ]
    .filter(Boolean)
    .join("; ");
}

/** What the archive file was found to be, and the signatures of the original. */
export function archiveFileRecord({ pdfa }: Document): TemplateResult | typeof nothing {
  if (!pdfa) return nothing;
  const lines = [
    verdictText(pdfa.archive),
    pdfa.original ? texts.document.pdfaOriginal(verdictText(pdfa.original)) : "",
    pdfa.verapdf ? texts.document.verapdf(pdfa.verapdf.answer) : "",
    ...pdfa.signatures.map(signatureText),
  ].filter(Boolean);
  return html`<details>
    <summary>${texts.document.archiveFile}</summary>
    <ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>
  </details>`;
}

/** What was recognised, how surely and why. */
export function proposalTable(document: Document): TemplateResult | typeof nothing {
  if (document.proposals.length === 0) return nothing;
  const shown = (field: string, value: string) => (field.endsWith("date") ? formatDate(value) : value);
  return html`<details>
    <summary>${texts.document.proposals} (${document.proposals.length})</summary>
    <ul class="proposal-list">
      ${document.proposals.map(
        ({ field, value, confidence, reason }) => html`<li>
          <span class="proposal-field">${texts.fields[field] ?? field}</span>
          <span class="proposal-value">${shown(field, value)}</span>
          <span class="muted">${formatPercent(confidence)} · ${reason}</span>
        </li>`,
      )}
    </ul>
  </details>`;
}

function stepText({ name, applied, confidence, parameters }: CleanupStep): string {
  const values = Object.entries(parameters ?? {}).map(([key, value]) => `${key} ${formatNumber(value)}`);
  const outcome = applied ? texts.document.stepApplied : texts.document.stepSkipped;
  return `${texts.steps[name] ?? name}: ${[outcome, ...values, formatPercent(confidence)].join(", ")}`;
}

function pageRecord(page: Page): TemplateResult {
  const facts = [
    `${page.width} × ${page.height}`,
    `${page.dpi} dpi`,
    page.quarter_turns ? texts.document.turned(page.quarter_turns * 90) : "",
    pageState(page) || texts.document.reading(formatPercent(page.confidence)),
    page.original_page !== page.number ? texts.document.originalPage(page.original_page) : "",
    page.marks.includes("identity_document") ? texts.document.identityDocument : "",
    ...page.codes.map(({ symbology, text }) => `${texts.symbologies[symbology] ?? symbology}: ${text}`),
  ].filter(Boolean);
  return html`<li>
    <strong>${texts.search.page(page.number)}</strong> <span class="muted">${facts.join(" · ")}</span>
    ${page.steps.length > 0 ? html`<ul>${page.steps.map((step) => html`<li>${stepText(step)}</li>`)}</ul>` : nothing}
  </li>`;
}

/** The record of every operation on the pictures, page by page. */
export const cleanupRecord = (document: Document): TemplateResult =>
  html`<details>
    <summary>${texts.document.processing}</summary>
    <ol class="cleanup">${document.pages.map((page) => pageRecord(page))}</ol>
  </details>`;

export function similarList(hits: readonly Hit[], problem: string): TemplateResult | typeof nothing {
  if (hits.length === 0 && !problem) return nothing;
  return html`<section aria-labelledby="aehnliche">
    <h2 id="aehnliche" class="kern-heading-small">${texts.document.similar}</h2>
    ${problem ? html`<p class="field-problem">${problem}</p>` : nothing}
    <ul class="similar">
      ${hits.map(
        ({ document }) => html`<li>
          <a class="kern-link kern-link--small" href=${href({ view: "document", id: document.id, seite: 1, q: "" })}
            >${icon("draft")}${titleOf(document)}</a
          >
          ${factsLine(document)}
        </li>`,
      )}
    </ul>
  </section>`;
}

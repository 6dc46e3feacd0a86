import { html, nothing, type TemplateResult } from "lit";
import type { Intake } from "../api";
import { formatPercent, formatSize, formatTime, intakeStateText, intakeTone } from "../format";
import { href } from "../navigation";
import { mayFile } from "../session";
import { texts } from "../texts";
import { type Upload, uploads } from "../uploads";
import { badge } from "./common";

function bar(done: number, total: number, label: string): TemplateResult {
  return html`<progress class="bar" value=${done} max=${Math.max(1, total)} aria-label=${label}></progress>`;
}

function button(text: string, name: string, click: () => void): TemplateResult {
  return html`<button type="button" class="kern-btn kern-btn--tertiary" aria-label=${`${text}: ${name}`} @click=${click}>
    <span class="kern-label">${text}</span>
  </button>`;
}

/** A file on its way to the service. */
export function uploadRow(upload: Upload): TemplateResult {
  const share = upload.file.size > 0 ? upload.sent / upload.file.size : 0;
  const text = {
    waiting: texts.intake.waiting,
    sending: texts.intake.uploading(formatPercent(share)),
    failed: texts.intake.failed,
  }[upload.state];
  return html`<li class="intake" data-upload=${upload.state}>
    <div class="intake-main">
      <span class="intake-name">${upload.name}</span>
      <span class="muted">${formatSize(upload.file.size)}</span>
      ${upload.problem ? html`<p class="intake-message" role="alert">${upload.problem}</p>` : nothing}
    </div>
    <div class="intake-state">
      ${badge(upload.state === "failed" ? "danger" : "info", text)}
      ${upload.state === "sending" ? bar(upload.sent, upload.file.size, `${upload.name}: ${text}`) : nothing}
    </div>
    <div class="intake-actions">
      ${upload.state === "failed"
        ? html`${button(texts.intake.retry, upload.name, () => uploads.retry(upload))}
          ${button(texts.intake.remove, upload.name, () => uploads.remove(upload))}`
        : button(texts.intake.cancel, upload.name, () => uploads.remove(upload))}
    </div>
  </li>`;
}

interface Actions {
  cancel(intake: Intake): void;
  retry(intake: Intake): void;
  join(intake: Intake): void;
}

/** Something the service holds; `parent` is the name of the archive it came out of. */
export function intakeRow(intake: Intake, parent: string, actions: Actions): TemplateResult {
  const text = intakeStateText(intake);
  const reading = intake.state === "working" && intake.pages_total > 0;
  return html`<li class="intake" data-id=${intake.id} data-state=${intake.state}>
    <div class="intake-main">
      ${intake.document
        ? html`<a class="intake-name" href=${href({ view: "document", id: intake.document, seite: 0, q: "" })}>${intake.name}</a>`
        : html`<span class="intake-name">${intake.name}</span>`}
      <span class="muted intake-facts">
        <span>${formatTime(intake.received_at)}</span>
        <span>${formatSize(intake.size)}</span>
        <span>${texts.sources[intake.source] ?? intake.source}</span>
        ${parent ? html`<span>${texts.intake.memberOf(parent)}</span>` : nothing}
        ${intake.attempts > 1 ? html`<span>${texts.intake.attempts(intake.attempts)}</span>` : nothing}
      </span>
      ${intake.message ? html`<p class="intake-message">${intake.message}</p>` : nothing}
    </div>
    <div class="intake-state">
      ${badge(intakeTone(intake.state), text)}
      ${reading ? bar(intake.pages_done, intake.pages_total, `${intake.name}: ${text}`) : nothing}
    </div>
    <div class="intake-actions">${renderActions(intake, actions)}</div>
  </li>`;
}

function renderActions(intake: Intake, actions: Actions): TemplateResult | typeof nothing {
  if (!mayFile()) return intake.document ? documentLink(intake) : nothing;
  switch (intake.state) {
    case "queued":
    case "working":
      return button(texts.intake.cancel, intake.name, () => actions.cancel(intake));
    case "refused":
    case "quarantined":
      return button(texts.intake.retry, intake.name, () => actions.retry(intake));
    case "split":
      return button(texts.intake.join, intake.name, () => actions.join(intake));
    default:
      return intake.document ? documentLink(intake) : nothing;
  }
}

function documentLink(intake: Intake): TemplateResult {
  const text = intake.state === "review" ? texts.intake.openReview : texts.intake.open;
  return html`<a
    class="kern-btn kern-btn--tertiary"
    href=${href({ view: "document", id: intake.document, seite: 0, q: "" })}
    aria-label=${`${text}: ${intake.name}`}
    ><span class="kern-label">${text}</span></a
  >`;
}

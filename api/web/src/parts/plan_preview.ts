import { html, nothing, type TemplateResult } from "lit";
import { formatDate, formatNumber } from "../format";
import { href } from "../navigation";
import type { EntryChange, FolderEffect, PlanPreview } from "../plan_api";
import { texts } from "../texts";
import { alert, badge, type Tone } from "./common";

const tones: Record<FolderEffect["effect"], Tone> = { due_at_once: "danger", shorter: "warning", longer: "info", other: "info" };

/** What changes, entry by entry. */
export function entryChanges(entries: readonly EntryChange[]): TemplateResult {
  return html`<ul class="record-list">
    ${entries.map(
      (entry) => html`<li class="record-item">
        <div>
          <h3 class="record-title">
            ${entry.number} ${entry.title} ${entry.shorter ? badge("warning", texts.plan.preview.shorterEntry) : nothing}
          </h3>
          ${entry.changes.map((sentence) => html`<p>${sentence}</p>`)}
        </div>
      </li>`,
    )}
  </ul>`;
}

export const planProblems = (preview: PlanPreview): TemplateResult =>
  alert(
    "danger",
    texts.plan.preview.problems,
    html`<ul class="plan-problems">
      ${preview.problems.map(({ message }) => html`<li>${message}</li>`)}
    </ul>`,
  );

function examples(effects: readonly FolderEffect[]): TemplateResult {
  const { preview } = texts.plan;
  if (effects.length === 0) return html`<p class="muted">${preview.noExamples}</p>`;
  return html`<h3 class="kern-heading-small">${preview.examples}</h3>
    <p class="muted">${preview.examplesOf(effects.length)}</p>
    <div class="table-scroll" tabindex="0" role="region" aria-label=${preview.examples}>
      <table class="record-table">
        <thead>
          <tr>
            <th scope="col">${preview.columns.folder}</th>
            <th scope="col">${preview.columns.before}</th>
            <th scope="col">${preview.columns.after}</th>
            <th scope="col">${preview.columns.effect}</th>
          </tr>
        </thead>
        <tbody>
          ${effects.map(
            (effect) => html`<tr>
              <th scope="row"><a href=${href({ view: "folder", id: effect.folder })}>${effect.reference} ${effect.title}</a></th>
              <td>${formatDate(effect.before) || preview.open}</td>
              <td>${formatDate(effect.after) || preview.open}</td>
              <td>${badge(tones[effect.effect], preview.effects[effect.effect])}</td>
            </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

/** What a version does to the folders there are. */
export function planPreview(preview: PlanPreview): TemplateResult {
  const words = texts.plan.preview;
  if (preview.problems.length > 0) return planProblems(preview);
  const { all, longer, shorter, due_at_once } = preview.folders;
  const count = (name: string, value: number, kind = "") =>
    html`<div class=${value > 0 ? kind : ""}><dt>${name}</dt><dd>${formatNumber(value)}</dd></div>`;
  return html`<dl class="plan-counts">
      ${count(words.folders, all)} ${count(words.longer, longer)} ${count(words.shorter, shorter, "shorter")}
      ${count(words.dueAtOnce, due_at_once, "shorter")}
    </dl>
    ${preview.entries.length === 0
      ? alert("info", words.nothing)
      : preview.second_person
        ? alert("warning", words.secondPerson)
        : alert("info", words.alone)}
    ${preview.entries.length > 0
      ? html`<h3 class="kern-heading-small">${words.entries}</h3>
          ${entryChanges(preview.entries)} ${examples(preview.examples)}`
      : nothing}`;
}

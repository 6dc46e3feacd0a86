import { html, nothing, type TemplateResult } from "lit";
import type { Hold } from "../api";
import { formatDate, formatTime } from "../format";
import { href } from "../navigation";
import { texts } from "../texts";
import { button, input, valuesOf } from "./form_fields";

/** A hold in a list, with a form to lift it where `lift` is given. */
export function holdItem(hold: Hold, showFolder: boolean, lift?: (id: string, reason: string) => void): TemplateResult {
  const submit = (event: Event) => lift?.(hold.id, valuesOf(event)["reason"] ?? "");
  return html`<li class="record-item" data-hold=${hold.id}>
    <div>
      ${showFolder
        ? html`<h2 class="record-title">
            <a href=${href({ view: "folder", id: hold.folder.id })}>${hold.folder.reference} ${hold.folder.title}</a>
          </h2>`
        : nothing}
      <p>${hold.reason}</p>
      <dl class="compact">
        <div><dt>${texts.holds.owner}</dt><dd>${hold.owner}</dd></div>
        <div><dt>${texts.holds.reviewOn}</dt><dd>${formatDate(hold.review_on)}</dd></div>
      </dl>
      <p class="muted">${texts.holds.placed(hold.placed_by, formatTime(hold.placed_at))}</p>
      ${hold.lifted_at
        ? html`<p class="muted">${texts.holds.lifted(hold.lifted_by, formatTime(hold.lifted_at), hold.lift_reason)}</p>`
        : lift
          ? html`<details>
              <summary aria-label=${texts.holds.liftOf(hold.folder.reference)}>${texts.holds.lift}</summary>
              <form class="filter-form" @submit=${submit}>
                ${input(`aufheben-${hold.id}`, "reason", texts.holds.liftReason)} ${button(texts.holds.lift, "secondary")}
              </form>
            </details>`
          : nothing}
    </div>
  </li>`;
}

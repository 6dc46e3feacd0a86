import { html, nothing, type TemplateResult } from "lit";
import { href } from "../navigation";
import type { Relation, Thing } from "../structure_api";
import { texts } from "../texts";
import { actionButton } from "./form_fields";

export const thingName = (thing: Thing): string => [thing.reference, thing.title].filter(Boolean).join(" ");

function thingLink(thing: Thing): TemplateResult {
  const name = thingName(thing);
  if (thing.kind === "folder") return html`<a href=${href({ view: "folder", id: thing.id })}>${name}</a>`;
  if (thing.kind === "document" && name) return html`<a href=${href({ view: "document", id: thing.id, seite: 0, q: "" })}>${name}</a>`;
  if (thing.kind === "gone") return html`<span class="muted">${texts.structure.gone}</span>`;
  return html`${name || html`<span class="muted">${texts.structure.hidden}</span>`}`;
}

/** Whether a person may take the relation away again: what moving has left behind stays. */
const removable = ({ kind }: Relation): boolean => !["replaces", "merged_into", "split_from"].includes(kind);

export function relationList(relations: readonly Relation[], remove?: (relation: Relation) => void): TemplateResult | typeof nothing {
  if (relations.length === 0) return nothing;
  return html`<ul class="record-list">
    ${relations.map((relation) => {
      const words = texts.structure.kinds[relation.kind];
      return html`<li class="record-item">
        <p>${relation.outgoing ? words?.[0] : words?.[1]} ${thingLink(relation.other)}</p>
        ${remove && removable(relation)
          ? actionButton(
              texts.structure.unrelate,
              () => remove(relation),
              "tertiary",
              texts.structure.unrelateOf(thingName(relation.other)),
            )
          : nothing}
      </li>`;
    })}
  </ul>`;
}

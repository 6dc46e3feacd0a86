import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlanEntry, FolderRecord } from "../api";
import { PageElement } from "../element";
import { formatTime } from "../format";
import { service, ServiceError } from "../http";
import { href } from "../navigation";
import { mayFile, mayManage, session } from "../session";
import { type Medium, type Refiling, type Relation, structureService } from "../structure_api";
import { texts } from "../texts";
import { badge, titleOf } from "./common";
import { actionButton, button, input, select, valuesOf } from "./form_fields";
import "./plan_picker";
import { relationList } from "./relation_list";

export type RunChange = (work: () => Promise<FolderRecord>, sentence: string) => Promise<void>;

/** The folder another one names, for a form; a refusal in German when there is none. */
export async function folderNamed(reference: string): Promise<string> {
  const folder = await structureService.folderByReference(reference);
  if (!folder) throw new ServiceError(404, "not_found", texts.structure.targetMissing(reference));
  return folder.id;
}

/** Where a folder belongs: parts, paper, relations, and for those who may the ways to move, join and divide it. */
@customElement("eakte-folder-structure")
export class FolderStructureSections extends PageElement {
  @property({ attribute: false }) folder!: FolderRecord;
  /** Does what changes the folder and shows it as it stands then. */
  @property({ attribute: false }) run!: RunChange;
  @state() private task: "" | "part" | "place" | "relation" | "refile" | "merge" | "split" = "";
  @state() private entries: FilePlanEntry[] = [];
  @state() private chosenEntry = "";
  @state() private entryProblem = "";

  private async change(work: () => Promise<FolderRecord>, sentence: string): Promise<void> {
    await this.run(work, sentence);
    this.task = "";
  }

  private again = () => service.folder(this.folder.id);

  protected override render(): TemplateResult {
    return html`${this.renderParts()} ${this.renderPlace()} ${this.renderRelations()} ${this.renderRefilings()} ${this.renderOrder()}`;
  }

  private cancel(): TemplateResult {
    return actionButton(texts.app.cancel, () => (this.task = ""), "tertiary");
  }

  private renderParts(): TemplateResult | typeof nothing {
    const { folder } = this;
    const addable = mayFile() && folder.status === "open" && folder.takes_parts;
    if (folder.parts.length === 0 && !addable) return nothing;
    const add = (event: Event) => {
      const { title = "" } = valuesOf(event);
      void this.change(async () => {
        await structureService.addPart(folder.id, { title });
        return this.again();
      }, texts.structure.partAdded);
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.structure.parts}</h2>
      <ul class="record-list">
        ${folder.parts.map(
          (part) => html`<li class="record-item">
            <h3 class="record-title"><a href=${href({ view: "folder", id: part.id })}>${part.reference} ${part.title}</a></h3>
            <p class="muted">${texts.records.stages[part.status]}</p>
          </li>`,
        )}
      </ul>
      ${this.task === "part"
        ? html`<form class="record-form" @submit=${add}>
            ${input("teilakte", "title", texts.folders.subject)}
            <div class="buttons">${button(texts.structure.addPart)} ${this.cancel()}</div>
          </form>`
        : addable
          ? actionButton(texts.structure.addPart, () => (this.task = "part"))
          : nothing}
    </section>`;
  }

  private renderPlace(): TemplateResult {
    const { folder } = this;
    const set = (event: Event) => {
      const { medium = "electronic", place = "" } = valuesOf(event);
      void this.change(() => structureService.setMedium(folder.id, medium as Medium, place), texts.structure.placed);
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.structure.place}</h2>
      <p>${texts.structure.media[folder.medium]}${folder.place ? html`<br />${folder.place}` : nothing}</p>
      ${this.task === "place"
        ? html`<form class="record-form" @submit=${set}>
            ${select("ort", "medium", texts.structure.medium, folder.medium, Object.entries(texts.structure.media))}
            ${input("ort", "place", texts.structure.paperPlace, folder.place, { hint: texts.structure.paperHint, required: false })}
            <div class="buttons">${button(texts.structure.save)} ${this.cancel()}</div>
          </form>`
        : mayFile() && folder.status !== "destroyed"
          ? actionButton(texts.structure.change, () => (this.task = "place"), "tertiary", `${texts.structure.place}: ${texts.structure.change}`)
          : nothing}
    </section>`;
  }

  private renderRelations(): TemplateResult {
    const { folder } = this;
    const remove = ({ kind, source, target }: Relation) =>
      void this.change(async () => {
        await structureService.unrelate(kind, source, target);
        return this.again();
      }, texts.structure.unrelated);
    const add = (event: Event) => {
      const { reference = "" } = valuesOf(event);
      void this.change(async () => {
        await structureService.relate("follows", folder.id, await folderNamed(reference));
        return this.again();
      }, texts.structure.related);
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.structure.relations}</h2>
      ${folder.relations.length === 0 ? html`<p class="muted">${texts.structure.noRelations}</p>` : nothing}
      ${relationList(folder.relations, mayFile() ? remove : undefined)}
      ${this.task === "relation"
        ? html`<form class="record-form" @submit=${add}>
            <p>${texts.structure.relationKind} ${texts.structure.kinds["follows"]?.[0]}</p>
            ${input("beziehung", "reference", texts.structure.target)}
            <div class="buttons">${button(texts.structure.addRelation)} ${this.cancel()}</div>
          </form>`
        : mayFile()
          ? actionButton(texts.structure.addRelation, () => (this.task = "relation"), "tertiary")
          : nothing}
    </section>`;
  }

  private renderRefilings(): TemplateResult | typeof nothing {
    if (this.folder.refilings.length === 0) return nothing;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.structure.refilings}</h2>
      <ul class="record-list">
        ${this.folder.refilings.map((refiling) => this.renderRefiling(refiling))}
      </ul>
    </section>`;
  }

  private renderRefiling(refiling: Refiling): TemplateResult {
    const words = texts.structure;
    const waits = refiling.state === "proposed";
    const own = session()?.account?.name === refiling.proposed_by;
    const decide = (event: Event) => {
      const decision = (event as SubmitEvent).submitter?.getAttribute("value") === "reject" || own ? "reject" : "release";
      const { reason = "" } = valuesOf(event);
      void this.change(async () => {
        await structureService.decideRefiling(refiling.id, decision, reason);
        return this.again();
      }, decision === "reject" ? words.rejected : words.refiled);
    };
    return html`<li class="record-item" data-refiling=${refiling.id}>
      <div>
        <h3 class="record-title">
          ${words.refilingOf(refiling.from, refiling.to)} ${badge(waits ? "warning" : "info", words.refilingStates[refiling.state])}
        </h3>
        <p>${refiling.reason}</p>
        <p class="muted">${words.refilingBy(refiling.proposed_by, formatTime(refiling.proposed_at))}</p>
        ${waits ? html`<p>${words.refilingWaits}</p>` : nothing}
        ${refiling.decided_by && refiling.second_person
          ? html`<p class="muted">${words.refilingDecided(refiling.decided_by, refiling.decision_reason)}</p>`
          : nothing}
        ${waits && mayManage()
          ? html`<form class="record-form" @submit=${decide}>
              ${own ? html`<p>${words.own}</p>` : nothing} ${input(`umgliedern-${refiling.id}`, "reason", words.reason)}
              <div class="buttons">
                ${own ? nothing : button(words.release)}
                <button type="submit" value="reject" class="kern-btn kern-btn--secondary">
                  <span class="kern-label">${words.reject}</span>
                </button>
              </div>
            </form>`
          : nothing}
      </div>
    </li>`;
  }

  private async beginRefiling(): Promise<void> {
    this.task = "refile";
    this.chosenEntry = "";
    this.entryProblem = "";
    this.entries = (await service.filePlan()).entries.filter(({ number }) => number !== this.folder.plan_entry.number);
  }

  private renderOrder(): TemplateResult | typeof nothing {
    const { folder } = this;
    const open = folder.status === "open";
    const movable = (open || folder.status === "closed") && folder.parent === null;
    if (!mayFile() || (!open && !movable)) return nothing;
    const words = texts.structure;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${words.order}</h2>
      ${this.task === "refile"
        ? this.renderRefile()
        : this.task === "merge"
          ? this.renderMerge()
          : this.task === "split"
            ? this.renderSplit()
            : html`<div class="buttons">
                ${movable && mayManage() ? actionButton(words.refile, () => void this.beginRefiling()) : nothing}
                ${open && folder.parts.length === 0 ? actionButton(words.merge, () => (this.task = "merge")) : nothing}
                ${open && folder.cases.length + folder.documents.length > 0
                  ? actionButton(words.split, () => (this.task = "split"))
                  : nothing}
              </div>`}
    </section>`;
  }

  private renderRefile(): TemplateResult {
    const words = texts.structure;
    const submit = (event: Event) => {
      const { reason = "" } = valuesOf(event);
      this.entryProblem = this.chosenEntry ? "" : texts.confirm.needsPlan;
      if (!this.chosenEntry) return;
      void this.change(async () => {
        await structureService.refile(this.folder.id, this.chosenEntry, reason);
        return this.again();
      }, words.refilingEntered);
    };
    return html`<form class="record-form" @submit=${submit}>
      <p class="muted">${words.refileIntro}</p>
      <eakte-plan-picker
        .entries=${this.entries}
        .value=${this.chosenEntry}
        .problem=${this.entryProblem}
        @change=${(event: Event) => {
          if (event instanceof CustomEvent) this.chosenEntry = event.detail as string;
        }}
      ></eakte-plan-picker>
      ${input("umgliedern", "reason", words.reason)}
      <div class="buttons">${button(words.refile)} ${this.cancel()}</div>
    </form>`;
  }

  private renderMerge(): TemplateResult {
    const words = texts.structure;
    const submit = (event: Event) => {
      const { reference = "" } = valuesOf(event);
      void this.change(async () => {
        await structureService.merge(this.folder.id, await folderNamed(reference));
        return this.again();
      }, words.merged);
    };
    return html`<form class="record-form" @submit=${submit}>
      <p class="muted">${words.mergeIntro}</p>
      ${input("zusammen", "reference", words.mergeInto)}
      <div class="buttons">${button(words.mergeDo)} ${this.cancel()}</div>
    </form>`;
  }

  private renderSplit(): TemplateResult {
    const words = texts.structure;
    const submit = (event: Event) => {
      const { title = "" } = valuesOf(event);
      const data = new FormData(event.target as HTMLFormElement);
      const chosen = (name: string) => data.getAll(name).map(String);
      void this.change(async () => {
        await structureService.split(this.folder.id, title, chosen("cases"), chosen("documents"));
        return this.again();
      }, words.splitDone);
    };
    const choice = (name: string, value: string, text: string) =>
      html`<label class="choice"><input type="checkbox" name=${name} value=${value} />${text}</label>`;
    return html`<form class="record-form" @submit=${submit}>
      <p class="muted">${words.splitIntro}</p>
      ${input("abtrennen", "title", words.splitTitle)}
      <div class="choices" role="group" aria-label=${words.split}>
        ${this.folder.cases.map((one) => choice("cases", one.id, `${one.reference} ${one.title}`))}
        ${this.folder.documents.filter((one) => !one.case).map((one) => choice("documents", one.id, titleOf(one)))}
      </div>
      <div class="buttons">${button(words.splitDo)} ${this.cancel()}</div>
    </form>`;
  }
}

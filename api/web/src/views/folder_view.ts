import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { AwaitedEvent, CaseRecord, FolderRecord } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, todayIso } from "../format";
import { packageTexts } from "../proof_texts";
import { address, service } from "../http";
import { href } from "../navigation";
import { alert, badge, loading, titleOf, type Tone } from "../parts/common";
import { actionButton, button, input, valuesOf } from "../parts/form_fields";
import "../parts/case_changes";
import "../parts/closing_form";
import { draftsIn } from "../parts/closing_form";
import "../parts/folder_structure";
import { folderNamed } from "../parts/folder_structure";
import "../parts/hold_form";
import { holdItem } from "../parts/hold_item";
import { mayFile, mayManage } from "../session";
import { structureService } from "../structure_api";
import { texts } from "../texts";

const stageTones: Partial<Record<FolderRecord["stage"], Tone>> = { open: "info", due: "warning", destroyed: "danger" };

/** One folder: where it stands in its life, how long it is kept and why, cases, holds and documents. */
@customElement("eakte-folder-view")
export class FolderView extends PageElement {
  @property({ attribute: false }) folderId = "";
  @state() private folder?: FolderRecord | undefined;
  @state() private problem = "";
  @state() private done = "";
  @state() private task: "" | "close" | "case" | "hold" = "";
  /** the case for which another folder is asked for */
  @state() private moving = "";
  /** the case that is to be closed with drafts in it */
  @state() private closing = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has("folderId")) return;
    this.folder = undefined;
    this.task = "";
    this.done = "";
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.show(await service.folder(this.folderId));
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private show(folder: FolderRecord): void {
    this.folder = folder;
    document.title = `${folder.reference} – ${texts.app.name}`;
  }

  /** Does what changes the folder and shows it as it stands then. */
  private readonly run = async (work: () => Promise<FolderRecord>, sentence: string): Promise<void> => {
    const { task } = this;
    this.done = "";
    try {
      this.show(await work());
      this.problem = "";
      this.done = sentence;
      // What was begun meanwhile stays open.
      if (this.task === task) this.task = "";
      announce(sentence);
      await this.updateComplete;
      this.querySelector<HTMLElement>("h1")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
      this.done = "";
    }
  };

  protected override render(): TemplateResult {
    const { folder } = this;
    return html`
      <a class="kern-link kern-link--small" href=${href({ view: "folders", q: "" })}
        ><span class="kern-icon kern-icon--arrow-back" aria-hidden="true"></span>${texts.folder.back}</a
      >
      ${folder
        ? this.renderFolder(folder)
        : html`<h1 class="kern-heading-large" tabindex="-1">${texts.folders.title}</h1>
            ${this.problem ? alert("danger", texts.app.problem, this.problem) : loading()}`}
    `;
  }

  private renderFolder(folder: FolderRecord): TemplateResult {
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${folder.reference} ${folder.title}</h1>
      <p>
        ${badge(stageTones[folder.stage] ?? "success", texts.records.stages[folder.stage])}
        ${folder.parent
          ? html`${texts.structure.partOf}
              <a href=${href({ view: "folder", id: folder.parent.id })}>${folder.parent.reference} ${folder.parent.title}</a>`
          : nothing}
      </p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      <div class="record-columns">
        <div>
          ${this.renderRetention(folder)} ${this.renderActions(folder)} ${this.renderPackage(folder)}
          ${this.renderEvents(folder)} ${this.renderHolds(folder)}
        </div>
        <div>
          ${this.renderCases(folder)} ${this.renderDocuments(folder)}
          <eakte-folder-structure .folder=${folder} .run=${this.run}></eakte-folder-structure>
        </div>
      </div>
    `;
  }

  private renderRetention(folder: FolderRecord): TemplateResult {
    const end = folder.retention_unlimited
      ? texts.folder.unlimited
      : folder.retention_end
        ? texts.folder.end(formatDate(folder.retention_end))
        : texts.folder.noEnd;
    return html`<section class="retention record-section">
      <h2 class="kern-heading-small">${texts.folder.retention}</h2>
      <p class="retention-end">${end}</p>
      <p class="retention-sentence">${folder.retention_sentence}</p>
      <dl class="compact">
        <div><dt>${texts.document.disposal}</dt><dd>${texts.records.disposals[folder.disposal]}</dd></div>
        <div>
          <dt>${texts.folder.runs}</dt>
          <dd>${texts.folder.until(formatDate(folder.begins_on), formatDate(folder.closed_on) || texts.folder.now)}</dd>
        </div>
        <div><dt>${texts.folder.plan}</dt><dd>${folder.plan_entry.number} ${folder.plan_entry.title}</dd></div>
      </dl>
    </section>`;
  }

  private renderActions(folder: FolderRecord): TemplateResult | typeof nothing {
    if (!mayFile()) return nothing;
    if (this.task === "close") {
      return html`<eakte-closing-form .folder=${folder} .run=${this.run} @cancelled=${() => (this.task = "")}></eakte-closing-form>`;
    }
    if (folder.status === "open") return html`<div class="buttons">${actionButton(texts.folder.close, () => (this.task = "close"))}</div>`;
    if (folder.status !== "closed") return nothing;
    return html`<div class="buttons">
      ${actionButton(texts.folder.reopen, () => void this.run(() => service.reopenFolder(folder.id), texts.folder.reopened))}
    </div>`;
  }

  private renderPackage(folder: FolderRecord): TemplateResult | typeof nothing {
    if (!mayManage() || folder.status === "destroyed") return nothing;
    return html`<p>
      <a class="kern-link" href=${address(`/folders/${encodeURIComponent(folder.id)}/package`)} download>${packageTexts.get}</a>
      <span class="muted">${packageTexts.hint}</span>
      ${draftsIn(folder).length > 0
        ? html`<br /><a class="kern-link" href=${address(`/folders/${encodeURIComponent(folder.id)}/package?drafts=yes`)} download
              >${packageTexts.withDrafts}</a
            >`
        : nothing}
    </p>`;
  }

  private renderEvents(folder: FolderRecord): TemplateResult | typeof nothing {
    if (folder.events.length === 0) return nothing;
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.folder.events}</h2>
      <p class="muted">${texts.folder.eventsIntro}</p>
      <ul class="record-list">
        ${folder.events.map((event) => this.renderEvent(folder, event))}
      </ul>
    </section>`;
  }

  private renderEvent(folder: FolderRecord, { event, name, suspension, on }: AwaitedEvent): TemplateResult {
    const changes = mayFile() && (folder.status === "open" || folder.status === "closed");
    const running = suspension && folder.suspension_running;
    const submit = (submitted: Event) => {
      const day = valuesOf(submitted)["on"] ?? "";
      void this.run(() => service.enterEvent(folder.id, event, day), texts.folder.entered);
    };
    return html`<li class="record-item">
      <div>
        <h3 class="record-title">${name}</h3>
        <p>${running ? texts.folder.eventRunning : formatDate(on) || texts.folder.eventUnknown}</p>
        ${changes && (!suspension || running)
          ? html`<form class="filter-form" @submit=${submit}>
              ${input(`ereignis-${event}`, "on", suspension ? texts.folder.ended : texts.records.day, on ?? "", { type: "date" })}
              ${button(texts.folder.enter, "secondary")}
            </form>`
          : nothing}
        ${changes && suspension && !running && mayManage()
          ? actionButton(texts.folder.suspend, () => void this.run(() => service.suspend(folder.id), texts.folder.done))
          : nothing}
      </div>
    </li>`;
  }

  private renderHolds(folder: FolderRecord): TemplateResult {
    const placed = () => void this.run(() => service.folder(folder.id), texts.holds.done(1));
    const lift = (id: string, reason: string) =>
      void this.run(async () => {
        await service.liftHold(id, reason);
        return service.folder(folder.id);
      }, texts.holds.liftDone);
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.folder.holds}</h2>
      ${folder.holds.length === 0 ? html`<p class="muted">${texts.folder.noHolds}</p>` : nothing}
      <ul class="record-list">
        ${folder.holds.map((hold) => holdItem(hold, false, mayManage() ? lift : undefined))}
      </ul>
      ${this.task === "hold"
        ? html`<eakte-hold-form .folders=${[folder.id]} @placed=${placed} @cancelled=${() => (this.task = "")}></eakte-hold-form>`
        : mayManage() && folder.status !== "transferred" && folder.status !== "destroyed"
          ? actionButton(texts.folder.addHold, () => (this.task = "hold"))
          : nothing}
    </section>`;
  }

  private renderCases(folder: FolderRecord): TemplateResult {
    const add = (event: Event) => {
      const { reference = "", title = "" } = valuesOf(event);
      void this.run(() => service.addCase(folder.id, reference, title), texts.folder.done);
    };
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.folder.cases}</h2>
      ${folder.cases.length === 0 ? html`<p class="muted">${texts.folder.noCases}</p>` : nothing}
      <ul class="record-list">
        ${folder.cases.map((one) => this.renderCase(folder, one))}
      </ul>
      ${this.task === "case"
        ? html`<form class="record-form" @submit=${add}>
            ${input("vorgang", "reference", texts.folder.caseReference, "", { hint: texts.folder.numbered, required: false })} ${input("vorgang", "title", texts.folders.subject)}
            <div class="buttons">
              ${button(texts.folder.addCase)} ${actionButton(texts.app.cancel, () => (this.task = ""), "tertiary")}
            </div>
          </form>`
        : mayFile() && folder.status === "open"
          ? actionButton(texts.folder.addCase, () => (this.task = "case"))
          : nothing}
    </section>`;
  }

  private readonly changeCase = (folder: FolderRecord, one: CaseRecord): void => {
    if (!one.closed_on && draftsIn(folder, one.id).length > 0) {
      this.closing = one.id;
      return;
    }
    void this.run(() => (one.closed_on ? service.reopenCase(one.id) : service.closeCase(one.id, todayIso())), texts.folder.done);
  };

  private renderCase(folder: FolderRecord, one: CaseRecord): TemplateResult {
    const change = () => this.changeCase(folder, one);
    const label = one.closed_on ? texts.folder.reopenCase : texts.folder.closeCase;
    return html`<li class="record-item">
      <div>
        <h3 class="record-title">${one.reference} ${one.title}</h3>
        <p class="muted">${one.closed_on ? texts.folder.caseClosed(formatDate(one.closed_on)) : texts.folder.caseOpen}</p>
      </div>
      ${mayFile()
        ? html`<div class="buttons">
            ${actionButton(label, change, "tertiary", `${label}: ${one.reference}`)}
            ${one.closed_on
              ? nothing
              : actionButton(texts.structure.moveCase, () => (this.moving = one.id), "tertiary", texts.structure.moveCaseOf(one.reference))}
          </div>`
        : nothing}
      ${this.moving === one.id ? this.renderMove(one) : nothing}
      ${mayFile() && folder.status === "open" && !one.closed_on
        ? html`<eakte-case-changes .folder=${folder} .changed=${one} .run=${this.run}></eakte-case-changes>`
        : nothing}
      ${this.closing === one.id && !one.closed_on
        ? html`<eakte-closing-form .folder=${folder} .closed=${one} .run=${this.run} @cancelled=${() => (this.closing = "")}></eakte-closing-form>`
        : nothing}
    </li>`;
  }

  private renderMove(one: CaseRecord): TemplateResult {
    const move = (event: Event) => {
      const { reference = "" } = valuesOf(event);
      void this.run(async () => {
        await structureService.moveCase(one.id, await folderNamed(reference));
        this.moving = "";
        return service.folder(this.folderId);
      }, texts.structure.moved);
    };
    return html`<form class="filter-form" @submit=${move}>
      ${input(`verschieben-${one.id}`, "reference", texts.structure.target)} ${button(texts.structure.moveCase, "secondary")}
      ${actionButton(texts.app.cancel, () => (this.moving = ""), "tertiary")}
    </form>`;
  }

  private renderDocuments(folder: FolderRecord): TemplateResult {
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${texts.folder.documents}</h2>
      ${folder.access_locked ? alert("warning", texts.structure.locked) : nothing}
      ${folder.documents.length === 0 && !folder.access_locked ? html`<p class="muted">${texts.folder.noDocuments}</p>` : nothing}
      <ul class="record-list">
        ${folder.documents.map((one) => this.renderDocument(folder, one))}
      </ul>
    </section>`;
  }

  private renderDocument(folder: FolderRecord, one: FolderRecord["documents"][number]): TemplateResult {
    const words = texts.structure;
    const caseOf = folder.cases.find(({ id }) => id === one.case);
    const toggle = one.draft ? words.unsetDraft : words.setDraft;
    const setDraft = () =>
      void this.run(async () => {
        await structureService.setDraft(one.id, !one.draft);
        return service.folder(folder.id);
      }, one.draft ? words.draftUnset : words.draftSet);
    return html`<li class="record-item">
      <div>
        <h3 class="record-title">
          <a href=${href({ view: "document", id: one.id, seite: 0, q: "" })}>${titleOf(one)}</a>
          ${one.draft ? badge("warning", words.draft) : nothing}
        </h3>
        <p class="muted">
          ${[one.document_type, formatDate(one.received_on), caseOf?.reference].filter(Boolean).join(" · ")}
        </p>
      </div>
      ${mayFile() && folder.status === "open" && !caseOf?.closed_on
        ? actionButton(toggle, setDraft, "tertiary", words.draftOf(toggle, titleOf(one)))
        : nothing}
    </li>`;
  }
}

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { type DisposalProcess, disposalService, messageAddress, type ProcessFolder, type ProcessMessage, type ProcessState } from "../disposal_api";
import { PageElement, problemText } from "../element";
import { formatDate, formatTime } from "../format";
import { href } from "../navigation";
import { mayManage } from "../session";
import { texts } from "../texts";
import { alert, badge, loading, type Tone } from "./common";
import { actionButton, button, input, valuesOf } from "./form_fields";
import "./paper_decision";

const tones: Record<ProcessState, Tone> = {
  waiting: "info",
  appraised: "warning",
  transferred: "info",
  confirmed: "success",
  withdrawn: "info",
};

/** One process of disposal with its messages, folders and what comes next. Dispatches "changed" with a sentence. */
@customElement("eakte-disposal-process")
export class DisposalProcessItem extends PageElement {
  @property({ attribute: false }) about!: DisposalProcess;
  @property({ type: Boolean }) opened = false;
  @state() private unfolded = false;
  @state() private folders?: ProcessFolder[] | undefined;
  @state() private problem = "";
  @state() private busy = false;
  @state() private onPaper = false;
  @state() private chosen: ReadonlySet<string> = new Set();

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("opened") && this.opened) this.unfolded = true;
    if (this.unfolded && (changed.has("about") || changed.has("opened"))) void this.load();
  }

  private async load(): Promise<void> {
    const asked = this.about;
    if (asked.kind === "plan") return;
    try {
      const { folders } = await disposalService.process(asked.process);
      if (asked !== this.about) return;
      this.folders = folders;
      this.chosen = new Set(this.undecided.map(({ folder }) => folder));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private get undecided(): ProcessFolder[] {
    return (this.folders ?? []).filter(({ status, decision }) => status === "offered" && decision === null);
  }

  private async run(work: () => Promise<unknown>, sentence: string): Promise<void> {
    this.busy = true;
    try {
      await work();
      this.problem = "";
      this.tell(sentence);
    } catch (problem) {
      this.problem = problemText(problem);
    }
    this.busy = false;
  }

  private tell(sentence: string): void {
    this.onPaper = false;
    this.dispatchEvent(new CustomEvent<string>("changed", { detail: sentence }));
  }

  protected override render(): TemplateResult {
    const { disposals } = texts;
    const { about } = this;
    const tone = about.state === "confirmed" && about.failed > 0 ? "danger" : tones[about.state];
    return html`<article class="record-item process">
      <div>
        <h2 class="record-title">
          ${disposals.of(about.name, formatDate(about.created_at.slice(0, 10)))} ${badge(tone, about.state_name)}
        </h2>
        <p class="muted">
          ${about.kind === "plan" ? disposals.begunPlan(about.created_by) : disposals.begun(about.folder_count, about.created_by)}
        </p>
        ${about.state === "withdrawn"
          ? html`<p>${disposals.withdrawnBy(about.withdrawn_by, formatTime(about.withdrawn_at), about.withdraw_reason)}</p>`
          : nothing}
        ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
        <ul class="message-list" aria-label=${disposals.messages}>
          ${about.messages.map((message) => this.renderMessage(message))}
        </ul>
        ${mayManage() ? this.renderNext() : nothing} ${about.kind === "plan" ? nothing : this.renderFolders()}
      </div>
    </article>`;
  }

  private renderMessage(message: ProcessMessage): TemplateResult {
    const { disposals } = texts;
    const when = formatTime(message.recorded_at);
    const label = `${message.message} ${message.name}`;
    const download = message.kept && mayManage();
    return html`<li>
      ${download
        ? html`<a
            href=${messageAddress(this.about.process, message.message)}
            download=${message.file_name}
            aria-label=${disposals.download(message.message, message.name)}
            >${label}</a
          >`
        : label}
      <span class="muted">${message.incoming ? disposals.received(when) : disposals.sent(when)}${message.kept ? "" : `, ${disposals.gone}`}</span>
    </li>`;
  }

  /** What a records manager can do now. */
  private renderNext(): TemplateResult | typeof nothing {
    const { disposals } = texts;
    const has = (number: string) => this.about.messages.some(({ message }) => message === number);
    if (has("0502") && !has("0503")) {
      return actionButton(
        disposals.transfer,
        () => void this.run(() => disposalService.transfer(this.about.process), disposals.transferred),
        "secondary",
        "",
        this.busy,
      );
    }
    if (this.about.state !== "waiting" || this.about.kind !== "four_stage") return nothing;
    const withdraw = (event: Event) => {
      const { reason = "" } = valuesOf(event);
      void this.run(() => disposalService.withdraw(this.about.process, reason), disposals.withdrawn);
    };
    return html`<details>
      <summary>${disposals.withdraw}</summary>
      <p class="muted">${disposals.withdrawHint}</p>
      <form class="filter-form" @submit=${withdraw}>
        ${input(`rueck-${this.about.process}`, "reason", disposals.reason)} ${button(disposals.withdraw, "secondary", this.busy)}
      </form>
    </details>`;
  }

  private renderFolders(): TemplateResult {
    const toggle = (event: Event) => {
      this.unfolded = (event.target as HTMLDetailsElement).open;
      if (this.unfolded && this.folders === undefined) void this.load();
    };
    return html`<details ?open=${this.unfolded} @toggle=${toggle}>
      <summary>${texts.disposals.folders(this.about.folder_count)}</summary>
      ${this.folders ? this.renderTable(this.folders) : loading()}
    </details>`;
  }

  private renderTable(folders: ProcessFolder[]): TemplateResult {
    const { disposals } = texts;
    const choosing = mayManage() && this.undecided.length > 0;
    const { columns } = disposals;
    return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${disposals.folders(folders.length)}>
        <table class="record-table">
          <thead>
            <tr>
              ${choosing ? html`<th scope="col">${columns.choose}</th>` : nothing}
              <th scope="col">${columns.reference}</th>
              <th scope="col">${columns.decision}</th>
              <th scope="col">${columns.outcome}</th>
            </tr>
          </thead>
          <tbody>
            ${folders.map((folder) => this.renderFolder(folder, choosing))}
          </tbody>
        </table>
      </div>
      ${choosing && !this.onPaper
        ? html`<div class="buttons">
            ${actionButton(disposals.paper, () => (this.onPaper = true), "tertiary", "", this.chosen.size === 0)}
          </div>`
        : nothing}
      ${choosing && this.onPaper
        ? html`<eakte-paper-decision
            .folders=${[...this.chosen]}
            @decided=${(event: CustomEvent<number>) => this.tell(disposals.recorded(event.detail))}
            @cancelled=${() => (this.onPaper = false)}
          ></eakte-paper-decision>`
        : nothing}`;
  }

  private renderFolder(folder: ProcessFolder, choosing: boolean): TemplateResult {
    const { disposals } = texts;
    const choose = (event: Event) => {
      const chosen = new Set(this.chosen);
      if ((event.target as HTMLInputElement).checked) chosen.add(folder.folder);
      else chosen.delete(folder.folder);
      this.chosen = chosen;
    };
    const open = folder.status === "offered" && folder.decision === null;
    const name = folder.reference || folder.folder;
    return html`<tr>
      ${choosing
        ? html`<td>
            ${open
              ? html`<input type="checkbox" aria-label=${disposals.select(name)} .checked=${this.chosen.has(folder.folder)} @change=${choose} />`
              : nothing}
          </td>`
        : nothing}
      <th scope="row">${folder.reference ? html`<a href=${href({ view: "folder", id: folder.folder })}>${name}</a>` : name} ${folder.title}</th>
      <td>${disposals.decisions[folder.decision ?? "none"]}</td>
      <td>${folder.sentence} ${folder.imported === false ? badge("danger", texts.app.problem) : nothing}</td>
    </tr>`;
  }
}

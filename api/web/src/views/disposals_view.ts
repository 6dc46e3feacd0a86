import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { type DisposalProcess, disposalService, type OpenTransfer } from "../disposal_api";
import { announce, PageElement, problemText } from "../element";
import { href } from "../navigation";
import { alert, loading } from "../parts/common";
import "../parts/disposal_process";
import "../parts/paper_handover";
import { actionButton, button } from "../parts/form_fields";
import { mayManage } from "../session";
import { texts } from "../texts";

/** What is offered and handed over to the archive: messages to pass on, its answers, and what came of each folder. */
@customElement("eakte-disposals-view")
export class DisposalsView extends PageElement {
  /** the one to show opened; empty: none */
  @property({ attribute: false }) process = "";
  @state() private processes?: DisposalProcess[] | undefined;
  @state() private transfers: OpenTransfer[] = [];
  /** the folder whose paper is being handed over */
  @state() private onPaper = "";
  @state() private chosen: ReadonlySet<string> = new Set();
  @state() private opened = "";
  @state() private problem = "";
  @state() private done = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.disposals.title} – ${texts.app.name}`;
    void this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("process")) this.opened = this.process;
  }

  private async load(): Promise<void> {
    try {
      const [{ processes }, { folders }] = await Promise.all([disposalService.processes(), disposalService.openTransfers()]);
      this.processes = processes;
      this.transfers = folders;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async run(work: () => Promise<string>): Promise<void> {
    this.busy = true;
    try {
      await this.show(await work());
    } catch (problem) {
      this.problem = problemText(problem);
      this.done = "";
    }
    this.busy = false;
  }

  private async show(sentence: string): Promise<void> {
    this.problem = "";
    this.done = sentence;
    this.chosen = new Set();
    announce(sentence);
    await this.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("h1")?.focus();
  }

  private changed(process: string, sentence: string): void {
    this.opened = process;
    void this.show(sentence);
  }

  protected override render(): TemplateResult {
    const { disposals } = texts;
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${disposals.title}</h1>
      <p class="kern-body intro">${disposals.intro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing} ${mayManage() ? this.renderBegin() : nothing}
      ${this.transfers.length > 0 ? this.renderTransfers(this.transfers) : nothing}
      ${this.processes ? this.renderList(this.processes) : this.problem ? nothing : loading()}
    `;
  }

  private renderBegin(): TemplateResult {
    const { disposals } = texts;
    const submit = (event: Event) => {
      event.preventDefault();
      const form = event.target as HTMLFormElement;
      const file = form.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
      if (!file) return;
      void this.run(async () => {
        const answer = await disposalService.takeAnswer(file);
        form.reset();
        this.opened = answer.process;
        const name = answer.messages.find(({ message }) => message === answer.taken)?.name ?? "";
        return answer.changed ? disposals.taken(answer.taken, name) : disposals.takenBefore(answer.taken);
      });
    };
    const sendPlan = () =>
      void this.run(async () => {
        this.opened = (await disposalService.sendPlan()).process;
        return disposals.planSent;
      });
    return html`<p><a class="kern-link" href=${href({ view: "due", due: { on: "", plan: "", year: 0 } })}>${disposals.choose}</a></p>
      <form class="record-form" @submit=${submit}>
        <h2 class="kern-heading-small">${disposals.answer}</h2>
        <div class="kern-form-input">
          <label class="kern-label" for="antwort">${disposals.file}</label>
          <div class="muted" id="antwort-hint">${disposals.fileHint}</div>
          <input id="antwort" type="file" accept=".zip,.xdomea,.xml" aria-describedby="antwort-hint" required />
        </div>
        <div class="buttons">${button(disposals.take, "secondary", this.busy)}</div>
      </form>
      <details class="record-section">
        <summary>${disposals.plan}</summary>
        <p class="muted">${disposals.planHint}</p>
        ${actionButton(disposals.planSend, sendPlan, "secondary", "", this.busy)}
      </details>`;
  }

  private renderTransfers(transfers: OpenTransfer[]): TemplateResult {
    const { disposals } = texts;
    const choose = (id: string, on: boolean) => {
      const chosen = new Set(this.chosen);
      if (on) chosen.add(id);
      else chosen.delete(id);
      this.chosen = chosen;
    };
    const handOver = () =>
      void this.run(async () => {
        this.opened = (await disposalService.handOver([...this.chosen])).process;
        return disposals.transferred;
      });
    return html`<section class="record-section">
      <h2 class="kern-heading-small">${disposals.open}</h2>
      <p class="muted">${disposals.openIntro}</p>
      <ul class="record-list">
        ${transfers.map(
          ({ folder, reference, title, source, message, on_paper }) => html`<li class="record-item" data-transfer=${folder}>
            <div class="choice">
              ${mayManage()
                ? html`<input
                    type="checkbox"
                    aria-label=${disposals.select(reference)}
                    .checked=${this.chosen.has(folder)}
                    @change=${(event: Event) => choose(folder, (event.target as HTMLInputElement).checked)}
                  />`
                : nothing}
              <div>
                <a href=${href({ view: "folder", id: folder })}>${reference}</a> ${title}
                <p class="muted">${message ? disposals.openFailed(message) : disposals.openSource(source)}</p>
              </div>
            </div>
            ${on_paper && mayManage() ? this.renderPaper(folder, reference) : nothing}
          </li>`,
        )}
      </ul>
      ${mayManage()
        ? html`<div class="buttons">${actionButton(disposals.handOver, handOver, "secondary", "", this.busy || this.chosen.size === 0)}</div>`
        : nothing}
    </section>`;
  }

  private renderPaper(folder: string, reference: string): TemplateResult {
    const { handover: words } = texts.disposals;
    if (this.onPaper !== folder)
      return actionButton(words.open, () => (this.onPaper = folder), "tertiary", `${words.open}: ${reference}`);
    const done = () =>
      void this.run(async () => {
        this.onPaper = "";
        return words.done(reference);
      });
    return html`<eakte-paper-handover
      .folder=${folder}
      .reference=${reference}
      @handed-over=${done}
      @cancelled=${() => (this.onPaper = "")}
    ></eakte-paper-handover>`;
  }

  private renderList(processes: DisposalProcess[]): TemplateResult {
    if (processes.length === 0) return alert("info", texts.disposals.empty);
    return html`<ul class="record-list plain">
      ${repeat(
        processes,
        ({ process }) => process,
        (one) => html`<li data-process=${one.process}>
          <eakte-disposal-process
            .about=${one}
            .opened=${this.opened === one.process}
            @changed=${(event: CustomEvent<string>) => this.changed(one.process, event.detail)}
          ></eakte-disposal-process>
        </li>`,
      )}
    </ul>`;
  }
}

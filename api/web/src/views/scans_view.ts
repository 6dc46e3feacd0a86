import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { announce, PageElement, problemText } from "../element";
import { formatTime } from "../format";
import { href } from "../navigation";
import { alert, factsLine, loading, titleOf } from "../parts/common";
import { actionButton } from "../parts/form_fields";
import "../parts/scan_check_form";
import { type ListedScan, type NewScanCheck, noteAddress, scanService, sealAddress } from "../scan_api";
import { mayFile } from "../session";
import { texts } from "../texts";

/** Scans that are to be held against their paper, and those whose paper waits to be released. */
@customElement("eakte-scans-view")
export class ScansView extends PageElement {
  @state() private open?: ListedScan[] | undefined;
  @state() private ready: ListedScan[] = [];
  @state() private checking = "";
  @state() private problem = "";
  @state() private done = "";
  @state() private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.scan.title} – ${texts.app.name}`;
    void this.load();
  }

  private async load(): Promise<void> {
    try {
      const [open, ready] = await Promise.all([scanService.scans("open"), scanService.scans("checked")]);
      this.open = open.scans;
      this.ready = ready.scans;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async run(work: () => Promise<string>): Promise<void> {
    this.busy = true;
    try {
      this.done = await work();
      this.problem = "";
      this.checking = "";
      announce(this.done);
    } catch (problem) {
      this.problem = problemText(problem);
      this.done = "";
    }
    await this.load();
    this.busy = false;
    await this.updateComplete;
    this.querySelector<HTMLElement>(this.problem ? "[role=alert]" : "h1")?.focus();
  }

  private draw(): Promise<void> {
    return this.run(async () => {
      const { population, chosen } = await scanService.draw();
      return population === 0 ? texts.scan.drawnNone : texts.scan.drawn(chosen, population);
    });
  }

  private check(scan: ListedScan, check: NewScanCheck): Promise<void> {
    return this.run(async () => {
      await scanService.check(scan.document, check);
      return texts.scan.done(titleOf(scan.about));
    });
  }

  /** One after the other: what fails stops here and is told, what is done stays done. */
  private releaseAll(): Promise<void> {
    return this.run(async () => {
      const all = this.ready;
      for (const scan of all) {
        if (scan.missing) await scanService.makeNote(scan.document);
        await scanService.release(scan.document);
      }
      return texts.scan.releasedAll(all.length);
    });
  }

  protected override render(): TemplateResult {
    const { scan } = texts;
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${scan.title}</h1>
      <p class="kern-body intro">${scan.intro}</p>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${mayFile() ? html`<div class="buttons">${actionButton(scan.draw, () => void this.draw(), "secondary", "", this.busy)}</div>` : nothing}
      ${this.open ? this.renderLists(this.open) : this.problem ? nothing : loading()}
    `;
  }

  private renderLists(open: ListedScan[]): TemplateResult {
    const { scan } = texts;
    return html`<section class="record-section" id="zu-pruefen">
        <h2 class="kern-heading-small">${scan.open}</h2>
        ${open.length === 0 ? html`<p class="muted">${scan.openEmpty}</p>` : this.renderList(open, (one) => this.renderChecking(one))}
      </section>
      <section class="record-section" id="geprueft">
        <h2 class="kern-heading-small">${scan.ready}</h2>
        ${this.ready.length === 0
          ? html`<p class="muted">${scan.readyEmpty}</p>`
          : this.renderList(this.ready, (one) => this.renderReleasing(one))}
        ${mayFile() && this.ready.length > 1
          ? html`<div class="buttons">
              ${actionButton(scan.releaseAll(this.ready.length), () => void this.releaseAll(), "secondary", "", this.busy)}
            </div>`
          : nothing}
      </section>`;
  }

  private renderList(scans: ListedScan[], actions: (scan: ListedScan) => unknown): TemplateResult {
    const { scan } = texts;
    return html`<ul class="record-list">
      ${repeat(
        scans,
        ({ document }) => document,
        (one) => html`<li class="record-item wide" data-scan=${one.document}>
          <div>
            <h3 class="record-title">
              <a href=${href({ view: "document", id: one.document, seite: 1, q: "" })}>${titleOf(one.about)}</a>
            </h3>
            ${factsLine(one.about)}
            <p class="muted">
              ${scan.pages(one.about.page_count)}, ${scan.thoroughness[one.thoroughness]}${one.blank_pages.length > 0
                ? `, ${scan.blank(one.blank_pages.join(", "))}`
                : ""}
            </p>
            ${one.checks.map(
              (check) => html`<p class="muted">
                ${scan.checked(check.checker, formatTime(check.checked_at), check.good)}${check.remark ? `: ${check.remark}` : ""}
              </p>`,
            )}
            ${actions(one)}
          </div>
        </li>`,
      )}
    </ul>`;
  }

  private renderChecking(one: ListedScan): TemplateResult | typeof nothing {
    const { scan } = texts;
    if (!mayFile()) return nothing;
    if (this.checking !== one.document) {
      const begin = () => (this.checking = one.document);
      return actionButton(scan.check, begin, "secondary", scan.checkOf(titleOf(one.about)), this.busy);
    }
    return html`<eakte-scan-check-form
      .scan=${one}
      @checked=${(event: CustomEvent<NewScanCheck>) => void this.check(one, event.detail)}
      @cancelled=${() => (this.checking = "")}
    ></eakte-scan-check-form>`;
  }

  private renderReleasing(one: ListedScan): TemplateResult {
    const { scan } = texts;
    const title = titleOf(one.about);
    const act = (work: () => Promise<unknown>, sentence: string) => () =>
      void this.run(async () => {
        await work();
        return sentence;
      });
    const makeNote = act(() => scanService.makeNote(one.document), scan.noteDone(title));
    const release = act(() => scanService.release(one.document), scan.releaseDone(title));
    return html`${one.missing ? html`<p>${one.message}</p>` : nothing}
      ${one.note_sha256
        ? html`<p><a href=${noteAddress(one.document)} download>${scan.noteFile}</a> <a href=${sealAddress(one.document)} download>${scan.sealFile}</a></p>`
        : nothing}
      ${mayFile()
        ? one.missing
          ? actionButton(scan.note, makeNote, "secondary", scan.noteOf(title), this.busy)
          : actionButton(scan.release, release, "secondary", scan.releaseOf(title), this.busy)
        : nothing}`;
  }
}

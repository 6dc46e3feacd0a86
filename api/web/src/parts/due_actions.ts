import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { DueFolder } from "../api";
import { disposalService } from "../disposal_api";
import { announce, PageElement, problemText } from "../element";
import { service } from "../http";
import { href } from "../navigation";
import type { Place } from "../router";
import { texts } from "../texts";
import { alert } from "./common";
import { actionButton } from "./form_fields";
import "./hold_form";
import "./paper_decision";

interface Outcome {
  done: string;
  link?: { place: Place; text: string };
  refused?: { title: string; folders: { reference: string; message: string }[] };
}

/** Why a folder of the due list cannot be offered now; nothing when it can. */
function whyNotOffered(folder: DueFolder): string {
  const { notOfferedWhy } = texts.due;
  if (folder.standing_holds > 0) return notOfferedWhy.held;
  if (folder.status === "open") return notOfferedWhy.open;
  return folder.status === "closed" ? "" : notOfferedWhy.begun;
}

/** What can be done with the chosen folders of the due list, and what came of it. Dispatches "changed". */
@customElement("eakte-due-actions")
export class DueActions extends PageElement {
  @property({ attribute: false }) chosen: readonly DueFolder[] = [];
  @state() private form: "" | "hold" | "paper" = "";
  @state() private outcome: Outcome = { done: "" };
  @state() private problem = "";

  private get ids(): string[] {
    return this.chosen.map(({ id }) => id);
  }

  private finish(outcome: Outcome): void {
    this.outcome = outcome;
    this.problem = "";
    this.form = "";
    announce(outcome.done || (outcome.refused?.title ?? ""));
    this.dispatchEvent(new Event("changed"));
  }

  private async run(work: () => Promise<Outcome>): Promise<void> {
    try {
      this.finish(await work());
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  /** What cannot be offered stays here and is told; the rest is offered in one process. */
  private offer(): Promise<void> {
    return this.run(async () => {
      const folders = this.chosen.filter((folder) => whyNotOffered(folder) === "").map(({ id }) => id);
      const left = this.chosen
        .filter((folder) => whyNotOffered(folder) !== "")
        .map((folder) => ({ reference: folder.reference, message: whyNotOffered(folder) }));
      const refused = { title: texts.due.notOffered(left.length), folders: left };
      if (folders.length === 0) return { done: "", refused };
      const { process } = await disposalService.offer(folders);
      const link = { place: { view: "disposals", process } as const, text: texts.due.toDisposals };
      return { done: texts.due.offered(folders.length), link, refused };
    });
  }

  private propose(): Promise<void> {
    return this.run(async () => {
      const { taken, refused } = await service.proposeDestruction(this.ids);
      return {
        done: taken.length > 0 ? texts.due.proposed(taken.length) : "",
        link: { place: { view: "destruction" }, text: texts.due.toDestruction },
        refused: {
          title: texts.due.refused(refused.length),
          folders: refused.map(({ folder, message }) => ({ reference: folder.reference, message })),
        },
      };
    });
  }

  private decided(count: number): void {
    const link = { place: { view: "disposals", process: "" } as const, text: texts.disposals.title };
    this.finish({ done: texts.disposals.recorded(count), link });
  }

  protected override render(): TemplateResult {
    const none = this.chosen.length === 0;
    return html`${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing} ${this.renderOutcome()}
      <div class="buttons bulk">
        <span class="muted">${texts.due.selected(this.chosen.length)}</span>
        ${actionButton(texts.due.offer, () => void this.offer(), "secondary", "", none)}
        ${actionButton(texts.due.propose, () => void this.propose(), "secondary", "", none)}
        ${actionButton(texts.due.hold, () => (this.form = "hold"), "secondary", "", none)}
        ${actionButton(texts.due.appraise, () => (this.form = "paper"), "tertiary", "", none)}
      </div>
      ${this.form === "hold" && !none
        ? html`<eakte-hold-form
            .folders=${this.ids}
            @placed=${(event: CustomEvent<number>) => this.finish({ done: texts.holds.done(event.detail) })}
            @cancelled=${() => (this.form = "")}
          ></eakte-hold-form>`
        : nothing}
      ${this.form === "paper" && !none
        ? html`<eakte-paper-decision
            .folders=${this.ids}
            @decided=${(event: CustomEvent<number>) => this.decided(event.detail)}
            @cancelled=${() => (this.form = "")}
          ></eakte-paper-decision>`
        : nothing}`;
  }

  private renderOutcome(): TemplateResult {
    const { done, link, refused } = this.outcome;
    return html`${done
      ? alert("success", done, link ? html`<a class="kern-link" href=${href(link.place)}>${link.text}</a>` : nothing)
      : nothing}
    ${refused && refused.folders.length > 0
      ? alert(
          "warning",
          refused.title,
          html`<ul>
            ${refused.folders.map(({ reference, message }) => html`<li>${reference}: ${message}</li>`)}
          </ul>`,
        )
      : nothing}`;
  }
}

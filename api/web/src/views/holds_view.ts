import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Hold } from "../api";
import { announce, PageElement, problemText } from "../element";
import { formatDate, todayIso } from "../format";
import { service } from "../http";
import { navigate } from "../navigation";
import { alert, loading } from "../parts/common";
import { button, input, valuesOf } from "../parts/form_fields";
import { holdItem } from "../parts/hold_item";
import { mayManage } from "../session";
import { texts } from "../texts";

/** Standing holds that are to be reviewed up to a day, most urgent first. */
@customElement("eakte-holds-view")
export class HoldsView extends PageElement {
  @property({ attribute: false }) until = "";
  @state() private holds?: Hold[] | undefined;
  @state() private problem = "";
  @state() private done = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.holds.title} – ${texts.app.name}`;
  }

  private get day(): string {
    return this.until || todayIso();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("until")) void this.load();
  }

  private async load(): Promise<void> {
    try {
      this.holds = (await service.holds(this.day)).holds;
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async lift(id: string, reason: string): Promise<void> {
    try {
      await service.liftHold(id, reason);
      this.done = texts.holds.liftDone;
      announce(this.done);
      await this.load();
      await this.updateComplete;
      this.querySelector<HTMLElement>("h1")?.focus();
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  protected override render(): TemplateResult {
    const show = (event: Event) => navigate({ view: "holds", until: valuesOf(event)["until"] ?? "" });
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${texts.holds.title}</h1>
      <p class="kern-body intro">${texts.holds.intro}</p>
      <form class="filter-form" @submit=${show}>
        ${input("sperren", "until", texts.holds.until, this.day, { type: "date" })} ${button(texts.holds.show, "secondary")}
      </form>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing}
      ${this.holds ? this.renderList(this.holds) : this.problem ? nothing : loading()}
    `;
  }

  private renderList(holds: Hold[]): TemplateResult {
    if (holds.length === 0) return alert("success", texts.holds.empty(formatDate(this.day)));
    const lift = mayManage() ? (id: string, reason: string) => void this.lift(id, reason) : undefined;
    return html`<p class="muted">${texts.holds.count(holds.length)}</p>
      <ul class="record-list">
        ${repeat(
          holds,
          ({ id }) => id,
          (hold) => holdItem(hold, true, lift),
        )}
      </ul>`;
  }
}

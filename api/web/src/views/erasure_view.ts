import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import { announce, PageElement, problemText } from "../element";
import { type ErasureRequest, erasureService } from "../erasure_api";
import { formatDate, todayIso } from "../format";
import { alert, badge, loading } from "../parts/common";
import "../parts/erasure_decision";
import { button, input, valuesOf } from "../parts/form_fields";
import { session } from "../session";
import { texts } from "../texts";

/** Requests of people to have data erased, newest first; one is unfolded. */
@customElement("eakte-erasure-view")
export class ErasureView extends PageElement {
  /** the one to show unfolded; empty: none */
  @property({ attribute: false }) request = "";
  @state() private requests?: ErasureRequest[] | undefined;
  @state() private opened = "";
  @state() private problem = "";
  @state() private done = "";

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.erasure.title} – ${texts.app.name}`;
    if (session()?.accounts) void this.load();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("request")) this.opened = this.request;
  }

  private async load(): Promise<void> {
    try {
      this.requests = (await erasureService.requests()).requests;
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async add(event: Event): Promise<void> {
    const { person = "", address = "", reference = "", received_on = "" } = valuesOf(event);
    const form = event.target as HTMLFormElement;
    try {
      const added = await erasureService.add({ person, address, reference, received_on });
      form.reset();
      this.opened = added.id;
      await this.show(texts.erasure.added(person));
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private async show(sentence: string): Promise<void> {
    this.done = sentence;
    this.problem = "";
    announce(sentence);
    await this.load();
    await this.updateComplete;
    this.querySelector<HTMLElement>("h1")?.focus();
  }

  protected override render(): TemplateResult {
    const { erasure } = texts;
    const accounts = session()?.accounts === true;
    return html`
      <h1 class="kern-heading-large" tabindex="-1">${erasure.title}</h1>
      <p class="kern-body intro">${erasure.intro}</p>
      ${accounts ? nothing : alert("info", erasure.needsAccounts)}
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing}
      ${this.done ? alert("success", this.done) : nothing} ${accounts ? this.renderForm() : nothing}
      ${this.requests ? this.renderList(this.requests) : this.problem || !accounts ? nothing : loading()}
    `;
  }

  private renderForm(): TemplateResult {
    const { erasure } = texts;
    return html`<details class="record-section" ?open=${this.requests?.length === 0}>
      <summary>${erasure.add}</summary>
      <form class="record-form" @submit=${(event: Event) => void this.add(event)}>
        ${input("antrag", "person", erasure.person)}
        ${input("antrag", "address", erasure.address, "", { required: false, hint: erasure.addressHint })}
        ${input("antrag", "reference", erasure.reference, "", { required: false })}
        ${input("antrag", "received_on", erasure.receivedOn, todayIso(), { type: "date" })}
        <div class="buttons">${button(erasure.add, "secondary")}</div>
      </form>
    </details>`;
  }

  private renderList(requests: ErasureRequest[]): TemplateResult {
    if (requests.length === 0) return alert("info", texts.erasure.empty);
    return html`<ul class="record-list">
      ${repeat(
        requests,
        ({ id }) => id,
        (one) => this.renderRequest(one),
      )}
    </ul>`;
  }

  private renderRequest(one: ErasureRequest): TemplateResult {
    const { erasure } = texts;
    const opened = this.opened === one.id;
    const decided = one.decided_at !== "";
    const late = !decided && one.answer_by < todayIso();
    const toggle = (event: Event) => {
      const open = (event.target as HTMLDetailsElement).open;
      if (open) this.opened = one.id;
      else if (this.opened === one.id) this.opened = "";
    };
    return html`<li class="record-item wide" data-request=${one.id}>
      <div>
        <h2 class="record-title">
          ${one.person} ${decided ? badge("success", erasure.decided) : badge(late ? "danger" : "warning", erasure.open)}
        </h2>
        <p class="muted">${[one.address, one.reference].filter(Boolean).join(" · ")}</p>
        <p class="muted">${erasure.received(formatDate(one.received_on), one.recorded_by)}</p>
        ${decided ? nothing : html`<p>${erasure.answerBy(formatDate(one.answer_by))}</p>`}
        <details ?open=${opened} @toggle=${toggle}>
          <summary>${decided ? erasure.show : erasure.find}</summary>
          ${opened
            ? html`<eakte-erasure-decision
                .request=${one.id}
                @changed=${(event: CustomEvent<string>) => void this.show(event.detail)}
              ></eakte-erasure-decision>`
            : nothing}
        </details>
      </div>
    </li>`;
  }
}

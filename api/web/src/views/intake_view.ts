import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";
import type { Intake, IntakeState } from "../api";
import { announce, PageElement, problemText } from "../element";
import { listen } from "../events";
import { intakeStateText } from "../format";
import { service } from "../http";
import { href } from "../navigation";
import { alert, loading } from "../parts/common";
import { intakeRow, uploadRow } from "../parts/intake_rows";
import { type IntakeGroup, intakeGroups } from "../router";
import { mayFile } from "../session";
import { texts } from "../texts";
import { chosenFiles, uploads } from "../uploads";

const statesOf: Record<IntakeGroup, IntakeState[]> = {
  alle: [],
  offen: ["queued", "working"],
  pruefen: ["review"],
  probleme: ["refused", "quarantined"],
};

/** What came in: handing in files, watching them being read, and what became of them. */
@customElement("eakte-intake-view")
export class IntakeView extends PageElement {
  @property() group: IntakeGroup = "alle";
  /** newest first, as the service lists them */
  @state() private intakes?: Intake[] | undefined;
  @state() private next = "";
  @state() private problem = "";
  private readonly names = new Map<string, string>();
  /** what events told since the last list was asked for: newer than that list */
  private readonly told = new Map<string, Intake>();
  private stopListening?: () => void;
  private readonly uploadsChanged = () => this.requestUpdate();
  private readonly accepted = (event: Event) => {
    // An event may have overtaken the answer, and then knows more.
    for (const intake of (event as CustomEvent<Intake[]>).detail) if (!this.names.has(intake.id)) this.take(intake);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.title = `${texts.intake.title} – ${texts.app.name}`;
    this.stopListening = listen({
      intake: (intake) => this.take(intake),
      opened: () => void this.load(),
    });
    uploads.addEventListener("change", this.uploadsChanged);
    uploads.addEventListener("accepted", this.accepted);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopListening?.();
    uploads.removeEventListener("change", this.uploadsChanged);
    uploads.removeEventListener("accepted", this.accepted);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has("group")) {
      this.intakes = undefined;
      void this.load();
    }
  }

  private async load(cursor = ""): Promise<void> {
    const group = this.group;
    this.told.clear();
    try {
      const list = await service.intakes(statesOf[group], cursor);
      if (group !== this.group) return;
      for (const { id, name } of list.intakes) this.names.set(id, name);
      this.intakes = cursor ? [...(this.intakes ?? []), ...list.intakes] : list.intakes;
      this.next = list.next;
      this.problem = "";
      for (const intake of this.told.values()) this.take(intake);
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  /** Puts a changed intake in its place, a new one on top. */
  private take(intake: Intake): void {
    this.names.set(intake.id, intake.name);
    this.told.set(intake.id, intake);
    const intakes = this.intakes;
    if (!intakes) return;
    const at = intakes.findIndex(({ id }) => id === intake.id);
    const before = intakes[at];
    if (before && before.state !== intake.state && intake.state !== "working") {
      announce(texts.intake.changed(intake.name, intakeStateText(intake)));
    }
    const states = statesOf[this.group];
    const belongs = states.length === 0 || states.includes(intake.state);
    if (before) this.intakes = intakes.map((one) => (one.id === intake.id ? intake : one));
    else if (belongs) this.intakes = [intake, ...intakes];
  }

  private async act(id: string, action: Promise<Intake>): Promise<void> {
    const before = this.told.get(id);
    try {
      const intake = await action;
      if (this.told.get(id) === before) this.take(intake);
      this.problem = "";
    } catch (problem) {
      this.problem = problemText(problem);
    }
  }

  private choose(event: Event): void {
    const input = event.target as HTMLInputElement;
    const files = chosenFiles(input.files);
    input.value = "";
    uploads.add(files);
    announce(texts.intake.added(files.length));
  }

  private pick(id: string): void {
    this.querySelector<HTMLInputElement>(`#${id}`)?.click();
  }

  protected override render(): TemplateResult {
    return html`
      <h1 class="kern-heading-large">${texts.intake.title}</h1>
      <section class="drop-zone" ?hidden=${!mayFile()} aria-label=${texts.intake.choose}>
        <input id="dateien" type="file" multiple hidden @change=${this.choose} />
        <input id="ordner" type="file" webkitdirectory hidden @change=${this.choose} />
        <div class="buttons">
          <button type="button" class="kern-btn kern-btn--primary" @click=${() => this.pick("dateien")}>
            <span class="kern-label">${texts.intake.choose}</span>
          </button>
          <button type="button" class="kern-btn kern-btn--secondary" @click=${() => this.pick("ordner")}>
            <span class="kern-label">${texts.intake.chooseFolder}</span>
          </button>
        </div>
        <p>${texts.intake.dropHint}</p>
        <p class="muted">${texts.intake.formats}</p>
      </section>
      ${this.problem ? alert("danger", texts.app.problem, this.problem) : nothing} ${this.renderQueue()}
    `;
  }

  private renderQueue(): TemplateResult {
    return html`<section aria-labelledby="eingaenge">
      <div class="list-head">
        <h2 id="eingaenge" class="kern-heading-medium">${texts.intake.queue}</h2>
        <nav class="groups" aria-label=${texts.intake.groupsLabel}>
          ${intakeGroups.map(
            (group) => html`<a
              href=${href({ view: "intakes", group })}
              aria-current=${group === this.group ? "true" : nothing}
              >${texts.intake.groups[group]}</a
            >`,
          )}
        </nav>
      </div>
      ${this.renderRows()}
      ${this.next
        ? html`<button type="button" class="kern-btn kern-btn--tertiary" @click=${() => this.load(this.next)}>
            <span class="kern-label">${texts.app.more}</span>
          </button>`
        : nothing}
    </section>`;
  }

  /** What is being worked on comes first: in a long queue its progress would be far down. */
  private get ordered(): Intake[] {
    const working = ({ state }: Intake) => Number(state === "working");
    return [...(this.intakes ?? [])].sort((left, right) => working(right) - working(left));
  }

  private renderRows(): TemplateResult {
    const intakes = this.intakes;
    if (!intakes) return this.problem ? html`` : loading();
    if (intakes.length === 0 && uploads.list.length === 0) return html`<p class="kern-body">${texts.intake.empty}</p>`;
    const actions = {
      cancel: (intake: Intake) => void this.act(intake.id, service.cancel(intake.id)),
      retry: (intake: Intake) => void this.act(intake.id, service.retry(intake.id)),
      join: (intake: Intake) => void this.act(intake.id, service.join(intake.id)),
    };
    return html`<ul class="intakes">
      ${repeat(uploads.list, ({ key }) => key, uploadRow)}
      ${repeat(
        this.ordered,
        ({ id }) => id,
        (intake) => intakeRow(intake, this.names.get(intake.parent) ?? "", actions),
      )}
    </ul>`;
  }
}

import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { FilePlanEntry } from "../api";
import { PageElement } from "../element";
import { texts } from "../texts";
import { entryText, matchingEntries } from "./plan_entries";

/**
 * A field for a file plan entry with a list to search in (the combobox pattern of the ARIA practices).
 * Dispatches "change" with the number of the chosen entry.
 */
@customElement("eakte-plan-picker")
export class PlanPicker extends PageElement {
  @property({ attribute: false }) entries: FilePlanEntry[] = [];
  @property({ attribute: false }) value = "";
  @property({ attribute: false }) problem = "";
  /** what is being typed; nothing while an entry is chosen and the list closed */
  @state() private typed: string | undefined;
  @state() private active = -1;

  private get offered(): FilePlanEntry[] {
    return matchingEntries(this.entries, this.typed ?? "");
  }

  private choose(entry: FilePlanEntry): void {
    this.value = entry.number;
    this.close();
    this.dispatchEvent(new CustomEvent("change", { detail: entry.number }));
  }

  private close(): void {
    this.typed = undefined;
    this.active = -1;
  }

  private type(event: Event): void {
    this.typed = (event.target as HTMLInputElement).value;
    this.active = this.typed ? 0 : -1;
  }

  private key(event: KeyboardEvent): void {
    const offered = this.offered;
    const chosen = offered[this.active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.typed === undefined) this.typed = "";
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = Math.min(Math.max(this.active + step, 0), offered.length - 1);
      void this.updateComplete.then(() =>
        this.querySelector(`#plan-${this.active}`)?.scrollIntoView({ block: "nearest" }),
      );
    } else if (event.key === "Enter" && this.typed !== undefined && chosen) {
      this.choose(chosen);
    } else if (event.key === "Escape" && this.typed !== undefined) {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
  }

  protected override render(): TemplateResult {
    const open = this.typed !== undefined;
    const current = this.entries.find(({ number }) => number === this.value);
    return html`<div class="kern-form-input plan-picker">
      <label class="kern-label" for="plan">${texts.fields["plan_entry"]}</label>
      <input
        id="plan"
        class="kern-form-input__input ${this.problem ? "kern-form-input__input--error" : ""}"
        role="combobox"
        autocomplete="off"
        spellcheck="false"
        placeholder=${texts.confirm.planHint}
        aria-autocomplete="list"
        aria-expanded=${open}
        aria-controls="plan-list"
        aria-activedescendant=${this.active >= 0 ? `plan-${this.active}` : nothing}
        aria-invalid=${this.problem ? "true" : nothing}
        aria-describedby=${this.problem ? "plan-problem" : nothing}
        .value=${this.typed ?? (current ? entryText(current) : this.value)}
        @input=${this.type}
        @keydown=${this.key}
        @focus=${(event: Event) => (event.target as HTMLInputElement).select()}
        @click=${() => (this.typed ??= "")}
        @blur=${() => this.close()}
      />
      <ul id="plan-list" role="listbox" aria-label=${texts.fields["plan_entry"]} ?hidden=${!open}>
        ${open ? this.renderEntries() : nothing}
      </ul>
      ${this.problem ? html`<p id="plan-problem" class="field-problem">${this.problem}</p>` : nothing}
    </div>`;
  }

  private renderEntries(): TemplateResult[] {
    const offered = this.offered;
    if (offered.length === 0) {
      return [html`<li role="option" aria-disabled="true" aria-selected="false">${texts.confirm.planNone}</li>`];
    }
    return offered.map(
      (entry, at) => html`<li
        id=${`plan-${at}`}
        role="option"
        aria-selected=${at === this.active}
        @pointerdown=${(event: Event) => event.preventDefault()}
        @click=${() => this.choose(entry)}
      >
        <span class="number">${entry.number}</span> ${entry.title}
        <span class="muted">${entry.retention}</span>
      </li>`,
    );
  }
}

import { html, nothing, type TemplateResult } from "lit";

interface InputOptions {
  type?: "text" | "password" | "date" | "number";
  hint?: string;
  autocomplete?: string;
  required?: boolean;
}

/** A labelled input; `name` is its name in the form's data and, with the form's id, its id. */
export function input(form: string, name: string, label: string, value = "", options: InputOptions = {}): TemplateResult {
  const id = `${form}-${name}`;
  const { type = "text", hint = "", autocomplete = "off", required = true } = options;
  return html`<div class="kern-form-input">
    <label class="kern-label" for=${id}>${label}</label>
    ${hint ? html`<div class="muted" id=${`${id}-hint`}>${hint}</div>` : nothing}
    <input
      id=${id}
      name=${name}
      class="kern-form-input__input"
      type=${type}
      autocomplete=${autocomplete}
      aria-describedby=${hint ? `${id}-hint` : nothing}
      ?required=${required}
      .value=${value}
    />
  </div>`;
}

/** A labelled choice among values with their names. */
export function select(
  form: string,
  name: string,
  label: string,
  value: string,
  choices: readonly (readonly [string, string])[],
  change?: (value: string) => void,
): TemplateResult {
  const id = `${form}-${name}`;
  return html`<div class="kern-form-input">
    <label class="kern-label" for=${id}>${label}</label>
    <select
      id=${id}
      name=${name}
      class="plain-select"
      @change=${(event: Event) => change?.((event.target as HTMLSelectElement).value)}
    >
      ${choices.map(([code, text]) => html`<option value=${code} ?selected=${code === value}>${text}</option>`)}
    </select>
  </div>`;
}

/** A labelled field of several lines. */
export function area(form: string, name: string, label: string, value: string, hint = "", rows = 3): TemplateResult {
  const id = `${form}-${name}`;
  return html`<div class="kern-form-input">
    <label class="kern-label" for=${id}>${label}</label>
    ${hint ? html`<div class="muted" id=${`${id}-hint`}>${hint}</div>` : nothing}
    <textarea
      id=${id}
      name=${name}
      class="kern-form-input__input plain-area"
      rows=${rows}
      aria-describedby=${hint ? `${id}-hint` : nothing}
      .value=${value}
    ></textarea>
  </div>`;
}

/** The values of a form by name. */
export function valuesOf(event: Event): Record<string, string> {
  event.preventDefault();
  const data = new FormData(event.target as HTMLFormElement);
  return Object.fromEntries([...data].map(([name, value]) => [name, String(value).trim()]));
}

/** As typed: a password may begin or end with a blank. */
export function verbatim(event: Event, name: string): string {
  return String(new FormData(event.target as HTMLFormElement).get(name) ?? "");
}

export const button = (label: string, kind: "primary" | "secondary" | "tertiary" = "primary", disabled = false): TemplateResult =>
  html`<button type="submit" class="kern-btn kern-btn--${kind}" ?disabled=${disabled}><span class="kern-label">${label}</span></button>`;

export const actionButton = (
  label: string,
  click: () => void,
  kind: "secondary" | "tertiary" = "secondary",
  name = "",
  disabled = false,
): TemplateResult =>
  html`<button type="button" class="kern-btn kern-btn--${kind}" aria-label=${name || nothing} ?disabled=${disabled} @click=${click}>
    <span class="kern-label">${label}</span>
  </button>`;

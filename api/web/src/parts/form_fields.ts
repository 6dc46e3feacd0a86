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

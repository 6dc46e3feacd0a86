import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import type { PlanCode, RetentionRule, RulePeriod } from "../api";
import { PageElement } from "../element";
import { isEditable, newPeriod, newRule, notationOf, type Unit, unitOf, units } from "../retention_rule";
import { texts } from "../texts";
import { actionButton, input, select } from "./form_fields";

/** "festsetzungsfrist" -> "Festsetzungsfrist" */
const asNoun = (code: string): string => code.charAt(0).toLocaleUpperCase("de") + code.slice(1).replaceAll("_", " ");

/** The fields of a retention rule. Dispatches "change" with the rule in the notation of the file plan. */
@customElement("eakte-rule-fields")
export class RuleFields extends PageElement {
  /** The rule as it is; nothing for an entry without one. */
  @property({ attribute: false }) rule: RetentionRule | null = null;
  @property({ attribute: false }) notation = "";
  @property({ attribute: false }) events: readonly PlanCode[] = [];
  /** What a rule of the plan may not end before. */
  @property({ attribute: false }) suspensions: readonly string[] = [];
  @state() private edited: RetentionRule | undefined;

  protected override willUpdate(): void {
    this.edited ??= this.rule ?? newRule();
  }

  private change(part: Partial<RetentionRule>): void {
    this.edited = { ...(this.edited ?? newRule()), ...part };
    this.dispatchEvent(new CustomEvent("change", { detail: notationOf(this.edited) }));
  }

  private changePeriod(at: number, part: Partial<RulePeriod>): void {
    const periods = (this.edited?.periods ?? []).map((period, place) => (place === at ? { ...period, ...part } : period));
    this.change({ periods });
  }

  private addPeriod(rule: RetentionRule): void {
    const combination = rule.combination === "single" ? "latest" : rule.combination;
    this.change({ combination, periods: [...rule.periods, newPeriod(combination === "stages" ? "vorige_stufe" : "zdA")] });
  }

  private removePeriod(rule: RetentionRule, at: number): void {
    const periods = rule.periods.filter((_, place) => place !== at);
    this.change({ periods, combination: periods.length < 2 ? "single" : rule.combination });
  }

  /** The events of the plan, and those this rule names beside them. */
  private eventChoices(rule: RetentionRule): (readonly [string, string])[] {
    const choices = new Map<string, string>([["zdA", texts.plan.rule.closing]]);
    for (const { code, name } of this.events) if (code !== "zdA") choices.set(code, name || code);
    if (rule.combination === "stages") choices.set("vorige_stufe", texts.plan.rule.previousStage);
    for (const { event } of rule.periods) if (!choices.has(event)) choices.set(event, event);
    return [...choices];
  }

  protected override render(): TemplateResult {
    const rule = this.edited ?? newRule();
    const { rule: words } = texts.plan;
    // Events of single fields must not be taken for that of the whole.
    const stop = (event: Event) => {
      if (!(event instanceof CustomEvent)) event.stopPropagation();
    };
    if (this.rule === null ? this.notation !== "" : !isEditable(this.rule)) return this.renderNotation(stop);
    return html`<div class="rule-fields" @change=${stop} @input=${stop}>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${rule.unlimited}
          @change=${(event: Event) => {
            const unlimited = (event.target as HTMLInputElement).checked;
            this.change({ unlimited, periods: rule.periods.length > 0 ? rule.periods : [newPeriod()] });
          }}
        />${words.unlimited}
      </label>
      ${rule.unlimited
        ? nothing
        : html`${select("frist", "kind", words.kind, rule.kind, Object.entries(words.kinds), (kind) =>
            this.change({ kind: kind as RetentionRule["kind"] }),
          )}
          ${rule.periods.map((period, at) => this.renderPeriod(rule, period, at))} ${this.renderCombination(rule)}
          ${this.renderSuspension(rule)}`}
    </div>`;
  }

  private renderNotation(stop: (event: Event) => void): TemplateResult {
    return html`<div
      class="rule-fields"
      @change=${stop}
      @input=${(event: Event) => {
        event.stopPropagation();
        this.dispatchEvent(new CustomEvent("change", { detail: (event.target as HTMLInputElement).value.trim() }));
      }}
    >
      ${input("frist", "notation", texts.plan.rule.notation, this.notation, { hint: texts.plan.rule.notationHint })}
    </div>`;
  }

  private renderPeriod(rule: RetentionRule, period: RulePeriod, at: number): TemplateResult {
    const { rule: words } = texts.plan;
    const form = `frist-${at}`;
    const unit = unitOf(period) ?? "years";
    const several = rule.periods.length > 1;
    const count = (amount: number, of: Unit) =>
      this.changePeriod(at, { ...Object.fromEntries(units.map((one) => [one, one === of ? amount : 0])) });
    return html`<fieldset class="rule-period">
      <legend class=${several ? "muted" : "kern-sr-only"}>${words.period(at + 1)}</legend>
      <div class="kern-form-input">
        <label class="kern-label" for=${`${form}-amount`}>${words.amount}</label>
        <input
          id=${`${form}-amount`}
          class="kern-form-input__input"
          type="number"
          step="1"
          required
          .value=${String(period[unit])}
          @input=${(event: Event) => count(Math.trunc(Number((event.target as HTMLInputElement).value)) || 0, unit)}
        />
      </div>
      ${select(form, "unit", words.unit, unit, Object.entries(words.units), (next) => count(period[unit], next as Unit))}
      ${select(form, "event", words.event, period.event, this.eventChoices(rule), (event) => this.changePeriod(at, { event }))}
      ${select(form, "rounding", words.rounding, period.rounding, Object.entries(words.roundings), (rounding) =>
        this.changePeriod(at, { rounding: rounding as RulePeriod["rounding"] }),
      )}
      ${rule.combination === "stages" ? this.renderStage(form, period, at) : nothing}
      ${several ? actionButton(words.remove(at + 1), () => this.removePeriod(rule, at), "tertiary") : nothing}
    </fieldset>`;
  }

  private renderStage(form: string, period: RulePeriod, at: number): TemplateResult {
    return html`<div class="kern-form-input">
        <label class="kern-label" for=${`${form}-name`}>${texts.plan.rule.stageName}</label>
        <input
          id=${`${form}-name`}
          class="kern-form-input__input"
          .value=${period.name}
          @input=${(event: Event) => this.changePeriod(at, { name: (event.target as HTMLInputElement).value })}
        />
      </div>
      <label class="choice">
        <input
          type="checkbox"
          .checked=${period.access_locked}
          @change=${(event: Event) => this.changePeriod(at, { access_locked: (event.target as HTMLInputElement).checked })}
        />${texts.plan.rule.locked}
      </label>`;
  }

  private renderCombination(rule: RetentionRule): TemplateResult {
    const { rule: words } = texts.plan;
    return html`${rule.periods.length > 1
      ? select("frist", "combination", words.combination, rule.combination, Object.entries(words.combinations), (combination) =>
          this.change({ combination: combination as RetentionRule["combination"] }),
        )
      : nothing}
    ${actionButton(words.add, () => this.addPeriod(rule), "tertiary")}`;
  }

  private renderSuspension(rule: RetentionRule): TemplateResult {
    const { rule: words } = texts.plan;
    const choices = new Map<string, string>([["", words.noSuspension]]);
    for (const code of [...this.suspensions, rule.suspension]) if (code) choices.set(code, asNoun(code));
    return select("frist", "suspension", words.suspension, rule.suspension, [...choices], (suspension) =>
      this.change({ suspension }),
    );
  }
}

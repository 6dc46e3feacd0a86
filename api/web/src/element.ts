import { LitElement } from "lit";
import { ServiceError } from "./http";
import { texts } from "./texts";

/** A part of the page without a shadow tree, so that the design system's style sheet reaches it. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** What a person is told about a failure; nothing for a request that was called back. */
export function problemText(problem: unknown): string {
  if (problem instanceof DOMException && problem.name === "AbortError") return "";
  if (problem instanceof ServiceError) return problem.message;
  console.error(problem);
  return texts.errors.unexpected;
}

/** Reads a sentence to people who use a screen reader. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcements");
  if (region) region.textContent = sentence;
}

import type { ArchiveEvent, Intake } from "./api";
import { address } from "./http";

/** What a part of the page wants to hear of the service. */
export interface Listener {
  intake?(intake: Intake): void;
  archive?(event: ArchiveEvent): void;
  /** The stream is open, for the first time or again: what was missed before must be fetched. */
  opened?(): void;
}

const listeners = new Set<Listener>();
let stream: EventSource | undefined;
/** true when something may have been missed: before the stream first opens, and after every gap */
let interrupted = true;
let retryTimer: ReturnType<typeof setTimeout> | undefined;

const longestWait = 15_000;
let wait = 1000;

function open(): void {
  if (stream || listeners.size === 0 || document.hidden) return;
  clearTimeout(retryTimer);
  stream = new EventSource(address("/events"));
  stream.onopen = () => {
    wait = 1000;
    if (interrupted) for (const listener of listeners) listener.opened?.();
    interrupted = false;
  };
  stream.onerror = () => {
    interrupted = true;
    // The browser tries again by itself unless the service answered with an error.
    if (stream?.readyState !== EventSource.CLOSED) return;
    stream = undefined;
    retryTimer = setTimeout(open, wait);
    wait = Math.min(wait * 2, longestWait);
  };
  stream.addEventListener("intake", (event) => {
    const intake = JSON.parse(event.data as string) as Intake;
    for (const listener of listeners) listener.intake?.(intake);
  });
  stream.addEventListener("archive", (event) => {
    const archive = JSON.parse(event.data as string) as ArchiveEvent;
    for (const listener of listeners) listener.archive?.(archive);
  });
}

function close(): void {
  clearTimeout(retryTimer);
  stream?.close();
  stream = undefined;
}

// A browser allows six connections to a service: tabs nobody looks at must not hold them.
globalThis.document?.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    interrupted = true;
    close();
  } else {
    open();
  }
});

/** Hears events until the returned function is called. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  open();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) close();
  };
}

import type { Intake } from "./api";
import { problemText } from "./element";
import { ServiceError, upload } from "./http";
import { texts } from "./texts";

export interface Upload {
  /** Also the Idempotency-Key: a second attempt can never make a second intake. */
  key: string;
  file: File;
  name: string;
  state: "waiting" | "sending" | "failed";
  sent: number;
  problem: string;
  abort: AbortController;
}

const atOnce = 2;
const attempts = 4;

/** The files on their way to the service. Dispatches "change", and "accepted" with the new intakes. */
class Uploads extends EventTarget {
  readonly list: Upload[] = [];

  add(files: readonly NamedFile[]): void {
    for (const { file, name } of files) {
      const key = crypto.randomUUID();
      this.list.push({ key, file, name, state: "waiting", sent: 0, problem: "", abort: new AbortController() });
    }
    this.proceed();
  }

  retry(entry: Upload): void {
    entry.state = "waiting";
    entry.abort = new AbortController();
    this.proceed();
  }

  /** Stops the transfer, if there is one, and forgets the file. */
  remove(entry: Upload): void {
    entry.abort.abort();
    this.forget(entry);
    this.proceed();
  }

  private forget(entry: Upload): void {
    const at = this.list.indexOf(entry);
    if (at >= 0) this.list.splice(at, 1);
  }

  private proceed(): void {
    for (const entry of this.list) {
      if (this.list.filter(({ state }) => state === "sending").length >= atOnce) break;
      if (entry.state === "waiting") void this.send(entry);
    }
    this.dispatchEvent(new Event("change"));
  }

  private async send(entry: Upload): Promise<void> {
    entry.state = "sending";
    entry.problem = "";
    try {
      const intakes = await this.sendPatiently(entry);
      this.forget(entry);
      this.dispatchEvent(new CustomEvent<Intake[]>("accepted", { detail: intakes }));
    } catch (problem) {
      entry.state = "failed";
      entry.problem = problemText(problem);
    }
    this.proceed();
  }

  /** Tries again by itself only when the connection broke or the service is busy, not when it refused. */
  private async sendPatiently(entry: Upload): Promise<Intake[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await upload(entry.file, entry.name, entry.key, (sent) => this.progress(entry, sent), entry.abort.signal);
      } catch (problem) {
        const passing = problem instanceof ServiceError && (problem.status === 0 || problem.status === 503);
        if (!passing || attempt === attempts) throw problem;
        await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
        entry.abort.signal.throwIfAborted();
      }
    }
  }

  private progress(entry: Upload, sent: number): void {
    entry.sent = sent;
    this.dispatchEvent(new Event("change"));
  }
}

export const uploads = new Uploads();

globalThis.addEventListener?.("beforeunload", (event) => {
  if (uploads.list.some(({ state }) => state !== "failed")) {
    event.preventDefault();
    event.returnValue = texts.intake.leave;
  }
});

export interface NamedFile {
  file: File;
  /** with the directories it was dropped in, "Scans/Brief.tif" */
  name: string;
}

/** Files that desktop systems leave in directories, and that nobody means to hand in. */
export const isLitter = (name: string): boolean => /(^|\/)(\.[^/]*|Thumbs\.db|desktop\.ini)$/i.test(name);

export function chosenFiles(files: FileList | null): NamedFile[] {
  return [...(files ?? [])]
    .map((file) => ({ file, name: file.webkitRelativePath || file.name }))
    .filter(({ name }) => !isLitter(name));
}

/** All files of a drop, those in directories included. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // Entries must be taken before the first await: the list is emptied when the event is over.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter((entry) => !!entry);
  if (entries.length === 0) return chosenFiles(transfer.files);
  return (await Promise.all(entries.map((entry) => filesOf(entry)))).flat();
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\//, "");
  if (isLitter(name)) return [];
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ file, name }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: NamedFile[] = [];
  // A reader gives at most a hundred entries at a time, and none at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return files;
    for (const one of entries) files.push(...(await filesOf(one)));
  }
}

import type {
  Account,
  ConfirmedFields,
  CorrectedPage,
  Destruction,
  DestructionOutcome,
  Document,
  DocumentList,
  DueList,
  DueYear,
  FilePlan,
  FolderList,
  FolderRecord,
  Hits,
  Hold,
  Intake,
  IntakeList,
  IntakeState,
  NewAccount,
  NewHold,
  PageHits,
  PageLines,
  Permission,
  RoleName,
  Session,
  SortOrder,
  Status,
} from "./api";
import { texts } from "./texts";

/** A request the service refused; `message` is its German sentence. */
export class ServiceError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Dispatched on the window when a request was refused because nobody is logged in any more. */
export const loginNeeded = "eakte-login-needed";

type Parameters = Record<string, string | number | readonly string[] | undefined>;

/** The tenant the address names; empty for the service's first one. */
export const tenant = new URLSearchParams(globalThis.location?.search ?? "").get("tenant") ?? "";

/** The address of a resource, with the tenant; empty and undefined parameters are left out. */
export function address(path: string, parameters: Parameters = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...parameters, tenant })) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") search.append(name, String(one));
    }
  }
  const query = search.toString();
  return `/api/v1${path}${query ? `?${query}` : ""}`;
}

/** Reads the error body of a refused request; a general sentence when there is none. */
export function serviceError(status: number, body: string): ServiceError {
  try {
    const { error } = JSON.parse(body) as { error: { code: string; message: string } };
    return new ServiceError(status, error.code, error.message);
  } catch {
    return new ServiceError(status, "", texts.errors.status(status));
  }
}

export async function request<T>(url: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (problem) {
    if (problem instanceof DOMException && problem.name === "AbortError") throw problem;
    throw new ServiceError(0, "unreachable", texts.errors.unreachable);
  }
  if (!response.ok) {
    const problem = serviceError(response.status, await response.text());
    if (problem.code === "login_needed") dispatchEvent(new Event(loginNeeded));
    throw problem;
  }
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (problem) {
    // The answer broke off on its way.
    if (problem instanceof TypeError) throw new ServiceError(0, "unreachable", texts.errors.unreachable);
    throw problem;
  }
}

export function get<T>(path: string, parameters?: Parameters, signal?: AbortSignal): Promise<T> {
  return request<T>(address(path, parameters), signal ? { signal } : {});
}

export function change<T>(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { "X-Eakte": "1" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  return request<T>(address(path), {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export const post = <T>(path: string, body?: unknown): Promise<T> => change<T>("POST", path, body);

const one = encodeURIComponent;

export const service = {
  status: () => get<Status>("/status"),
  intakes: (states: readonly IntakeState[], cursor = "", limit = 50) =>
    get<IntakeList>("/intakes", { state: states, cursor, limit }),
  cancel: (id: string) => post<Intake>(`/intakes/${one(id)}/cancel`),
  retry: (id: string) => post<Intake>(`/intakes/${one(id)}/retry`),
  join: (id: string) => post<Intake>(`/intakes/${one(id)}/join`),
  search: (
    query: { q: string; filter: readonly string[]; sort: SortOrder; offset: number; limit: number },
    signal?: AbortSignal,
  ) => get<Hits>("/search", query, signal),
  documents: (state: "" | "filed" | "review", cursor = "", limit = 20) =>
    get<DocumentList>("/documents", { state, cursor, limit }),
  document: (id: string) => get<Document>(`/documents/${one(id)}`),
  confirm: (id: string, fields: ConfirmedFields) => post<Document>(`/documents/${one(id)}/confirm`, fields),
  hits: (id: string, page: number, q: string) => get<PageHits>(`/documents/${one(id)}/pages/${page}/hits`, { q }),
  pageText: (id: string, page: number) => get<PageLines>(`/documents/${one(id)}/pages/${page}/text`),
  correctText: (id: string, page: number, revision: number, lines: readonly string[]) =>
    change<CorrectedPage>("PUT", `/documents/${one(id)}/pages/${page}/text`, { revision, lines }),
  restoreText: (id: string, page: number) =>
    change<CorrectedPage>("DELETE", `/documents/${one(id)}/pages/${page}/text`),
  similar: (id: string) => get<Pick<Hits, "hits">>(`/documents/${one(id)}/similar`),
  filePlan: () => get<FilePlan>("/file-plan"),
  session: () => get<Session>("/session"),
  logIn: (name: string, password: string) => post<Session>("/session", { name, password }),
  logOut: () => change<undefined>("DELETE", "/session"),
  changePassword: (old_password: string, new_password: string) =>
    change<undefined>("PUT", "/session/password", { old_password, new_password }),
  accounts: () => get<{ accounts: Account[] }>("/accounts"),
  unconfirmedAccounts: () => get<{ accounts: Account[] }>("/accounts/unconfirmed"),
  confirmAccount: (name: string) => post<Account>(`/accounts/${one(name)}/confirm`, {}),
  addAccount: (account: NewAccount) => post<Account>("/accounts", account),
  setRoles: (name: string, roles: readonly RoleName[]) => change<Account>("PUT", `/accounts/${one(name)}/roles`, { roles }),
  setPassword: (name: string, password: string) =>
    change<undefined>("PUT", `/accounts/${one(name)}/password`, { password }),
  setDisabled: (name: string, disabled: boolean) =>
    change<Account>("PUT", `/accounts/${one(name)}/disabled`, { disabled }),
  folders: (q: string, cursor = "", limit = 50) => get<FolderList>("/folders", { q, cursor, limit }),
  folder: (id: string) => get<FolderRecord>(`/folders/${one(id)}`),
  closeFolder: (id: string, on: string, delete_drafts: readonly string[] = []) =>
    post<FolderRecord>(`/folders/${one(id)}/close`, { on, delete_drafts }),
  reopenFolder: (id: string) => post<FolderRecord>(`/folders/${one(id)}/reopen`),
  enterEvent: (id: string, event: string, on: string) => post<FolderRecord>(`/folders/${one(id)}/events`, { event, on }),
  suspend: (id: string) => post<FolderRecord>(`/folders/${one(id)}/suspend`),
  addFolder: (folder: { plan_entry: string; reference: string; title: string }) => post<FolderRecord>("/folders", folder),
  addCase: (id: string, reference: string, title: string) =>
    post<FolderRecord>(`/folders/${one(id)}/cases`, { reference, title }),
  closeCase: (id: string, on: string, delete_drafts: readonly string[] = []) =>
    post<FolderRecord>(`/cases/${one(id)}/close`, { on, delete_drafts }),
  reopenCase: (id: string) => post<FolderRecord>(`/cases/${one(id)}/reopen`),
  due: (on: string, plan_entry: string, year: number, cursor = "", limit = 100) =>
    get<DueList>("/retention/due", { on, plan_entry, year: year || "", cursor, limit }),
  dueYears: () => get<{ years: DueYear[] }>("/retention/years"),
  holds: (until: string) => get<{ holds: Hold[] }>("/holds", { until }),
  placeHolds: (hold: NewHold) => post<{ holds: string[] }>("/holds", hold),
  destructions: (cursor = "") => get<{ destructions: Destruction[]; next: string }>("/destructions", { cursor }),
  proposeDestruction: (folders: readonly string[]) => post<DestructionOutcome>("/destructions", { folders }),
  approveDestruction: (destructions: readonly string[]) =>
    post<DestructionOutcome>("/destructions/approve", { destructions }),
  withdrawDestruction: (id: string, reason: string) => post<Destruction>(`/destructions/${one(id)}/withdraw`, { reason }),
  permissions: () => get<{ permissions: Permission[] }>("/destruction-permissions"),
  addPermission: (permission: { number: string; issued_on: string; valid_until: string; plan_entries: string[] }) =>
    post<{ permissions: Permission[] }>("/destruction-permissions", permission),
  revokePermission: (id: string) => post<{ permissions: Permission[] }>(`/destruction-permissions/${one(id)}/revoke`),
  liftHold: (id: string, reason: string) => post<undefined>(`/holds/${one(id)}/lift`, { reason }),
};

/**
 * Pictures come in few widths, so that the browser's cache serves them again after small changes of the window.
 * `version` names the PDF/A they are taken from; with it they may be kept without asking again.
 */
export function pictureAddress(id: string, page: number, cssPixels: number, version = ""): string {
  const wanted = cssPixels * Math.min(globalThis.devicePixelRatio || 1, 2);
  const width = [160, 320, 800, 1200, 1600, 2400].find((step) => step >= wanted) ?? 2400;
  return address(`/documents/${one(id)}/pages/${page}/picture`, { width, v: version });
}

export function renditionAddress(id: string, role: string, inline = false): string {
  return address(`/documents/${one(id)}/renditions/${role}`, inline ? { disposition: "inline" } : {});
}

/**
 * Sends one file as a raw body; resolves to its intakes when they are durable. XMLHttpRequest because fetch
 * tells nothing about the progress of an upload. The same key again gives the same intake again.
 */
export function upload(
  file: File,
  name: string,
  key: string,
  progress: (sent: number) => void,
  signal: AbortSignal,
): Promise<Intake[]> {
  return new Promise((resolve, reject) => {
    const transfer = new XMLHttpRequest();
    transfer.open("POST", address("/intakes", { name }));
    transfer.setRequestHeader("X-Eakte", "1");
    transfer.setRequestHeader("Idempotency-Key", key);
    transfer.setRequestHeader("Content-Type", "application/octet-stream");
    transfer.upload.onprogress = (event) => progress(event.loaded);
    transfer.onload = () => {
      if (transfer.status >= 200 && transfer.status < 300) {
        resolve((JSON.parse(transfer.responseText) as { intakes: Intake[] }).intakes);
      } else {
        reject(serviceError(transfer.status, transfer.responseText));
      }
    };
    transfer.onerror = () => reject(new ServiceError(0, "unreachable", texts.errors.unreachable));
    transfer.onabort = () => reject(new DOMException("", "AbortError"));
    signal.addEventListener("abort", () => transfer.abort());
    transfer.send(file);
  });
}

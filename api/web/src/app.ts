import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import type { Session, Status } from "./api";
import { announce, PageElement } from "./element";
import { listen } from "./events";
import { formatSize } from "./format";
import { loginNeeded, service } from "./http";
import { here, href, navigate, placeChanged } from "./navigation";
import { alert } from "./parts/common";
import { emptySearch, type Place } from "./router";
import { logOut, mayAdminister, mayAudit, mayFile, mayManage, readsContent, refreshSession, session, sessionChanged } from "./session";
import { evidenceTexts } from "./proof_texts";
import { texts } from "./texts";
import { droppedFiles, uploads } from "./uploads";
import "./views/accounts_view";
import "./views/destruction_view";
import "./views/disposals_view";
import "./views/document_view";
import "./views/due_view";
import "./views/erasure_view";
import "./views/evidence_view";
import "./views/folder_view";
import "./views/folders_view";
import "./views/holds_view";
import "./views/intake_view";
import "./views/login_view";
import "./views/plan_draft_view";
import "./views/plan_proposal_view";
import "./views/plan_versions_view";
import "./views/own_password_view";
import "./views/plan_view";
import "./views/review_view";
import "./views/scans_view";
import "./views/search_view";

const disposalViews: readonly Place["view"][] = ["due", "holds", "disposals", "destruction", "erasure", "scans"];

/** The frame around every view: header, navigation, status, and the whole page as a place to drop files. */
@customElement("eakte-app")
export class App extends PageElement {
  @state() private place: Place = here();
  @state() private status?: Status | undefined;
  @state() private dragging = false;
  /** nothing while it is not known yet */
  @state() private session: Session | undefined;
  @state() private loginNotice = "";
  private stopListening: (() => void) | undefined;
  private statusTimer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(placeChanged, () => this.moveTo(here()));
    addEventListener("eakte-status", () => this.refreshStatus());
    addEventListener(sessionChanged, () => this.takeSession(session()));
    addEventListener(loginNeeded, () => {
      if (this.session?.account) void this.askSession();
    });
    void this.askSession();
    this.takeDrops();
  }

  private async askSession(): Promise<void> {
    try {
      await refreshSession();
    } catch {
      // Without an answer nothing else works either; the view says what is wrong.
      this.session ??= { accounts: false, account: null };
    }
  }

  /** Nothing more is asked in the name of a session that ends. */
  private stopAsking(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    clearTimeout(this.statusTimer);
    this.statusTimer = undefined;
  }

  private leave(): void {
    this.stopAsking();
    logOut().catch(() => this.askSession());
  }

  private get loginMissing(): boolean {
    return this.session !== undefined && this.session.accounts && this.session.account === null;
  }

  private get passwordToChange(): boolean {
    return this.session?.account?.must_change_password ?? false;
  }

  private takeSession(next: Session | undefined): void {
    const before = this.session?.account;
    this.session = next;
    if (before && !next?.account) this.loginNotice = texts.login.loggedOut;
    if (next?.account) this.loginNotice = "";
    this.stopAsking();
    if (this.loginMissing) {
      this.status = undefined;
      return;
    }
    if (this.passwordToChange) return;
    this.refreshStatus();
    if (!readsContent()) return;
    this.stopListening = listen({
      intake: () => this.refreshStatus(),
      archive: () => this.refreshStatus(),
      opened: () => this.refreshStatus(),
    });
  }

  private moveTo(place: Place): void {
    const sameView = place.view === this.place.view;
    this.place = place;
    if (sameView) return;
    scrollTo(0, 0);
    // After a change of view people who cannot see it must land at its start; the search has its box for that.
    if (place.view === "search") return;
    void this.updateComplete.then(() => this.querySelector<HTMLElement>("main")?.focus());
  }

  /** Many events come at once while a stack is processed; one answer per moment is enough. */
  private refreshStatus(): void {
    this.statusTimer ??= setTimeout(() => {
      this.statusTimer = undefined;
      service.status().then(
        (status) => (this.status = status),
        () => (this.status = undefined),
      );
    }, 300);
  }

  private takeDrops(): void {
    const carriesFiles = (event: DragEvent) => mayFile() && (event.dataTransfer?.types.includes("Files") ?? false);
    addEventListener("dragover", (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      this.dragging = true;
    });
    addEventListener("dragleave", (event) => {
      if (event.relatedTarget === null) this.dragging = false;
    });
    addEventListener("drop", (event) => {
      this.dragging = false;
      if (!carriesFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      void droppedFiles(event.dataTransfer).then((files) => {
        if (files.length === 0) return;
        uploads.add(files);
        announce(texts.intake.added(files.length));
        if (this.place.view !== "intakes") navigate({ view: "intakes", group: "alle" });
      });
    });
  }

  protected override render(): TemplateResult {
    return html`
      <a class="skip-link" href="#inhalt">${texts.app.skip}</a>
      ${this.renderHeader()} ${this.session && !this.loginMissing ? this.renderDisposalLinks() : nothing}
      <main id="inhalt" tabindex="-1">${this.renderView()}</main>
      <footer>
        ${this.status ? html`<span>${texts.app.name} ${this.status.version}</span>` : nothing}
        ${this.session?.accounts === false
          ? html`<span>${texts.app.open} <a href=${href({ view: "accounts" })}>${texts.app.openMore}</a></span>`
          : nothing}
        <a href="/licences.txt">${texts.app.licences}</a>
      </footer>
      <div id="announcements" class="kern-sr-only" role="status" aria-live="polite"></div>
      ${this.dragging ? html`<div class="drop-veil"><p>${texts.app.drop}</p></div>` : nothing}
    `;
  }

  private renderHeader(): TemplateResult {
    const counts = this.status?.counts;
    const working = (counts?.queued ?? 0) + (counts?.working ?? 0);
    return html`<header class="page-header">
      <a class="brand" href=${href({ view: "search", search: emptySearch })}>
        <span class="brand-mark" aria-hidden="true"></span>${texts.app.name}
      </a>
      ${this.session && !this.loginMissing && !this.passwordToChange ? this.renderNavigation(working) : nothing}
      ${this.status
        ? html`<p class="status">
            <span class="tenant"><span class="kern-sr-only">${texts.app.tenant}: </span>${this.status.tenant}</span>
            <span class="wide-only">${texts.app.working(working)}</span>
            <span class="wide-only">${texts.app.free(formatSize(this.status.free_bytes))}</span>
          </p>`
        : nothing}
      ${this.session?.account ? this.renderAccount(this.session.account.display_name) : nothing}
    </header>`;
  }

  private renderNavigation(working: number): TemplateResult {
    const review = this.status?.counts.review ?? 0;
    return html`<nav aria-label=${texts.app.navigation}>
      ${readsContent()
        ? html`${this.renderLink({ view: "search", search: emptySearch }, texts.app.search)}
          ${this.renderLink({ view: "intakes", group: "alle" }, texts.app.intakes, working, texts.app.working(working))}
          ${this.renderLink({ view: "review" }, texts.app.review, review, texts.app.reviewCount(review))}
          ${this.renderLink({ view: "folders", q: "" }, texts.app.folders)}
          ${this.renderLink({ view: "due", due: { on: "", plan: "", year: 0 } }, texts.app.disposal, 0, "", disposalViews)}
          ${this.renderLink({ view: "plan", entry: "" }, texts.app.plan)}
          ${mayAudit() ? this.renderLink({ view: "evidence" }, evidenceTexts.title) : nothing}`
        : nothing}
      ${this.session?.accounts && mayAdminister() ? this.renderLink({ view: "accounts" }, texts.app.accounts) : nothing}
    </nav>`;
  }

  private renderAccount(name: string): TemplateResult {
    return html`<details class="account-menu">
      <summary aria-label=${texts.login.menu(name)}>${name}</summary>
      <div>
        <p class="muted">${this.session?.account?.roles.map((role) => role.name).join(", ")}</p>
        <a href=${href({ view: "accounts" })}>${texts.login.changePassword}</a>
        <button type="button" class="kern-btn kern-btn--secondary" @click=${() => this.leave()}>
          <span class="kern-label">${texts.login.out}</span>
        </button>
      </div>
    </details>`;
  }

  /** The pages of disposal, a second row while one of them is shown. */
  private renderDisposalLinks(): TemplateResult | typeof nothing {
    if (!readsContent() || !disposalViews.includes(this.place.view)) return nothing;
    return html`<nav class="section-links" aria-label=${texts.app.disposal}>
      ${this.renderLink({ view: "due", due: { on: "", plan: "", year: 0 } }, texts.app.due)}
      ${this.renderLink({ view: "holds", until: "" }, texts.app.holds)}
      ${this.renderLink({ view: "disposals", process: "" }, texts.disposals.title)}
      ${this.renderLink({ view: "destruction" }, texts.app.destruction)}
      ${mayManage() ? this.renderLink({ view: "erasure", request: "" }, texts.erasure.title) : nothing}
      ${this.renderLink({ view: "scans" }, texts.scan.title)}
    </nav>`;
  }

  /** `views`: what the link leads to besides, so that it is the current one there too. */
  private renderLink(place: Place, text: string, count = 0, countText = "", views: readonly Place["view"][] = []): TemplateResult {
    const current = views.includes(this.place.view)
      ? "true"
      : // A page below another one belongs to its link.
        this.place.view.startsWith(place.view)
        ? "page"
        : nothing;
    return html`<a href=${href(place)} aria-current=${current}>
      ${text}${count > 0
        ? html`<span class="count" aria-hidden="true">${count}</span><span class="kern-sr-only">, ${countText}</span>`
        : nothing}
    </a>`;
  }

  private renderView(): TemplateResult | typeof nothing {
    const place = this.place;
    if (!this.session) return nothing;
    if (this.loginMissing) return html`<eakte-login-view .notice=${this.loginNotice}></eakte-login-view>`;
    if (this.passwordToChange) return html`<eakte-own-password-view></eakte-own-password-view>`;
    if (place.view === "accounts") return html`<eakte-accounts-view></eakte-accounts-view>`;
    if (!readsContent()) {
      return html`<div class="narrow">
        <h1 class="kern-heading-large">${texts.app.name}</h1>
        ${alert("info", texts.app.noContent, html`<a class="kern-link" href=${href({ view: "accounts" })}>${texts.app.accounts}</a>`)}
      </div>`;
    }
    switch (place.view) {
      case "search":
        return html`<eakte-search-view .search=${place.search}></eakte-search-view>`;
      case "document":
        return html`<eakte-document-view .documentId=${place.id} .seite=${place.seite} .q=${place.q}></eakte-document-view>`;
      case "intakes":
        return html`<eakte-intake-view .group=${place.group}></eakte-intake-view>`;
      case "review":
        return html`<eakte-review-view></eakte-review-view>`;
      case "folders":
        return html`<eakte-folders-view .q=${place.q}></eakte-folders-view>`;
      case "folder":
        return html`<eakte-folder-view .folderId=${place.id}></eakte-folder-view>`;
      case "due":
        return html`<eakte-due-view .due=${place.due}></eakte-due-view>`;
      case "holds":
        return html`<eakte-holds-view .until=${place.until}></eakte-holds-view>`;
      case "disposals":
        return html`<eakte-disposals-view .process=${place.process}></eakte-disposals-view>`;
      case "destruction":
        return html`<eakte-destruction-view></eakte-destruction-view>`;
      case "erasure":
        return html`<eakte-erasure-view .request=${place.request}></eakte-erasure-view>`;
      case "scans":
        return html`<eakte-scans-view></eakte-scans-view>`;
      case "plan":
        return html`<eakte-plan-view .entry=${place.entry}></eakte-plan-view>`;
      case "planDraft":
        return html`<eakte-plan-draft-view></eakte-plan-draft-view>`;
      case "planVersions":
        return html`<eakte-plan-versions-view .from=${place.from} .to=${place.to}></eakte-plan-versions-view>`;
      case "planProposal":
        return html`<eakte-plan-proposal-view .proposalId=${place.id}></eakte-plan-proposal-view>`;
      case "evidence":
        return html`<eakte-evidence-view></eakte-evidence-view>`;
      case "unknown":
        return html`<div class="narrow">
          <h1 class="kern-heading-large">${texts.app.unknown}</h1>
          <a class="kern-link" href=${href({ view: "search", search: emptySearch })}>${texts.app.toSearch}</a>
        </div>`;
    }
  }
}

/** The JSON of the service, exactly as api/README.md describes it. */
import type { DocumentStructure, FolderStructure } from "./structure_api";

export type IntakeState =
  | "queued"
  | "working"
  | "filed"
  | "review"
  | "refused"
  | "quarantined"
  | "unpacked"
  | "split"
  | "withdrawn"
  | "destroyed"
  | "duplicate";

export interface Intake {
  id: string;
  received_at: string;
  source: string;
  name: string;
  parent: string;
  sha256: string;
  size: number;
  languages: string;
  state: IntakeState;
  reason: string;
  /** The German sentence for `reason`. */
  message: string;
  attempts: number;
  document: string;
  duplicate_of: string;
  stage: string;
  pages_done: number;
  pages_total: number;
}

export interface IntakeList {
  intakes: Intake[];
  next: string;
}

export interface ArchiveEvent {
  tenant: string;
  revision: number;
}

export interface Reason {
  code: string;
  message: string;
}

export interface FolderOrCase {
  id: string;
  reference: string;
  title: string;
}

export interface Retention {
  end: string | null;
  unlimited: boolean;
  sentence: string;
  disposal: string;
  disposal_name: string;
}

export interface CleanupStep {
  name: string;
  applied: boolean;
  confidence: number;
  parameters: Record<string, number>;
}

/** What a machine can read on a page; `box` is left, top, width, height in pixels of the page. */
export interface Code {
  symbology: string;
  text: string;
  box: [number, number, number, number];
}

export interface Page {
  number: number;
  width: number;
  height: number;
  dpi: number;
  quarter_turns: number;
  blank: boolean;
  born_digital: boolean;
  confidence: number;
  steps: CleanupStep[];
  /** Its page in the received file, which differs where a batch was split. */
  original_page: number;
  codes: Code[];
  marks: string[];
}

export interface Proposal {
  field: string;
  value: string;
  confidence: number;
  reason: string;
}

export interface Rendition {
  role: "original" | "pdfa" | "text" | "words" | "corrected_text" | "corrected_words";
  size: number;
  sha256: string;
  media_type: string;
  /** PRONOM, "fmt/478"; empty: not known */
  format: string;
}

/** What lists and search answers hold of a document. */
export interface DocumentSummary {
  id: string;
  revision: number;
  intake: string;
  received_on: string;
  state: "filed" | "review" | "withdrawn";
  review_reasons: Reason[];
  title: string;
  document_type: string;
  sender: string;
  recipient: string;
  reference: string;
  document_date: string | null;
  plan_entry: { number: string; title: string } | null;
  folder: FolderOrCase | null;
  case: FolderOrCase | null;
  retention: Retention;
  original_name: string;
  source: string;
  languages: string;
  page_count: number;
}

export interface PdfaVerdict {
  standard: string;
  valid: boolean;
  violations: string[];
}

export interface PdfSignature {
  kind: string;
  covers_whole_file: boolean;
  digest: "intact" | "broken" | "unreadable";
  signer: string;
}

/** What the archive file and the original were found to be. */
export interface PdfaRecord {
  rendering: string;
  archive: PdfaVerdict;
  original?: PdfaVerdict;
  signatures: PdfSignature[];
  verapdf?: { answer: string; detail: string };
}

export interface Document extends Omit<DocumentSummary, "page_count">, DocumentStructure {
  pages: Page[];
  proposals: Proposal[];
  renditions: Rendition[];
  pdfa: PdfaRecord | null;
}

export interface DocumentList {
  documents: DocumentSummary[];
  next: string;
}

export interface ConfirmedFields {
  title: string;
  document_type: string;
  sender: string;
  recipient: string;
  reference: string;
  document_date: string | null;
  plan_entry: string;
}

export type SortOrder = "relevance" | "newest" | "oldest";

export interface FacetValue {
  value: string;
  label: string;
  count: number;
}

export interface Facet {
  name: string;
  values: FacetValue[];
}

export interface SnippetPart {
  text: string;
  matches: boolean;
}

export interface Hit {
  document: DocumentSummary;
  page: number;
  snippet: SnippetPart[];
}

export interface Hits {
  total: number;
  suggestion: string;
  /** Changes of the archive the search has yet to catch up with. */
  unseen: number;
  facets: Facet[];
  hits: Hit[];
}

/** left, top, width, height in pixels of the upright page */
export type Box = [number, number, number, number];

export interface PageHits {
  width: number;
  height: number;
  boxes: Box[];
}

/** The text of a page, one entry a line; empty lines separate blocks. */
export interface PageLines {
  page: number;
  /** of the document, to be sent back with a correction */
  revision: number;
  corrected: boolean;
  lines: string[];
  machine_lines: string[];
}

export interface CorrectedPage {
  document: Document;
  text: PageLines;
}

export interface Status {
  version: string;
  tenant: string;
  counts: Partial<Record<IntakeState, number>>;
  archive_revision: number;
  index_revision: number;
  free_bytes: number;
}

export interface RulePeriod {
  years: number;
  months: number;
  days: number;
  event: string;
  rounding: "end_of_year" | "exact_day";
  /** of a stage */
  name: string;
  access_locked: boolean;
}

export interface RetentionRule {
  unlimited: boolean;
  kind: "minimum" | "maximum" | "fixed";
  combination: "single" | "latest" | "stages";
  periods: RulePeriod[];
  suspension: string;
}

/** With everything it inherits filled in. */
export interface FilePlanEntry {
  number: string;
  title: string;
  parent: string;
  takes_folders: boolean;
  /** the rule as a sentence */
  retention: string;
  disposal: string;
  document_types: string[];
  id: string;
  /** the rule in the notation of the plan */
  rule: string;
  rule_parts: RetentionRule | null;
  limit: string;
  limit_sentence: string;
  overridden: boolean;
  legal_basis: string;
  years_at_hand: number;
  protection: string;
  personal_data: string;
  confidentiality: string;
  folder_kind: string;
  access: string[];
  former_numbers: string[];
  valid_from: string | null;
  valid_to: string | null;
}

export interface PlanCode {
  code: string;
  name: string;
}

export interface FilePlan {
  title: string;
  version: string;
  valid_from: string | null;
  code_lists: Record<string, PlanCode[]>;
  entries: FilePlanEntry[];
}

export type RoleName = "clerk" | "records_manager" | "auditor" | "administrator";

export interface Account {
  name: string;
  display_name: string;
  roles: { role: RoleName; name: string }[];
  disabled: boolean;
  created_at: string;
  created_by: string;
  changed_at: string;
  changed_by: string;
  /** Somebody else set the password: nothing else goes before it is changed. */
  must_change_password: boolean;
  /** Who else gave out its last password. */
  password_issuer: string;
  /** Until then it does not count as one of two people; null: it counts. */
  counts_from: string | null;
  confirmed_by: string;
}

export interface Session {
  /** Whether the tenant has accounts at all. */
  accounts: boolean;
  account: Account | null;
}

export interface NewAccount {
  name: string;
  display_name: string;
  roles: RoleName[];
  password: string;
}

export type FolderStatus = "open" | "closed" | "offered" | "appraised" | "transferred" | "destroyed";
export type FolderStage = FolderStatus | "dormant" | "due";
export type DisposalCode = "A" | "B" | "V" | "";

interface FolderAbout {
  id: string;
  reference: string;
  title: string;
  plan_entry: { number: string; title: string };
}

export interface ListedFolder extends FolderAbout {
  status: FolderStatus;
  closed_on: string | null;
  retention_end: string | null;
  disposal: DisposalCode;
  standing_holds: number;
}

export interface FolderList {
  folders: ListedFolder[];
  next: string;
}

export interface CaseRecord {
  id: string;
  reference: string;
  title: string;
  closed_on: string | null;
}

export interface AwaitedEvent {
  event: string;
  name: string;
  suspension: boolean;
  on: string | null;
}

export interface Hold {
  id: string;
  folder: { id: string; reference: string; title: string };
  reason: string;
  owner: string;
  placed_at: string;
  placed_by: string;
  review_on: string;
  lifted_at: string | null;
  lifted_by: string;
  lift_reason: string;
}

export interface NewHold {
  folders: string[];
  reason: string;
  owner: string;
  review_on: string;
}

export interface FolderRecord extends FolderAbout, FolderStructure {
  status: FolderStatus;
  stage: FolderStage;
  begins_on: string;
  closed_on: string | null;
  retention_end: string | null;
  retention_unlimited: boolean;
  retention_sentence: string;
  disposal: DisposalCode;
  suspension_running: boolean;
  events: AwaitedEvent[];
  cases: CaseRecord[];
  holds: Hold[];
  documents: { id: string; title: string; original_name: string; document_type: string; received_on: string; case: string; draft: boolean }[];
}

export interface DueFolder extends FolderAbout {
  status: FolderStatus;
  reason: "period_over" | "limit_passed" | "waiting_long";
  disposal: DisposalCode;
  retention_end: string | null;
  standing_holds: number;
}

export interface DueList {
  on: string;
  folders: DueFolder[];
  next: string;
}

export interface DueYear {
  year: number;
  A: number;
  B: number;
  V: number;
}

export type DestructionState = "proposed" | "approved" | "withdrawn" | "begun" | "done";

export interface Destruction {
  id: string;
  folder: { id: string; reference: string };
  plan_entry: string;
  state: DestructionState;
  basis: "permission" | "appraisal" | "transfer" | "draft";
  basis_source: string;
  proposed_at: string;
  proposed_by: string;
  approved_at: string;
  approved_by: string;
  not_before: string | null;
  withdrawn_at: string;
  withdrawn_by: string;
  withdraw_reason: string;
  done_at: string;
}

export interface DestructionOutcome {
  taken: string[];
  refused: { folder: { id: string; reference: string; title: string }; code: string; message: string }[];
}

export interface Permission {
  id: string;
  number: string;
  issued_on: string;
  valid_until: string;
  plan_entries: string[];
  recorded_at: string;
  recorded_by: string;
  revoked_at: string | null;
  revoked_by: string;
}

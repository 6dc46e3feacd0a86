import type { DocumentSummary } from "./api";
import { address, get, post } from "./http";

export interface ScanCheck {
  checker: string;
  checked_at: string;
  good: boolean;
  paper_pages: number;
  pages: number;
  remark: string;
}

/** Where a scan stands on the way to the release of its paper. */
export interface ScanStanding {
  document: string;
  thoroughness: "sample" | "each" | "each_by_two";
  blank_pages: number[];
  fields_confirmed: boolean;
  checks: ScanCheck[];
  note_sha256: string;
  released_at: string;
  released_by: string;
  /** what a release would be refused for, as code and German sentence; empty: nothing */
  missing: string;
  message: string;
}

export interface ListedScan extends ScanStanding {
  about: DocumentSummary;
}

export interface NewScanCheck {
  good: boolean;
  paper_pages: number;
  blank_confirmed: boolean;
  fields_confirmed: boolean;
  remark: string;
}

export interface ScanDrawing {
  number: number | null;
  seed?: string;
  population: number;
  chosen: number;
}

const one = encodeURIComponent;

export const scanService = {
  scans: (state: "open" | "checked", limit = 50) => get<{ scans: ListedScan[] }>("/scan-checks", { state, limit }),
  draw: () => post<ScanDrawing>("/scan-checks/draw", {}),
  check: (document: string, check: NewScanCheck) => post<ScanStanding>(`/documents/${one(document)}/scan-check`, check),
  makeNote: (document: string) => post<ScanStanding>(`/documents/${one(document)}/transfer-note`, {}),
  release: (document: string) => post<ScanStanding>(`/documents/${one(document)}/paper-release`, {}),
};

export const noteAddress = (document: string): string => address(`/documents/${one(document)}/transfer-note`);
export const sealAddress = (document: string): string => address(`/documents/${one(document)}/transfer-note/seal`);

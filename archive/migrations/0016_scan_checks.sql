-- Replacing scanning (TR-RESISCAN). Settings of a scanner that a second person has released.
CREATE TABLE scan_profile(
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  content TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL,
  released_at TEXT,
  released_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(name, version)
) STRICT, WITHOUT ROWID;

-- A drawing among the scans that were undecided then: repeated with the seed it gives the same.
CREATE TABLE scan_sample(
  number INTEGER PRIMARY KEY,
  drawn_at TEXT NOT NULL,
  drawn_by TEXT NOT NULL,
  seed TEXT NOT NULL,
  rate REAL NOT NULL,
  population INTEGER NOT NULL,
  chosen INTEGER NOT NULL
) STRICT;

-- What was decided about a scan: how thoroughly it is checked and whether it was drawn.
CREATE TABLE scan_case(
  document TEXT PRIMARY KEY,
  sample INTEGER NOT NULL REFERENCES scan_sample(number),
  thoroughness TEXT NOT NULL,
  chosen INTEGER NOT NULL
) STRICT;
CREATE INDEX scan_case_by_sample ON scan_case(sample, chosen);

-- A person has held a scan against the paper.
CREATE TABLE scan_check(
  document TEXT NOT NULL,
  number INTEGER NOT NULL,
  product_sha256 TEXT NOT NULL,
  checked_at TEXT NOT NULL,
  checker TEXT NOT NULL,
  good INTEGER NOT NULL,
  paper_pages INTEGER NOT NULL,
  pages INTEGER NOT NULL,
  blank_confirmed INTEGER NOT NULL,
  fields_confirmed INTEGER NOT NULL,
  remark TEXT NOT NULL,
  PRIMARY KEY(document, number)
) STRICT, WITHOUT ROWID;

-- Transfervermerk and its seal, objects beside the document.
CREATE TABLE transfer_note(
  document TEXT PRIMARY KEY,
  product_sha256 TEXT NOT NULL,
  note_sha256 TEXT NOT NULL,
  note_size INTEGER NOT NULL,
  seal_sha256 TEXT NOT NULL,
  seal_size INTEGER NOT NULL,
  made_at TEXT NOT NULL,
  made_by TEXT NOT NULL
) STRICT;

CREATE TABLE paper_release(
  document TEXT PRIMARY KEY,
  released_at TEXT NOT NULL,
  released_by TEXT NOT NULL,
  note_sha256 TEXT NOT NULL
) STRICT;
CREATE INDEX transfer_note_by_note ON transfer_note(note_sha256);
CREATE INDEX transfer_note_by_seal ON transfer_note(seal_sha256);

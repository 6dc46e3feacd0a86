-- Drafts that are deleted when what they belong to is closed go the way of what is destroyed, on the word of the person
-- who closes it (basis 'draft'). The tables are made anew because SQLite does not change a CHECK.
DROP TRIGGER destruction_stays;
DROP INDEX destruction_underway;
DROP INDEX destruction_by_state;
DROP INDEX destroyed_document_by_destruction;
DROP INDEX destroyed_document_by_intake;
DROP INDEX destroyed_file_planned;
ALTER TABLE destruction RENAME TO destruction_before;
ALTER TABLE destroyed_document RENAME TO destroyed_document_before;
ALTER TABLE destroyed_file RENAME TO destroyed_file_before;

CREATE TABLE destruction(
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL REFERENCES folder(id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'withdrawn', 'begun', 'done')),
  basis TEXT NOT NULL CHECK (basis IN ('permission', 'appraisal', 'transfer', 'draft')),
  basis_source TEXT NOT NULL CHECK (basis_source <> ''),
  proposed_at TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  approved_at TEXT,
  approved_by TEXT NOT NULL DEFAULT '',
  not_before TEXT,
  withdrawn_at TEXT,
  withdrawn_by TEXT NOT NULL DEFAULT '',
  withdraw_reason TEXT NOT NULL DEFAULT '',
  begun_at TEXT,
  executed_by TEXT NOT NULL DEFAULT '',
  done_at TEXT,
  record TEXT NOT NULL DEFAULT '',
  CHECK (state IN ('proposed', 'withdrawn') OR (approved_by <> '' AND (approved_by <> proposed_by OR basis = 'draft')))
) STRICT;
CREATE TABLE destroyed_document(
  document TEXT PRIMARY KEY,
  destruction TEXT NOT NULL REFERENCES destruction(id),
  intake TEXT NOT NULL,
  received_on TEXT NOT NULL,
  person TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE TABLE destroyed_file(
  destruction TEXT NOT NULL REFERENCES destruction(id),
  owner TEXT NOT NULL,
  role TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('planned', 'gone', 'kept')),
  PRIMARY KEY(destruction, owner, role, sha256)
) STRICT, WITHOUT ROWID;
INSERT INTO destruction SELECT * FROM destruction_before;
INSERT INTO destroyed_document SELECT * FROM destroyed_document_before;
INSERT INTO destroyed_file SELECT * FROM destroyed_file_before;
DROP TABLE destroyed_file_before;
DROP TABLE destroyed_document_before;
DROP TABLE destruction_before;

CREATE UNIQUE INDEX destruction_underway ON destruction(folder) WHERE state <> 'withdrawn' AND basis <> 'draft';
CREATE INDEX destruction_by_folder ON destruction(folder, id);
CREATE INDEX destruction_by_state ON destruction(state, id);
CREATE INDEX destroyed_document_by_destruction ON destroyed_document(destruction, document);
CREATE INDEX destroyed_document_by_intake ON destroyed_document(intake);
CREATE INDEX destroyed_file_planned ON destroyed_file(sha256) WHERE fate = 'planned';
CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction
  BEGIN SELECT RAISE(ABORT, 'what was destroyed stays on record'); END;

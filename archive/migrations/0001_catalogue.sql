-- One row per fact about the tenant: 'tenant', 'created_at'.
CREATE TABLE meta(
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The file plan travels with the tenant; the row with the highest number is in force.
CREATE TABLE file_plan(
  number INTEGER PRIMARY KEY,
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  loaded_at TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  yaml TEXT NOT NULL
) STRICT;

-- What came in. Written by ingest; see ingest/intake_queue.h.
CREATE TABLE intake(
  id TEXT PRIMARY KEY,
  received_at TEXT NOT NULL,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  parent TEXT NOT NULL DEFAULT '',
  depth INTEGER NOT NULL DEFAULT 0,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  languages TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  attempts INTEGER NOT NULL DEFAULT 0,
  interruptions INTEGER NOT NULL DEFAULT 0,
  document TEXT NOT NULL DEFAULT '',
  duplicate_of TEXT NOT NULL DEFAULT '',
  idempotency_key TEXT UNIQUE,
  updated_at TEXT NOT NULL
) STRICT;
CREATE INDEX intake_by_state ON intake(state, id);
CREATE INDEX intake_by_sha256 ON intake(sha256);
CREATE INDEX intake_by_parent ON intake(parent);

CREATE TABLE folder(
  id TEXT PRIMARY KEY,
  reference TEXT NOT NULL,
  reference_key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  plan_entry TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX folder_by_plan_entry ON folder(plan_entry, id);

CREATE TABLE record_case(
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL REFERENCES folder(id),
  reference TEXT NOT NULL,
  reference_key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;
CREATE INDEX record_case_by_folder ON record_case(folder, id);

CREATE TABLE document(
  id TEXT PRIMARY KEY,
  intake TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  state TEXT NOT NULL,
  filed_at TEXT NOT NULL,
  received_on TEXT NOT NULL,
  title TEXT NOT NULL,
  document_type TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reference TEXT NOT NULL,
  document_date TEXT,
  plan_entry TEXT NOT NULL,
  folder TEXT REFERENCES folder(id),
  record_case TEXT REFERENCES record_case(id),
  original_name TEXT NOT NULL,
  source TEXT NOT NULL,
  languages TEXT NOT NULL,
  review_reasons TEXT NOT NULL,
  access TEXT NOT NULL,
  processing TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  retention_end TEXT,
  retention_unlimited INTEGER NOT NULL,
  retention_sentence TEXT NOT NULL,
  disposal TEXT NOT NULL
) STRICT;
CREATE INDEX document_by_state ON document(state, id);
CREATE INDEX document_by_folder ON document(folder, id);
CREATE INDEX document_by_case ON document(record_case, id);
CREATE INDEX document_by_plan_entry ON document(plan_entry, id);
CREATE INDEX document_by_retention_end ON document(retention_end) WHERE retention_end IS NOT NULL;

CREATE TABLE rendition(
  document TEXT NOT NULL REFERENCES document(id),
  role TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  PRIMARY KEY(document, role)
) STRICT, WITHOUT ROWID;
CREATE INDEX rendition_by_sha256 ON rendition(sha256);

CREATE TABLE page(
  document TEXT NOT NULL REFERENCES document(id),
  number INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  dpi INTEGER NOT NULL,
  quarter_turns INTEGER NOT NULL,
  blank INTEGER NOT NULL,
  born_digital INTEGER NOT NULL,
  confidence REAL NOT NULL,
  steps TEXT NOT NULL,
  PRIMARY KEY(document, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE proposal(
  document TEXT NOT NULL REFERENCES document(id),
  position INTEGER NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  confidence REAL NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY(document, position)
) STRICT, WITHOUT ROWID;

-- One row per change of the archive, in order; views catch up from here.
CREATE TABLE change(
  revision INTEGER PRIMARY KEY,
  document TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_document ON change(document, revision);

CREATE TABLE audit_trail(
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_trail_by_subject ON audit_trail(subject, sequence);
CREATE TRIGGER audit_trail_is_never_changed BEFORE UPDATE ON audit_trail
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_trail_is_never_cut BEFORE DELETE ON audit_trail
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- How long the chain is and its last hash: without it, cutting the tail would not show.
CREATE TABLE audit_head(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  entries INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head(id, entries, hash)
  VALUES(1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
CREATE TRIGGER audit_head_only_grows BEFORE UPDATE ON audit_head WHEN NEW.entries <> OLD.entries + 1
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head
  BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

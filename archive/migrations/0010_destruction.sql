-- Vernichtungsgenehmigungen of the archive: what lies in these entries of the file plan, or below them, may be destroyed
-- without being offered (RT-05). Only revoked, never changed.
CREATE TABLE destruction_permission(
  id TEXT PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (number <> ''),
  issued_on TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  plan_entries TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  revoked_at TEXT,
  revoked_by TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER destruction_permission_is_never_changed BEFORE UPDATE ON destruction_permission
  WHEN OLD.revoked_at IS NOT NULL OR NEW.id <> OLD.id OR NEW.number <> OLD.number OR NEW.issued_on <> OLD.issued_on
    OR NEW.valid_until <> OLD.valid_until OR NEW.plan_entries <> OLD.plan_entries
    OR NEW.recorded_by <> OLD.recorded_by
  BEGIN SELECT RAISE(ABORT, 'a permission is only revoked'); END;
CREATE TRIGGER destruction_permission_stays BEFORE DELETE ON destruction_permission
  BEGIN SELECT RAISE(ABORT, 'a permission is only revoked'); END;

-- The way of a folder to its destruction: proposed, approved by a second person, in quarantine until not_before, begun
-- (its rows are gone, its files are being erased), done. `record` is the Vernichtungsprotokoll (RT-06), JSON.
CREATE TABLE destruction(
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL REFERENCES folder(id),
  state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'withdrawn', 'begun', 'done')),
  basis TEXT NOT NULL CHECK (basis IN ('permission', 'appraisal', 'transfer')),
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
  CHECK (state IN ('proposed', 'withdrawn') OR (approved_by <> '' AND approved_by <> proposed_by))
) STRICT;
CREATE UNIQUE INDEX destruction_underway ON destruction(folder) WHERE state <> 'withdrawn';
CREATE INDEX destruction_by_state ON destruction(state, id);
CREATE TRIGGER destruction_stays BEFORE DELETE ON destruction
  BEGIN SELECT RAISE(ABORT, 'what was destroyed stays on record'); END;

-- Tombstones: the ids of what is gone.
CREATE TABLE destroyed_document(
  document TEXT PRIMARY KEY,
  destruction TEXT NOT NULL REFERENCES destruction(id),
  intake TEXT NOT NULL,
  received_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX destroyed_document_by_destruction ON destroyed_document(destruction, document);
CREATE INDEX destroyed_document_by_intake ON destroyed_document(intake);

-- The files that go. `owner` is the document, or the intake of bytes as they came in; `role` is a rendition's,
-- 'former' (of an earlier revision), 'received', 'stray' (written for this intake by a process that died) or 'manifest'. A file
-- that something else still uses is kept.
CREATE TABLE destroyed_file(
  destruction TEXT NOT NULL REFERENCES destruction(id),
  owner TEXT NOT NULL,
  role TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  fate TEXT NOT NULL CHECK (fate IN ('planned', 'gone', 'kept')),
  PRIMARY KEY(destruction, owner, role, sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX destroyed_file_planned ON destroyed_file(sha256) WHERE fate = 'planned';

-- Signs the log of destructions outside the catalogue, so that it can be applied again to a restored backup.
CREATE TABLE destruction_key(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  value TEXT NOT NULL
) STRICT;
INSERT INTO destruction_key(id, value) VALUES(1, lower(hex(randomblob(32))));

-- Long-term evidence. A row covers the audit trail up to and including last_sequence; several may be of one day.
CREATE TABLE evidence_day(
  last_sequence INTEGER PRIMARY KEY,
  day TEXT NOT NULL,
  audit_head TEXT NOT NULL,
  root TEXT NOT NULL,
  documents INTEGER NOT NULL,
  stamped_at TEXT NOT NULL,
  record_sha256 TEXT NOT NULL,
  record_size INTEGER NOT NULL,
  renewed_at TEXT
) STRICT;

-- The record of one state of one document. It proves without the others: a document that is destroyed takes its
-- own along.
CREATE TABLE evidence(
  document TEXT NOT NULL,
  manifest_sha256 TEXT NOT NULL,
  day TEXT NOT NULL,
  record_sha256 TEXT NOT NULL,
  record_size INTEGER NOT NULL,
  renewed_at TEXT,
  PRIMARY KEY(document, manifest_sha256)
) STRICT, WITHOUT ROWID;
CREATE INDEX evidence_by_record ON evidence(record_sha256);

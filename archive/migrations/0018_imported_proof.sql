-- What proves about a chain that came in a package: the days of the archive it left, by the chain their heads are of.
CREATE TABLE imported_evidence_day(
  chain INTEGER NOT NULL REFERENCES imported_chain(chain),
  last_sequence INTEGER NOT NULL,
  day TEXT NOT NULL,
  audit_head TEXT NOT NULL,
  root TEXT NOT NULL,
  documents INTEGER NOT NULL,
  stamped_at TEXT NOT NULL,
  record_sha256 TEXT NOT NULL,
  record_size INTEGER NOT NULL,
  renewed_at TEXT,
  PRIMARY KEY(chain, last_sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_evidence_day_by_record ON imported_evidence_day(record_sha256);

-- Certificates of the installations that sealed the transfer notes of a package; accepted with the package.
CREATE TABLE imported_certificate(
  sha256 TEXT PRIMARY KEY,  -- of the PEM
  pem TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Objects a package left out on purpose: originals of a batch of which not everything belongs to the folder.
CREATE TABLE withheld_object(
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  reason TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who the actors of an imported chain are. They are no accounts here: nobody can log in as one of them.
CREATE TABLE imported_account(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Every object something refers to.
CREATE INDEX evidence_day_by_record ON evidence_day(record_sha256);
CREATE VIEW named_object(sha256) AS
  SELECT sha256 FROM rendition
  UNION ALL SELECT sha256 FROM intake WHERE state <> 'destroyed'
  UNION ALL SELECT record_sha256 FROM evidence
  UNION ALL SELECT record_sha256 FROM evidence_day
  UNION ALL SELECT record_sha256 FROM imported_evidence_day
  UNION ALL SELECT note_sha256 FROM transfer_note
  UNION ALL SELECT seal_sha256 FROM transfer_note;

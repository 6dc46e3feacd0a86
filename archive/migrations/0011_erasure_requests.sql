-- Requests of persons that their data be erased (Art. 17 DSGVO), what was decided and what they were told.
CREATE TABLE erasure_request(
  id TEXT PRIMARY KEY,
  person TEXT NOT NULL CHECK (person <> ''),
  address TEXT NOT NULL,
  reference TEXT NOT NULL,
  received_on TEXT NOT NULL,
  answer_by TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  decided_at TEXT,
  decided_by TEXT NOT NULL DEFAULT '',
  letter TEXT NOT NULL DEFAULT ''
) STRICT;

-- The decision about each document that concerns the person.
CREATE TABLE erasure_item(
  request TEXT NOT NULL REFERENCES erasure_request(id),
  document TEXT NOT NULL,
  folder TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('proposed', 'restricted', 'refused')),
  code TEXT NOT NULL,
  PRIMARY KEY(request, document)
) STRICT, WITHOUT ROWID;

-- Documents whose processing is restricted (Art. 18 DSGVO); the access terms before it are kept.
CREATE TABLE restriction(
  document TEXT NOT NULL,
  request TEXT NOT NULL REFERENCES erasure_request(id),
  access_before TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  lifted_at TEXT,
  lifted_by TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(document, request)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX restriction_standing ON restriction(document) WHERE lifted_at IS NULL;

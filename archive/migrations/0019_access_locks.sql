-- What a stage of its retention locks (zugriff: gesperrt); follows from rule and events, noted for the search.
ALTER TABLE folder ADD COLUMN access_locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN access_locked INTEGER NOT NULL DEFAULT 0;
CREATE INDEX folder_access_locked ON folder(id) WHERE access_locked = 1;
CREATE INDEX document_access_locked ON document(id) WHERE access_locked = 1;

-- A document a person has confirmed, on its way to an entry under which it may go earlier (RT-11).
CREATE TABLE document_refiling(
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  from_entry TEXT NOT NULL,
  to_entry TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'released', 'done', 'rejected')),
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  decision_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX document_refiling_by_state ON document_refiling(state, id);
CREATE INDEX document_refiling_by_document ON document_refiling(document, id);

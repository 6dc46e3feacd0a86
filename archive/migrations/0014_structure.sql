-- Sub-folders (Teilakten), and where the paper of a folder is that is not only electronic.
ALTER TABLE folder ADD COLUMN parent TEXT REFERENCES folder(id);
ALTER TABLE folder ADD COLUMN medium TEXT NOT NULL DEFAULT 'electronic'
  CHECK (medium IN ('electronic', 'hybrid', 'paper'));
ALTER TABLE folder ADD COLUMN place TEXT NOT NULL DEFAULT '';
CREATE INDEX folder_by_parent ON folder(parent, id) WHERE parent IS NOT NULL;

-- Entwürfe: kept beside the record and left out where it goes to others.
ALTER TABLE document ADD COLUMN draft INTEGER NOT NULL DEFAULT 0;
CREATE INDEX document_drafts ON document(folder, id) WHERE draft = 1;

-- The last number given; changed only in the commit that makes the folder or case. `scope` is the id of an entry ('':
-- numbers run over all), of a parent or of a folder; `year` is 0 where numbers do not begin anew.
CREATE TABLE reference_counter(
  scope TEXT NOT NULL,
  year INTEGER NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY(scope, year)
) STRICT, WITHOUT ROWID;

-- How things belong together; source and target are ids of documents, folders or cases.
CREATE TABLE relation(
  kind TEXT NOT NULL CHECK (kind IN ('replies_to', 'attachment_of', 'rendition_of', 'replaces', 'follows', 'merged_into',
                                     'split_from')),
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY(kind, source, target)
) STRICT, WITHOUT ROWID;
CREATE INDEX relation_by_source ON relation(source, kind);
CREATE INDEX relation_by_target ON relation(target, kind);
-- A document has one next version.
CREATE UNIQUE INDEX relation_next_version ON relation(target) WHERE kind = 'replaces';

-- A move to an entry with a shorter rule waits for a second person (RT-11); every move stays here.
CREATE TABLE refiling(
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL,
  from_entry TEXT NOT NULL,
  to_entry TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'done', 'rejected')),
  second_person INTEGER NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  decision_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX refiling_by_state ON refiling(state, id);
CREATE INDEX refiling_by_folder ON refiling(folder, id);

-- A process of disposal with the archive; its UUID is the ProzessID of all its messages.
CREATE TABLE disposal_process(
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('four_stage', 'two_stage', 'plan')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) STRICT;
CREATE INDEX disposal_process_by_time ON disposal_process(created_at, id);

-- Its messages, at most one of a type (XD-12); the files lie in the outbox until removed_at. sha256 is the file's,
-- message_sha256 that of the XML in it.
CREATE TABLE disposal_message(
  process TEXT NOT NULL REFERENCES disposal_process(id),
  type TEXT NOT NULL,
  incoming INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  message_sha256 TEXT NOT NULL,
  created_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  removed_at TEXT,
  PRIMARY KEY(process, type)
) STRICT, WITHOUT ROWID;

-- What was offered or handed over, by the UUID it has in the messages: ids and decisions, no content. `root`: it was a
-- Schriftgutobjekt of its own in the 0503. Folders, cases and documents may be destroyed meanwhile.
CREATE TABLE disposal_object(
  process TEXT NOT NULL REFERENCES disposal_process(id),
  id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('folder', 'case', 'document')),
  folder TEXT NOT NULL,
  parent TEXT NOT NULL,
  position INTEGER NOT NULL,
  decision TEXT CHECK (decision IN ('A', 'V')),
  handed_over INTEGER NOT NULL DEFAULT 0,
  root INTEGER NOT NULL DEFAULT 0,
  imported INTEGER,
  message TEXT NOT NULL DEFAULT '',
  archive_reference TEXT NOT NULL DEFAULT '',
  PRIMARY KEY(process, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX disposal_object_by_folder ON disposal_object(folder, process);

-- Entries of the file plan as they were sent, and what the archive decided about them; NULL: nothing yet.
CREATE TABLE plan_appraisal(
  process TEXT NOT NULL REFERENCES disposal_process(id),
  id TEXT NOT NULL,
  plan_entry TEXT NOT NULL,
  code TEXT CHECK (code IN ('A', 'B', 'V')),
  decided_on TEXT,
  PRIMARY KEY(process, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_appraisal_by_entry ON plan_appraisal(plan_entry, process) WHERE code IS NOT NULL;

-- Folders and cases are closed, and what their disposal depends on is kept beside them.
ALTER TABLE folder ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
-- Beginn der Laufzeit; NULL: the day the folder was added.
ALTER TABLE folder ADD COLUMN begins_on TEXT;
ALTER TABLE folder ADD COLUMN closed_on TEXT;
ALTER TABLE folder ADD COLUMN retention_end TEXT;
ALTER TABLE folder ADD COLUMN retention_unlimited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE folder ADD COLUMN retention_kind TEXT NOT NULL DEFAULT 'minimum';
ALTER TABLE folder ADD COLUMN disposal TEXT NOT NULL DEFAULT '';
ALTER TABLE record_case ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
ALTER TABLE record_case ADD COLUMN closed_on TEXT;

-- The due list asks for these, by end or by entry.
CREATE INDEX folder_by_retention_end ON folder(retention_end, id, status, disposal)
  WHERE retention_end IS NOT NULL;

-- What retention waits for. on_date is NULL for a suspension that is still running.
CREATE TABLE folder_event(
  folder TEXT NOT NULL REFERENCES folder(id),
  event TEXT NOT NULL,
  on_date TEXT,
  recorded_at TEXT NOT NULL,
  PRIMARY KEY(folder, event)
) STRICT, WITHOUT ROWID;

-- Löschsperren: many per folder, each lifted on its own.
CREATE TABLE disposal_hold(
  id TEXT PRIMARY KEY,
  folder TEXT NOT NULL REFERENCES folder(id),
  reason TEXT NOT NULL,
  owner TEXT NOT NULL,
  placed_at TEXT NOT NULL,
  placed_by TEXT NOT NULL,
  review_on TEXT NOT NULL,
  lifted_at TEXT,
  lifted_by TEXT NOT NULL DEFAULT '',
  lift_reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX disposal_hold_by_folder ON disposal_hold(folder, id);
CREATE INDEX disposal_hold_standing ON disposal_hold(folder) WHERE lifted_at IS NULL;
CREATE INDEX disposal_hold_to_review ON disposal_hold(review_on, id) WHERE lifted_at IS NULL;
CREATE INDEX folder_waiting ON folder(closed_on, id) WHERE closed_on IS NOT NULL AND retention_end IS NULL;

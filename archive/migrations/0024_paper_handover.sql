-- A folder on paper that the archive decided to take is handed over as paper is: with a protocol. One for each folder,
-- never changed; `items`, the list, goes when the folder is destroyed.
CREATE TABLE paper_handover(
  folder TEXT PRIMARY KEY REFERENCES folder(id),
  handed_over_on TEXT NOT NULL,
  received_by TEXT NOT NULL CHECK (received_by <> ''),
  protocol TEXT NOT NULL CHECK (protocol <> ''),
  items TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER paper_handover_is_never_changed BEFORE UPDATE ON paper_handover
  WHEN NEW.folder <> OLD.folder OR NEW.handed_over_on <> OLD.handed_over_on OR NEW.received_by <> OLD.received_by
    OR NEW.protocol <> OLD.protocol OR NEW.recorded_by <> OLD.recorded_by
    OR (NEW.items <> OLD.items AND NEW.items <> '')
  BEGIN SELECT RAISE(ABORT, 'a handover is never changed'); END;
CREATE TRIGGER paper_handover_stays BEFORE DELETE ON paper_handover
  BEGIN SELECT RAISE(ABORT, 'a handover is never changed'); END;

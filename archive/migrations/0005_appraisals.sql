-- The archive's decision on a folder, A or V: at most one, never changed (RT-05). transfer_confirmed_at is set when a
-- 0506 said Erfolgreich=true for this very folder (XD-05).
CREATE TABLE appraisal(
  folder TEXT PRIMARY KEY REFERENCES folder(id),
  decision TEXT NOT NULL CHECK (decision IN ('A', 'V')),
  source TEXT NOT NULL CHECK (source <> ''),
  decided_on TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  recorded_by TEXT NOT NULL,
  transfer_confirmed_at TEXT,
  archive_reference TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TRIGGER appraisal_is_never_changed BEFORE UPDATE ON appraisal
  WHEN NEW.folder <> OLD.folder OR NEW.decision <> OLD.decision OR NEW.source <> OLD.source
    OR NEW.decided_on <> OLD.decided_on OR NEW.recorded_by <> OLD.recorded_by
  BEGIN SELECT RAISE(ABORT, 'an appraisal is never changed'); END;
CREATE TRIGGER appraisal_stays BEFORE DELETE ON appraisal
  BEGIN SELECT RAISE(ABORT, 'an appraisal is never changed'); END;

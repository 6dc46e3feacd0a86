-- From which day a version counts ('': from the beginning), and the proposal it came from.
ALTER TABLE file_plan ADD COLUMN valid_from TEXT NOT NULL DEFAULT '';
ALTER TABLE file_plan ADD COLUMN proposal TEXT NOT NULL DEFAULT '';

-- Every number an entry of the file plan ever had. A number belongs to one entry for ever: it is never given again.
CREATE TABLE plan_number(
  number TEXT PRIMARY KEY,
  entry TEXT NOT NULL,
  since INTEGER NOT NULL REFERENCES file_plan(number)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_number_by_entry ON plan_number(entry);

-- A version somebody wants. `base` is the version it was made from.
CREATE TABLE plan_proposal(
  id TEXT PRIMARY KEY,
  base INTEGER NOT NULL REFERENCES file_plan(number),
  version TEXT NOT NULL,
  title TEXT NOT NULL,
  yaml TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('proposed', 'released', 'in_force', 'rejected')),
  second_person INTEGER NOT NULL,
  reason TEXT NOT NULL,
  proposed_by TEXT NOT NULL,
  proposed_at TEXT NOT NULL,
  decided_by TEXT NOT NULL DEFAULT '',
  decided_at TEXT NOT NULL DEFAULT '',
  decision_reason TEXT NOT NULL DEFAULT '',
  number INTEGER REFERENCES file_plan(number)
) STRICT;
CREATE INDEX plan_proposal_by_state ON plan_proposal(state, id);

-- What lies under an entry keeps its id, whatever its number becomes (RT-11).
ALTER TABLE folder ADD COLUMN entry TEXT NOT NULL DEFAULT '';
ALTER TABLE document ADD COLUMN entry TEXT NOT NULL DEFAULT '';
CREATE INDEX folder_by_entry ON folder(entry, id);
CREATE INDEX document_by_entry ON document(entry, id);
CREATE TRIGGER folder_gets_its_entry AFTER INSERT ON folder BEGIN
  UPDATE folder SET entry = coalesce((SELECT entry FROM plan_number WHERE number = NEW.plan_entry), '') WHERE id = NEW.id;
END;
CREATE TRIGGER folder_changes_its_entry AFTER UPDATE OF plan_entry ON folder WHEN NEW.plan_entry <> OLD.plan_entry BEGIN
  UPDATE folder SET entry = coalesce((SELECT entry FROM plan_number WHERE number = NEW.plan_entry), '') WHERE id = NEW.id;
END;
CREATE TRIGGER document_gets_its_entry AFTER INSERT ON document BEGIN
  UPDATE document SET entry = coalesce((SELECT entry FROM plan_number WHERE number = NEW.plan_entry), '') WHERE id = NEW.id;
END;
CREATE TRIGGER document_changes_its_entry AFTER UPDATE OF plan_entry ON document WHEN NEW.plan_entry <> OLD.plan_entry
BEGIN
  UPDATE document SET entry = coalesce((SELECT entry FROM plan_number WHERE number = NEW.plan_entry), '') WHERE id = NEW.id;
END;

-- The day by which a folder must be gone, where its entry has one.
ALTER TABLE folder ADD COLUMN gone_by TEXT;
CREATE INDEX folder_by_gone_by ON folder(gone_by, id) WHERE gone_by IS NOT NULL;

-- The audit part of a package that was imported: chains of other archives, never of this one. `whole`: every entry up to
-- the last is there; otherwise those that concern the content. `last_sequence`, `last_hash`: where the part ends.
CREATE TABLE imported_chain(
  chain INTEGER PRIMARY KEY,
  tenant TEXT NOT NULL,
  whole INTEGER NOT NULL,
  entries INTEGER NOT NULL,
  last_sequence INTEGER NOT NULL,
  last_hash TEXT NOT NULL
) STRICT;

-- Its entries. Of some only the hash came along, because a manifest names it or to close the chain: then `previous` is
-- empty and the other columns too.
CREATE TABLE imported_audit(
  chain INTEGER NOT NULL REFERENCES imported_chain(chain),
  sequence INTEGER NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY(chain, sequence)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_audit_by_subject ON imported_audit(subject, chain, sequence);
CREATE TRIGGER imported_chain_is_never_changed BEFORE UPDATE ON imported_chain
  BEGIN SELECT RAISE(ABORT, 'imported evidence is never changed'); END;
CREATE TRIGGER imported_chain_stays BEFORE DELETE ON imported_chain
  BEGIN SELECT RAISE(ABORT, 'imported evidence is never changed'); END;
CREATE TRIGGER imported_audit_is_never_changed BEFORE UPDATE ON imported_audit
  BEGIN SELECT RAISE(ABORT, 'imported evidence is never changed'); END;
CREATE TRIGGER imported_audit_stays BEFORE DELETE ON imported_audit
  BEGIN SELECT RAISE(ABORT, 'imported evidence is never changed'); END;

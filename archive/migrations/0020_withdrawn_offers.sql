-- An offer that was never answered can be taken back; NULL: it stands.
ALTER TABLE disposal_process ADD COLUMN withdrawn_at TEXT;
ALTER TABLE disposal_process ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
ALTER TABLE disposal_process ADD COLUMN withdraw_reason TEXT NOT NULL DEFAULT '';

-- Who a destroyed document came from or went to, as a pseudonym: the same name gives the same one, and only with the
-- tenant's key (destruction_key). Empty: nobody was known.
ALTER TABLE destroyed_document ADD COLUMN person TEXT NOT NULL DEFAULT '';

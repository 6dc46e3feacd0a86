-- Who set the password an account has: an account's own name, or somebody else who knows it too. Empty: not known, from
-- before this was noted.
ALTER TABLE account ADD COLUMN password_by TEXT NOT NULL DEFAULT '';

-- Who else gave out the password of an account last, from when on the account counts in what two people do, and who
-- confirmed it before.
ALTER TABLE account ADD COLUMN password_issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE account ADD COLUMN counts_from TEXT NOT NULL DEFAULT '';  -- UTC; empty: always did
ALTER TABLE account ADD COLUMN confirmed_by TEXT NOT NULL DEFAULT '';
UPDATE account SET password_issuer = password_by, counts_from = strftime('%Y-%m-%dT%H:%M:%fZ', changed_at, '+7 days')
  WHERE password_by NOT IN ('', name);

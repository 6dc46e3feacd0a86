-- People. Accounts are disabled, never deleted: their names are the actors of the audit trail.
CREATE TABLE account(
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  display_name TEXT NOT NULL,
  roles TEXT NOT NULL,  -- names separated by blanks
  disabled INTEGER NOT NULL DEFAULT 0,
  password_hash TEXT NOT NULL,  -- Argon2id, encoded with its parameters and salt
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  changed_by TEXT NOT NULL
) STRICT;

-- Times in seconds of Unix time.
CREATE TABLE session(
  token_sha256 TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES account(id),
  began_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_by_account ON session(account);

-- Attempts since the last login that succeeded, by the hash of the name that was typed, known or not.
CREATE TABLE login_attempts(
  name_sha256 TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  delayed_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Reading everything through for damages. A round walks over the addresses in ascending order.
CREATE TABLE scrub_round(
  number INTEGER PRIMARY KEY,
  began_at TEXT NOT NULL,
  ended_at TEXT,
  cursor TEXT NOT NULL DEFAULT '',
  objects INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  damaged INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE scrub_sample(
  number INTEGER PRIMARY KEY,
  drawn_at TEXT NOT NULL,
  seed TEXT NOT NULL,
  share REAL NOT NULL,
  objects INTEGER NOT NULL,
  damaged INTEGER NOT NULL
) STRICT;

-- Objects that are not what their address says, set aside; those repaired stay as history.
CREATE TABLE damaged_object(
  sha256 TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  found_at TEXT NOT NULL,
  found_by TEXT NOT NULL,
  repaired_at TEXT
) STRICT;
CREATE INDEX damaged_object_standing ON damaged_object(found_at) WHERE repaired_at IS NULL;

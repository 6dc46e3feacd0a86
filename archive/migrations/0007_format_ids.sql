-- PRONOM's number of the format of each rendition, found when it was filed; empty: not known.
ALTER TABLE rendition ADD COLUMN format_id TEXT NOT NULL DEFAULT '';

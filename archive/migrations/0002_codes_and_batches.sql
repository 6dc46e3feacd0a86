-- What machines can read on a page (JSON, see ocr/codes.h), marks such as "identity_document" (JSON), and which page of
-- the received file it was; 0 where the document is the whole file.
ALTER TABLE page ADD COLUMN original_page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN codes TEXT NOT NULL DEFAULT '[]';
ALTER TABLE page ADD COLUMN marks TEXT NOT NULL DEFAULT '[]';

-- 1: this batch is to be filed as one document although separators stand in it.
ALTER TABLE intake ADD COLUMN whole INTEGER NOT NULL DEFAULT 0;

-- What became of each page of a batch that was split: page of a part (an intake whose parent is the batch), separator
-- sheet, or the empty back of one. Written by ingest.
CREATE TABLE batch_page(
  intake TEXT NOT NULL REFERENCES intake(id),
  number INTEGER NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('page', 'separator', 'back')),
  part TEXT NOT NULL DEFAULT '',
  codes TEXT NOT NULL,
  PRIMARY KEY(intake, number)
) STRICT, WITHOUT ROWID;

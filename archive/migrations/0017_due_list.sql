-- The due list asks an entry of the file plan by this index alone, without going to the folders.
DROP INDEX folder_by_retention_end;
CREATE INDEX folder_by_retention_end ON folder(retention_end, id, status, disposal, plan_entry, retention_kind)
  WHERE retention_end IS NOT NULL;

#include "archive/document_proof.h"

#include <string>

namespace eakte::archive {

std::vector<StoredObject> forget_proof_of(Connection& connection, const DocumentId& document) {
  std::vector<StoredObject> objects;
  for (const Row& row : connection.query("SELECT record_sha256 AS sha256, record_size AS size FROM evidence "
                                         "WHERE document = ?1 UNION SELECT "
                                         "note_sha256, note_size FROM transfer_note WHERE document = ?1 "
                                         "UNION SELECT seal_sha256, seal_size FROM "
                                         "transfer_note WHERE document = ?1",
                                         {document.text})) {
    objects.push_back({row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))});
  }
  for (const char* table : {"evidence", "scan_case", "scan_check", "transfer_note", "paper_release"})
    connection.execute(std::string("DELETE FROM ") + table + " WHERE document = ?", {document.text});
  return objects;
}

}  // namespace eakte::archive

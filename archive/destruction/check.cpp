#include "archive/destruction/check.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace eakte::archive {
namespace {

/// A fault, as a query that gives the `id` of every thing that has it.
struct Fault {
  std::string_view sentence;  ///< {} is the id
  std::string_view sql;
};

constexpr auto faults = std::to_array<Fault>({
    {"document {}: it was filed, and there is neither a document nor a tombstone",
     "SELECT DISTINCT subject AS id FROM audit_trail WHERE action = 'document.filed' AND NOT EXISTS (SELECT "
     "1 "
     "FROM document WHERE document.id = subject) AND NOT EXISTS (SELECT 1 FROM destroyed_document WHERE "
     "destroyed_document.document = subject)"},
    {"document {}: it is destroyed, but the catalogue still has it",
     "SELECT document.id FROM document JOIN destroyed_document ON destroyed_document.document = document.id"},
    {"intake {}: it is destroyed, but belongs to no destruction",
     "SELECT id FROM intake WHERE state = 'destroyed' AND id NOT IN (SELECT owner FROM destroyed_file WHERE "
     "role "
     "= 'received')"},
    {"intake {}: it is destroyed, but its name is still there",
     "SELECT id FROM intake WHERE state = 'destroyed' AND name || detail <> ''"},
    {"folder {}: it is destroyed, but no destruction tells of it",
     "SELECT id FROM folder WHERE status = 'destroyed' AND NOT EXISTS (SELECT 1 FROM destruction WHERE "
     "folder = "
     "folder.id AND basis <> 'draft' AND state IN ('begun', 'done'))"},
    {"destruction {}: two people have not released it",
     "SELECT id FROM destruction WHERE state IN ('approved', 'begun', 'done') AND (proposed_by = '' OR "
     "approved_by = '' OR (proposed_by = approved_by AND basis <> 'draft'))"},
    {"destruction {}: it is done, but files of it are not",
     "SELECT DISTINCT destruction.id FROM destruction JOIN destroyed_file ON destruction = destruction.id "
     "WHERE "
     "state = 'done' AND fate = 'planned'"},
});

void check_records(Connection& connection, std::vector<std::string>& problems) {
  for (const Row& row : connection.query(
           "SELECT destruction.id, record, coalesce(audit_trail.detail, imported_audit.detail) AS detail "
           "FROM "
           "destruction LEFT JOIN audit_trail ON audit_trail.subject = folder AND audit_trail.action IN "
           "('folder.destroyed', 'drafts.destroyed') AND instr(audit_trail.detail, destruction.id) > 0 LEFT "
           "JOIN imported_audit ON "
           "imported_audit.subject = folder AND imported_audit.action IN ('folder.destroyed', "
           "'drafts.destroyed') AND "
           "instr(imported_audit.detail, destruction.id) > 0 WHERE state = 'done'")) {
    if (row.text("detail").find(sha256_hex(row.text("record"))) == std::string::npos)
      problems.push_back(
          fmt::format("destruction {}: its record is not the one the audit trail tells of", row.text("id")));
  }
}

/// What was destroyed must not lie there, unless the same bytes have come in again since.
void check_files(const Archive& archive, Connection& connection, std::vector<std::string>& problems) {
  for (const Row& row : connection.query(
           "SELECT DISTINCT sha256 FROM destroyed_file AS file JOIN destruction ON destruction.id = "
           "file.destruction WHERE state = 'done' AND fate = 'gone' AND role <> 'manifest' AND NOT EXISTS "
           "(SELECT 1 FROM rendition WHERE rendition.sha256 = file.sha256) AND NOT EXISTS (SELECT 1 FROM "
           "intake WHERE intake.sha256 = file.sha256 AND intake.state <> 'destroyed')")) {
    if (archive.objects().exists(row.text("sha256")))
      problems.push_back(fmt::format("object {}: it was destroyed, but is there again", row.text("sha256")));
  }
}

}  // namespace

std::vector<std::string> check_destructions(const Archive& archive) {
  std::vector<std::string> problems;
  archive.database().read([&](Connection& connection) {
    for (const Fault& fault : faults) {
      for (const Row& row : connection.query(fault.sql))
        problems.push_back(fmt::format(fmt::runtime(fault.sentence), row.text("id")));
    }
    check_records(connection, problems);
    check_files(archive, connection, problems);
  });
  return problems;
}

}  // namespace eakte::archive

#include "archive/package/proof_part.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/disposal/outbox.h"
#include "archive/package/digests.h"
#include "archive/package/package_files.h"
#include "archive/package/package_scope.h"
#include "archive/storage/durable_file.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

constexpr const char* evidence_directory = "evidence";
constexpr const char* notes_directory = "transfer-notes";
constexpr const char* messages_directory = "disposal-messages";
constexpr std::int64_t rows_at_once = 500;
constexpr std::uint64_t most_proof_bytes = std::uint64_t{1} << 28U;

using Visit = std::function<void(const ProofFile&)>;

/// Rows of a query over the documents of the package, some at a time; the query ends with "> ?2" of the
/// column `key` and is ordered by it.
void for_each_row(Connection& connection, const std::string& folder, std::string_view columns,
                  std::string_view table, std::string_view key,
                  const std::function<void(const Row&)>& visit) {
  const std::string_view scope = folder.empty() ? "?1 = ?1" : "document IN (SELECT id FROM packed_document)";
  for (std::string last;;) {
    const Rows rows = connection.query(
        fmt::format("{}SELECT {}, {} AS place FROM {} WHERE {} AND place > ?2 ORDER BY place LIMIT {}",
                    folder.empty() ? "" : with_packed, columns, key, table, scope, rows_at_once),
        {folder, last});
    for (const Row& row : rows) visit(row);
    if (std::ssize(rows) < rows_at_once) return;
    last = rows.back().text("place");
  }
}

void visit_evidence(Connection& connection, const std::string& folder, const Visit& visit) {
  for_each_row(connection, folder, "document, manifest_sha256, record_sha256", "evidence",
               "document || manifest_sha256", [&](const Row& row) {
                 visit({fmt::format("{}/{}.{}.ers", evidence_directory, row.text("document"),
                                    row.text("manifest_sha256")),
                        "RFC 4998",
                        "application/octet-stream",
                        row.text("record_sha256"),
                        {},
                        {}});
               });
}

void visit_days(Connection& connection, const Visit& visit) {
  for (const Row& row : connection.query(
           "SELECT chain, last_sequence, audit_head, record_sha256 FROM imported_evidence_day UNION ALL "
           "SELECT (SELECT coalesce(max(chain), 0) + 1 FROM imported_chain), last_sequence, audit_head, "
           "record_sha256 FROM evidence_day ORDER BY chain, last_sequence")) {
    const std::string name =
        fmt::format("{}/head-{}-{}", evidence_directory, row.integer("chain"), row.integer("last_sequence"));
    visit({name + ".json", "eakte-audit-head-1", "application/json", {}, row.text("audit_head"), {}});
    visit({name + ".ers", "RFC 4998", "application/octet-stream", row.text("record_sha256"), {}, {}});
  }
}

void visit_notes(Connection& connection, const std::string& folder, const Visit& visit) {
  for_each_row(
      connection, folder, "note_sha256, seal_sha256", "transfer_note", "document", [&](const Row& row) {
        const std::string name = fmt::format("{}/{}", notes_directory, row.text("place"));
        visit({name + ".xml", "eakte-transfervermerk-1", "application/xml", row.text("note_sha256"), {}, {}});
        visit({name + ".xml.p7s", "CMS", "application/pkcs7-signature", row.text("seal_sha256"), {}, {}});
      });
}

/// Only of processes that are about this folder alone: see package_tables.cpp.
void visit_messages(const Archive& archive, Connection& connection, const std::string& folder,
                    const Visit& visit) {
  const std::string_view scope =
      folder.empty()
          ? "?1 = ?1"
          : "process IN (SELECT process FROM disposal_object GROUP BY process HAVING min(folder IN "
            "(SELECT id FROM packed)) = 1)";
  for (const Row& row : connection.query(
           fmt::format("{}SELECT file_name, sha256 FROM disposal_message WHERE {} AND removed_at IS NULL "
                       "ORDER BY file_name",
                       folder.empty() ? "" : with_packed, scope),
           {folder})) {
    const std::string name = row.text("file_name");
    visit({fmt::format("{}/{}", messages_directory, name),
           "xdomea",
           name.ends_with(".zip") ? "application/zip" : "application/xml",
           row.text("sha256"),
           {},
           outbox_of(archive) / name});
  }
}

/// A name with nothing in it that leads elsewhere.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

void copy_message(const Archive& archive, const fs::path& from) {
  const std::string name = from.filename().string();
  if (!is_plain_name(name))
    throw Forbidden("package_damaged", fmt::format("{} is no name of a message", name));
  const fs::path outbox = outbox_of(archive);
  make_directories_below(archive.directory(), outbox);
  const fs::path aside = staging_directory(archive.directory() / "objects") / new_id_text();
  {
    const Descriptor made = create_new_file(aside);
    read_in_pieces(from, [&](std::span<const std::byte> piece) { write_all(made.number(), piece, aside); });
    sync_file(made.number(), aside);
  }
  // An import that was interrupted has left it.
  if (rename_new(aside, outbox / name) == Renamed::target_exists) fs::remove(aside);
  sync_directory(outbox);
}

void require_object(const Archive& archive, const std::string& sha256, const std::string& whose) {
  if (!archive.objects().exists(sha256)) throw Error(fmt::format("{} did not come along", whose));
}

}  // namespace

void for_each_proof_file(const Archive& archive, Connection& connection, const std::string& folder,
                         const std::function<void(const ProofFile&)>& visit) {
  visit_evidence(connection, folder, visit);
  if (folder.empty()) visit_days(connection, visit);
  visit_notes(connection, folder, visit);
  visit_messages(archive, connection, folder, visit);
}

void take_proof_files(Archive& archive, const fs::path& preservation) {
  for (const fs::path& file : files_in(preservation / evidence_directory, ".ers"))
    archive.objects().put(small_file(file, most_proof_bytes));
  for (const fs::path& file : files_in(preservation / notes_directory))
    archive.objects().put(small_file(file, most_proof_bytes));
  for (const fs::path& file : files_in(preservation / messages_directory)) copy_message(archive, file);
}

void settle_proof(const Archive& archive, Connection& connection) {
  for (const Row& row : connection.query("SELECT document AS whose, record_sha256 FROM evidence UNION ALL "
                                         "SELECT day, record_sha256 FROM imported_evidence_day"))
    require_object(archive, row.text("record_sha256"), "the evidence of " + row.text("whose"));
  for (const Row& row :
       connection.query("SELECT document, note_sha256, seal_sha256 FROM transfer_note ORDER BY document")) {
    const std::string whose = "the transfer note of " + row.text("document");
    require_object(archive, row.text("note_sha256"), whose);
    require_object(archive, row.text("seal_sha256"), whose);
  }
  for (const Row& row :
       connection.query("SELECT file_name, sha256 FROM disposal_message WHERE removed_at IS NULL")) {
    const std::string name = row.text("file_name");
    std::error_code none;
    if (!is_plain_name(name) || !fs::is_regular_file(outbox_of(archive) / name, none) ||
        digests_of_file(outbox_of(archive) / name, {"sha256"}).values.front() != row.text("sha256"))
      throw Error(fmt::format("the message {} did not come along as it was", name));
  }
}

void accept_certificate(Connection& connection, const std::string& pem) {
  connection.execute("INSERT OR IGNORE INTO imported_certificate(sha256, pem) VALUES(?, ?)",
                     {sha256_hex(pem), pem});
}

}  // namespace eakte::archive

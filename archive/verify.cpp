#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <string_view>

#include "archive/archive.h"
#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/catalogue/retention_terms.h"
#include "archive/destruction/check.h"
#include "archive/format_id.h"
#include "archive/life_cycle.h"
#include "archive/offers.h"
#include "archive/package.h"
#include "archive/package/audit_part.h"

namespace eakte::archive {
namespace {

constexpr std::int64_t rows_at_once = 200;
constexpr std::int64_t objects_between_reports = 50;

using Progress = std::function<void(std::int64_t, std::int64_t)>;

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// One run of verify_archive. The catalogue is read before the directories are listed: an object is durable
/// before its row, so whatever a row names must be there, while the service may be adding more.
class Verification {
public:
  Verification(const Archive& archive, const Progress& progress) : archive_(archive), progress_(progress) {}

  VerifyReport run() && {
    check_audit_trail();
    check_documents();
    check_intakes_and_documents();
    check_intakes();
    check_objects();
    check_manifest_files();
    for (std::string& sentence : check_outbox(archive_)) report_.problems.push_back(std::move(sentence));
    for (std::string& sentence : check_destructions(archive_))
      report_.problems.push_back(std::move(sentence));
    return std::move(report_);
  }

private:
  template <class... Arguments>
  void problem(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    report_.problems.push_back(fmt::format(text, std::forward<Arguments>(arguments)...));
  }

  void check_audit_trail() {
    archive_.database().read([&](Connection& connection) {
      for (std::string& sentence : verify_audit_trail(connection, &report_.audit_entries)) {
        report_.problems.push_back(std::move(sentence));
      }
      const Rows triggers = connection.query(
          "SELECT count(*) AS number FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN "
          "('audit_trail', "
          "'audit_head')");
      for (std::string& sentence : verify_imported_audit(connection))
        report_.problems.push_back(std::move(sentence));
      if (triggers.at(0).integer("number") != 4)
        problem("audit trail: a trigger that protects it is missing");
    });
  }

  void check_documents() {
    std::string last;
    for (;;) {
      const Rows rows = archive_.database().query("SELECT id FROM document WHERE id > ? ORDER BY id LIMIT ?",
                                                  {last, rows_at_once});
      if (rows.empty()) return;
      for (const Row& row : rows) {
        ++report_.documents;
        try {
          check_document({row.text("id")});
        } catch (const Error& error) {  // one document that cannot even be read
          problem("document {}: {}", row.text("id"), error.what());
        }
      }
      last = rows.back().text("id");
    }
  }

  void check_document(const DocumentId& id) {
    std::optional<Document> document;
    Rows told;
    archive_.database().read([&](Connection& connection) {
      document = load_document(connection, id);
      told = connection.query(
          "SELECT detail FROM audit_trail WHERE subject = ? AND action IN ('document.filed', "
          "'document.confirmed', 'document.text_corrected', 'document.text_restored', 'document.withdrawn', "
          "'document.imported', 'document.moved', 'document.completed') "
          "ORDER BY sequence DESC LIMIT 1",
          {id.text});
    });
    if (!document) return;  // gone since the list was read
    for (const Rendition& rendition : document->content.renditions) {
      check_presence(rendition.object, fmt::format("document {}, {}", id.text, name_of(rendition.role)));
      if (!rendition.format_id.empty() && !is_puid(rendition.format_id))
        problem("document {}, {}: \"{}\" is no PRONOM format", id.text, name_of(rendition.role),
                rendition.format_id);
    }
    if (told.empty()) {
      problem("document {}: the audit trail does not know of its filing", id.text);
    } else if (told[0].text("detail").find(document->manifest_sha256) == std::string::npos) {
      problem("document {}: the audit trail tells of another manifest", id.text);
    }
    check_manifest_of(*document);
  }

  void check_presence(const StoredObject& object, const std::string& whose) {
    if (is_withheld(archive_, object.sha256)) return;
    const auto path = object_path(archive_.directory() / "objects", object.sha256);
    std::error_code missing;
    const auto size = std::filesystem::file_size(path, missing);
    if (missing) {
      problem("{}: object {} is missing", whose, object.sha256);
    } else if (size != object.size) {
      problem("{}: object {} has {} bytes, not {}", whose, object.sha256, size, object.size);
    }
  }

  void check_manifest_of(const Document& document) {
    const auto file = archive_.directory() / manifest_path(document, document.manifest_sha256);
    const std::string text = content_of(file);
    if (!std::filesystem::exists(file)) {
      problem("document {}: its manifest {} is missing", document.id.text, document.manifest_sha256);
    } else if (sha256_hex(text) == document.manifest_sha256) {  // damaged ones are told of with the files
      const ManifestCheck check = check_manifest(text, document);
      for (const std::string& field : check.differences) {
        if (field == "access" && was_restricted(document.id)) continue;
        if (field == "retention" && follows_its_place(document)) continue;
        problem("document {}: manifest and catalogue differ in {}", document.id.text, field);
      }
      check_anchor(document, check.anchor);
    }
  }

  /// A restriction, and its end, change who finds a document, not the document.
  bool was_restricted(const DocumentId& id) const {
    return !archive_.database()
                .query("SELECT 1 FROM restriction WHERE document = ? LIMIT 1", {id.text})
                .empty();
  }

  /// What a document is kept for follows its folder and the file plan; its manifest tells of the time before.
  bool follows_its_place(const Document& document) const {
    const DocumentFields& fields = document.content.fields;
    if (!fields.folder.empty()) {
      const FolderRecord folder = folder_record(archive_, fields.folder);
      if (folder.retention.end == document.retention_end &&
          folder.retention_sentence == document.retention_sentence &&
          code_of(folder.disposal) == document.disposal)
        return true;
    }
    const FilePlanEntry* const entry = archive_.file_plan().find(fields.plan_entry);
    const RetentionTerms terms = retention_terms(entry, fields.document_date);
    return terms.end == document.retention_end && terms.sentence == document.retention_sentence &&
           terms.unlimited == document.retention_unlimited &&
           (entry == nullptr ? "" : code_of(entry->disposal)) == document.disposal;
  }

  /// The chain as the manifest saw it must still be the beginning of the chain: cutting and rewriting it
  /// shows here even when the catalogue's own record of its length was rewritten too.
  void check_anchor(const Document& document, const AuditAnchor& anchor) {
    if (anchor.entries == 0) return;
    const Rows link =
        archive_.database().query("SELECT hash FROM audit_trail WHERE sequence = ?", {anchor.entries});
    const bool known = !link.empty() && link[0].text("hash") == anchor.hash;
    // The manifest of an imported document saw the chain of the archive it came from.
    if (!known && archive_.database()
                      .query("SELECT 1 FROM imported_audit WHERE sequence = ? AND hash = ?",
                             {anchor.entries, anchor.hash})
                      .empty()) {
      problem("audit trail: entry {} is not the one the manifest of document {} saw", anchor.entries,
              document.id.text);
    }
  }

  void check_intakes_and_documents() {
    for (const Row& row : archive_.database().query(R"(
           SELECT intake.id FROM intake
           LEFT JOIN document ON document.intake = intake.id AND document.id = intake.document
           WHERE intake.state IN ('filed', 'review') AND document.id IS NULL)")) {
      problem("intake {}: it is filed but its document is missing", row.text("id"));
    }
    for (const Row& row : archive_.database().query(R"(
           SELECT document.id, document.intake FROM document
           LEFT JOIN intake ON intake.id = document.intake AND intake.document = document.id
                           AND (intake.state IN ('filed', 'review', 'queued', 'working')) = (document.state <> 'withdrawn')
                           AND (intake.state = 'withdrawn') = (document.state = 'withdrawn')
           WHERE intake.id IS NULL)")) {
      problem("document {}: its intake {} does not say that it is filed", row.text("id"), row.text("intake"));
    }
    check_batches();
  }

  /// No page of a split batch may be lost: its pages are numbered without a gap, and each is one of a part
  /// that is filed, with as many pages as belong to it, or a recorded separator.
  void check_batches() {
    for (const Row& row : archive_.database().query(R"(
           SELECT id FROM intake WHERE state = 'split' AND (SELECT count(*) FROM batch_page WHERE intake = intake.id)
             IS NOT (SELECT max(number) FROM batch_page WHERE intake = intake.id))")) {
      problem("intake {}: pages of the batch are missing", row.text("id"));
    }
    for (const Row& row : archive_.database().query(R"(
           SELECT part.parent AS batch, part.id FROM intake AS part JOIN intake AS batch ON batch.id = part.parent
           WHERE batch.state = 'split' AND part.source = 'batch' AND part.state <> 'destroyed' AND
             (SELECT count(*) FROM batch_page WHERE batch_page.part = part.id) <>
             (SELECT count(*) FROM page WHERE page.document = part.document))")) {
      problem("intake {}: part {} does not have the pages that belong to it", row.text("batch"),
              row.text("id"));
    }
    for (const Row& row : archive_.database().query(R"(
           SELECT batch_page.intake, number FROM batch_page JOIN intake AS batch ON batch.id = batch_page.intake
           WHERE batch.state = 'split' AND role = 'page' AND NOT EXISTS
             (SELECT 1 FROM intake AS part WHERE part.id = batch_page.part AND part.parent = batch.id
              AND part.state IN ('filed', 'review', 'destroyed')))")) {
      problem("intake {}: page {} of the batch is in no document", row.text("intake"), row.integer("number"));
    }
  }

  void check_intakes() {
    std::string last;
    for (;;) {
      const Rows rows = archive_.database().query(R"(
          SELECT id, state, sha256, size, EXISTS(SELECT 1 FROM audit_trail WHERE subject = intake.id
                                          AND action = 'intake.accepted') OR
                                   EXISTS(SELECT 1 FROM imported_audit WHERE subject = intake.id
                                          AND action = 'intake.accepted') AS told
          FROM intake WHERE id > ? ORDER BY id LIMIT ?)",
                                                  {last, rows_at_once});
      if (rows.empty()) return;
      for (const Row& row : rows) {
        const std::string id = row.text("id");
        if (row.text("state") != "destroyed")
          check_presence({row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))},
                         "intake " + id);
        if (row.integer("told") == 0) problem("intake {}: the audit trail does not know of it", id);
      }
      last = rows.back().text("id");
    }
  }

  void check_objects() {
    std::int64_t all = 0;
    if (progress_) archive_.objects().for_each([&](const std::string&) { ++all; });
    archive_.objects().for_each([&](const std::string& sha256) {
      check_object(sha256);
      ++report_.objects;
      if (progress_ && report_.objects % objects_between_reports == 0) progress_(report_.objects, all);
    });
    if (progress_) progress_(report_.objects, report_.objects);
  }

  void check_object(const std::string& sha256) {
    try {
      archive_.objects().open(sha256);
    } catch (const Error& error) {
      report_.problems.emplace_back(error.what());
    }
    const Rows used =
        archive_.database().query("SELECT 1 FROM named_object WHERE sha256 = ? LIMIT 1", {sha256});
    if (used.empty()) report_.orphans.push_back("object " + sha256);
  }

  /// Every manifest is named after its bytes, and the audit trail tells to which document it belongs or
  /// belonged.
  void check_manifest_files() {
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(archive_.directory() / "manifests")) {
      if (!entry.is_regular_file()) continue;
      const std::string name = entry.path().filename().string();
      const std::size_t dot = name.find('.');
      const std::string document = name.substr(0, dot);
      const std::string sha256 = sha256_hex(content_of(entry.path()));
      if (name != fmt::format("{}.{}.json", document, sha256)) {
        problem("manifest {} is damaged: its SHA-256 is {}", name, sha256);
        continue;
      }
      const Rows known = archive_.database().query(
          "SELECT 1 FROM audit_trail WHERE subject = ?1 AND instr(detail, ?2) > 0 UNION ALL "
          "SELECT 1 FROM imported_audit WHERE subject = ?1 AND instr(detail, ?2) > 0 LIMIT 1",
          {document, sha256});
      if (known.empty()) report_.orphans.push_back("manifest " + name);
      const Rows gone = archive_.database().query(
          "SELECT 1 FROM destroyed_document JOIN destruction ON destruction.id = destruction WHERE document "
          "= ? "
          "AND state = 'done'",
          {document});
      if (!gone.empty())
        problem("document {}: it is destroyed, but its manifest {} is there", document, sha256);
    }
  }

  const Archive& archive_;
  const Progress& progress_;
  VerifyReport report_;
};

}  // namespace

VerifyReport verify_archive(const Archive& archive, const Progress& progress) {
  return Verification(archive, progress).run();
}

}  // namespace eakte::archive

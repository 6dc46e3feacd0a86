#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/document_rows.h"
#include "archive/scan_check.h"
#include "archive/scanning/note_text.h"
#include "archive/scanning/standing.h"

namespace eakte::archive {
namespace {

/// The profile in use, in its last released version.
ScanProfile released_profile(const Archive& archive, const std::string& name) {
  std::optional<ScanProfile> last;
  for (ScanProfile& profile : scan_profiles(archive))
    if (profile.name == name && !profile.released_at.empty()) last = std::move(profile);
  if (!last)
    throw Forbidden("scan_profile_missing", fmt::format("scan profile \"{}\" has no released version", name));
  return *last;
}

NoteContent gathered(const Archive& archive, const Document& document, const ScanSettings& settings,
                     const std::string& actor) {
  if (settings.procedure.empty())
    throw Forbidden("scan_procedure_missing", "no version of the procedure's documentation is set");
  NoteContent content{new_id_text(),
                      archive.tenant(),
                      now_utc(),
                      actor,
                      {},
                      {},
                      {},
                      settings,
                      released_profile(archive, settings.profile)};
  archive.database().read([&](Connection& connection) {
    for (const Row& row : connection.query(
             "SELECT at, actor FROM audit_trail WHERE subject = ? AND action = 'intake.accepted' LIMIT 1",
             {document.content.intake.text})) {
      content.captured_at = row.text("at");
      content.captured_by = row.text("actor");
    }
    for (const Row& row : connection.query("SELECT filed_at FROM document WHERE id = ?", {document.id.text}))
      content.filed_at = row.text("filed_at");
  });
  return content;
}

}  // namespace

TransferNote make_transfer_note(Archive& archive, const DocumentId& id, const ScanSettings& settings,
                                const InstallationKey& key, const std::string& actor) {
  const Document document = archive.document(id);
  const ScanStanding standing = scan_standing(archive, id);
  const auto refuse = [&](const std::string& code) {
    throw Forbidden(code, fmt::format("no transfer note for document {}: {}", id.text, code));
  };
  if (!standing.released_at.empty()) refuse("paper_released");
  if (!standing.missing.empty() && standing.missing != "scan_note_missing") refuse(standing.missing);
  const NoteContent content = gathered(archive, document, settings, actor);
  TransferNote note{note_text(content, document, standing), {}, {}, content.made_at, actor};
  note.seal = key.seal(note.xml);
  const StoredObject xml = archive.objects().put(note.xml);
  const StoredObject seal = archive.objects().put(note.seal);
  note.sha256 = xml.sha256;
  archive.database().write([&](Connection& connection) {
    const ScanStanding now =
        load_standing(connection, archive.file_plan(connection), load_document(connection, id).value());
    if (now.checks.size() != standing.checks.size() || !now.released_at.empty())
      throw Conflict(fmt::format("document {} was checked meanwhile", id.text));
    connection.execute(
        "INSERT OR REPLACE INTO transfer_note(document, product_sha256, note_sha256, note_size, seal_sha256, "
        "seal_size, made_at, made_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        {id.text, product_of(document), xml.sha256, static_cast<std::int64_t>(xml.size), seal.sha256,
         static_cast<std::int64_t>(seal.size), note.made_at, actor});
    archive.record(connection, {actor, "scan.note_sealed", id.text,
                                fmt::format(R"({{"id":"{}","note":"{}","seal":"{}","product":"{}"}})",
                                            content.id, xml.sha256, seal.sha256, product_of(document))});
  });
  return note;
}

TransferNote transfer_note(const Archive& archive, const DocumentId& id) {
  const Rows rows = archive.database().query(
      "SELECT note_sha256, seal_sha256, made_at, made_by FROM transfer_note WHERE document = ?", {id.text});
  if (rows.empty()) throw NotFound(fmt::format("document {} has no transfer note", id.text));
  return {archive.objects().read(rows[0].text("note_sha256")), rows[0].text("note_sha256"),
          archive.objects().read(rows[0].text("seal_sha256")), rows[0].text("made_at"),
          rows[0].text("made_by")};
}

std::string accepted_certificates(const Archive& archive, const std::string& own_pem) {
  std::string all = own_pem;
  for (const Row& row : archive.database().query("SELECT pem FROM imported_certificate ORDER BY sha256"))
    all += row.text("pem");
  return all;
}

std::vector<std::string> verify_transfer_notes(const Archive& archive, const std::string& certificate_pem) {
  std::vector<std::string> problems;
  const std::string accepted = accepted_certificates(archive, certificate_pem);
  for (const Row& row : archive.database().query("SELECT document FROM transfer_note ORDER BY document")) {
    try {
      const TransferNote note = transfer_note(archive, {row.text("document")});
      for (const std::string& error : verify_seal(note.seal, note.xml, accepted).errors)
        problems.push_back(fmt::format("transfer note of document {}: {}", row.text("document"), error));
    } catch (const Error& error) {
      problems.push_back(fmt::format("transfer note of document {}: {}", row.text("document"), error.what()));
    }
  }
  return problems;
}

}  // namespace eakte::archive

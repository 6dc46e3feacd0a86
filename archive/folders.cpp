#include <fmt/format.h>

#include "archive/archive.h"
#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/reference.h"
#include "archive/folder_structure.h"

namespace eakte::archive {
namespace {

std::string key_of(const std::string& reference) {
  std::string key = reference_key(reference);
  if (key.empty()) throw Error("a folder or case needs a reference");
  return key;
}

}  // namespace

std::optional<Folder> Archive::folder_by_reference(std::string_view reference) const {
  std::optional<Folder> found;
  state_->database.read([&](Connection& connection) {
    const Rows rows =
        connection.query("SELECT id FROM folder WHERE reference_key = ?", {reference_key(reference)});
    if (!rows.empty()) found = load_folder(connection, {rows[0].text("id")});
  });
  return found;
}

std::optional<Case> Archive::case_by_reference(std::string_view reference) const {
  std::optional<Case> found;
  state_->database.read([&](Connection& connection) {
    const Rows rows =
        connection.query("SELECT id FROM record_case WHERE reference_key = ?", {reference_key(reference)});
    if (!rows.empty()) found = load_case(connection, {rows[0].text("id")});
  });
  return found;
}

Folder Archive::folder(const FolderId& id) const {
  std::optional<Folder> found;
  state_->database.read([&](Connection& connection) { found = load_folder(connection, id); });
  if (!found) throw NotFound(fmt::format("there is no folder {}", id.text));
  return *std::move(found);
}

Case Archive::open_case(const CaseId& id) const {
  std::optional<Case> found;
  state_->database.read([&](Connection& connection) { found = load_case(connection, id); });
  if (!found) throw NotFound(fmt::format("there is no case {}", id.text));
  return *std::move(found);
}

FolderId Archive::add_folder(const std::string& plan_entry, const std::string& reference,
                             const std::string& title, const std::string& actor,
                             std::optional<Date> begins_on) {
  key_of(reference);
  const NewFolder folder{
      .plan_entry = plan_entry, .title = title, .reference = reference, .begins_on = begins_on};
  return archive::add_folder(*this, folder, {}, today(), actor);
}

CaseId Archive::add_case(const FolderId& folder, const std::string& reference, const std::string& title,
                         const std::string& actor) {
  const std::string key = key_of(reference);
  CaseId id{new_id_text()};
  state_->database.write([&](Connection& connection) {
    const Rows around = connection.query("SELECT status FROM folder WHERE id = ?", {folder.text});
    if (around.empty()) throw NotFound(fmt::format("there is no folder {}", folder.text));
    if (around[0].text("status") != "open")
      throw Forbidden("folder_closed", fmt::format("folder {} is closed", folder.text));
    if (!connection.query("SELECT 1 FROM record_case WHERE reference_key = ?", {key}).empty()) {
      throw Conflict("there is a case with this reference already");
    }
    connection.execute(
        "INSERT INTO record_case(id, folder, reference, reference_key, title, created_at) VALUES(?, ?, ?, ?, "
        "?, ?)",
        {id.text, folder.text, reference, key, title, now_utc()});
    append_audit_entry(connection,
                       {actor, "case.added", id.text, fmt::format(R"({{"folder":"{}"}})", folder.text)});
  });
  return id;
}

}  // namespace eakte::archive

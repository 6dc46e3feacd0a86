#include "archive/drafts.h"

#include <fmt/format.h>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/destruction/drafts.h"
#include "archive/destruction/rows.h"
#include "archive/erasure_requests.h"
#include "archive/structure/closing.h"

namespace eakte::archive {
namespace {

/// `column` is fixed text.
std::vector<Draft> drafts_where(const Archive& archive, const char* column, const std::string& id) {
  std::vector<Draft> drafts;
  for (const Row& row : archive.database().query(
           fmt::format(
               "SELECT id, title, original_name FROM document WHERE {} = ? AND draft = 1 AND state <> "
               "'withdrawn' ORDER BY id",
               column),
           {id}))
    drafts.push_back({{row.text("id")}, row.text("title"), row.text("original_name")});
  return drafts;
}

void require_deletable(Connection& connection, const FolderId& folder, const std::optional<CaseId>& in,
                       const DocumentId& id) {
  const auto document = load_document(connection, id);
  if (!document || document->content.fields.folder != folder ||
      (in && document->content.fields.open_case != *in))
    throw Forbidden("not_in_there", fmt::format("document {} does not lie there", id.text));
  if (connection.query("SELECT 1 FROM document WHERE id = ? AND draft = 1", {id.text}).empty())
    throw Forbidden("not_a_draft", fmt::format("document {} is no draft", id.text));
  if (is_restricted(*document))
    throw Forbidden("document_restricted", fmt::format("the draft {} is restricted", id.text));
}

void delete_drafts(Connection& connection, const Archive& archive, const FolderId& folder,
                   const std::optional<CaseId>& in, const std::vector<DocumentId>& drafts,
                   const ForgetIntakes& forget, const std::string& actor) {
  if (drafts.empty()) return;
  for (const DocumentId& id : drafts) require_deletable(connection, folder, in, id);
  if (is_held(connection, folder))
    throw Forbidden("hold_standing", fmt::format("a hold stands on folder {}", folder.text));
  if (!begin_deletion_of_drafts(connection, archive, folder, drafts, forget, actor))
    throw Conflict("a draft is being worked on");
}

}  // namespace

std::vector<Draft> drafts_in(const Archive& archive, const CaseId& id) {
  return drafts_where(archive, "record_case", id.text);
}

std::vector<Draft> drafts_in(const Archive& archive, const FolderId& id) {
  return drafts_where(archive, "folder", id.text);
}

void close_case_and_drafts(Archive& archive, const CaseId& id, Date on, Date today,
                           const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                           const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    const auto there = load_case(connection, id);
    if (!there) throw NotFound(fmt::format("there is no case {}", id.text));
    delete_drafts(connection, archive, there->folder, id, drafts, forget, actor);
    close_case(connection, id, on, today, actor);
  });
}

void close_folder_and_drafts(Archive& archive, const FolderId& id, Date on, Date today,
                             const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                             const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    if (!load_folder(connection, id)) throw NotFound(fmt::format("there is no folder {}", id.text));
    delete_drafts(connection, archive, id, std::nullopt, drafts, forget, actor);
    close_folder(connection, archive.file_plan(connection), id, on, today, actor);
  });
}

}  // namespace eakte::archive

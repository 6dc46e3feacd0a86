#include "archive/folder_list.h"

#include "archive/catalogue/reference.h"

namespace eakte::archive {
namespace {

/// For LIKE with '\' as escape.
std::string anywhere(const std::string& text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

ListedFolder listed_from(const Row& row) {
  const auto date = [&](std::string_view column) {
    return row.is_null(column) ? std::nullopt : date_from_iso(row.text(column));
  };
  return {.about = {{row.text("id")}, row.text("reference"), row.text("title"), row.text("plan_entry")},
          .status = folder_status_from(row.text("status")).value(),
          .closed_on = date("closed_on"),
          .retention_end = date("retention_end"),
          .disposal = row.text("disposal"),
          .standing_holds = static_cast<int>(row.integer("holds"))};
}

}  // namespace

FolderPage list_folders(const Archive& archive, const FolderQuery& query) {
  std::string sql =
      "SELECT id, reference, reference_key, title, plan_entry, status, closed_on, retention_end, disposal, "
      "(SELECT count(*) FROM disposal_hold WHERE folder = folder.id AND lifted_at IS NULL) AS holds "
      "FROM folder WHERE reference_key > ?";
  std::vector<Value> parameters{query.cursor};
  if (!query.text.empty()) {
    sql += " AND (reference_key LIKE ? ESCAPE '\\' OR title LIKE ? ESCAPE '\\')";
    parameters.emplace_back(anywhere(reference_key(query.text)));
    parameters.emplace_back(anywhere(query.text));
  }
  if (!query.plan_entry.empty()) {
    sql += " AND (plan_entry = ? OR substr(plan_entry, 1, ?) = ?)";
    parameters.emplace_back(query.plan_entry);
    parameters.emplace_back(static_cast<std::int64_t>(query.plan_entry.size() + 1));
    parameters.emplace_back(query.plan_entry + ".");
  }
  if (query.status) {
    sql += " AND status = ?";
    parameters.emplace_back(std::string(name_of(*query.status)));
  }
  sql += " ORDER BY reference_key LIMIT ?";
  parameters.emplace_back(std::int64_t{query.limit} + 1);
  Rows rows = archive.database().query(sql, parameters);
  FolderPage page;
  if (std::ssize(rows) > query.limit) {
    rows.pop_back();
    page.next = rows.back().text("reference_key");
  }
  for (const Row& row : rows) page.folders.push_back(listed_from(row));
  return page;
}

std::vector<Document> documents_in(const Archive& archive, const FolderId& folder, int limit) {
  std::vector<Document> documents;
  for (const Row& row : archive.database().query(
           "SELECT id FROM document WHERE folder = ? AND state <> 'withdrawn' ORDER BY id DESC LIMIT ?",
           {folder.text, std::int64_t{limit}}))
    documents.push_back(archive.document({row.text("id")}));
  return documents;
}

}  // namespace eakte::archive

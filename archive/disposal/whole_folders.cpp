#include "archive/disposal/whole_folders.h"

#include <fmt/format.h>

#include <set>

namespace eakte::archive {
namespace {

/// The folder that is no part of another, around this one or itself.
FolderId whole_of(Connection& connection, const FolderId& id) {
  const Rows rows = connection.query(
      "WITH RECURSIVE up(id, parent) AS (SELECT id, parent FROM folder WHERE id = ? UNION SELECT folder.id, "
      "folder.parent FROM folder JOIN up ON folder.id = up.parent) SELECT id FROM up WHERE parent IS NULL",
      {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no folder {}", id.text));
  return {rows[0].text("id")};
}

}  // namespace

std::vector<FolderId> with_parts(Connection& connection, const FolderId& id) {
  std::vector<FolderId> folders{id};
  for (std::size_t at = 0; at < folders.size(); ++at) {
    for (const Row& row :
         connection.query("SELECT id FROM folder WHERE parent = ? AND status <> 'destroyed' ORDER BY id",
                          {folders[at].text}))
      folders.push_back({row.text("id")});
  }
  return folders;
}

std::vector<FolderId> whole_folders(Connection& connection, const std::vector<FolderId>& chosen) {
  const std::set<FolderId> named(chosen.begin(), chosen.end());
  std::vector<FolderId> folders;
  for (const FolderId& id : chosen) {
    const FolderId whole = whole_of(connection, id);
    if (whole == id) {
      for (const FolderId& one : with_parts(connection, id)) folders.push_back(one);
    } else if (!named.contains(whole)) {
      throw Forbidden("part_without_whole", fmt::format("{} is a part of {}", id.text, whole.text));
    }
  }
  return folders;
}

}  // namespace eakte::archive

#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "archive/life_cycle.h"

namespace eakte::archive {

/// Which folders a list shows.
struct FolderQuery {
  std::string text;        ///< a part of the reference or of the title; empty: all
  std::string plan_entry;  ///< this entry and those below it; empty: all
  std::optional<FolderStatus> status;
  std::string cursor;  ///< FolderPage::next of the page before
  int limit = 50;
};

struct ListedFolder {
  Folder about;
  FolderStatus status = FolderStatus::open;
  std::optional<Date> closed_on;
  std::optional<Date> retention_end;
  std::string disposal;  ///< A, B, V
  int standing_holds = 0;
};

struct FolderPage {
  std::vector<ListedFolder> folders;  ///< by reference
  std::string next;                   ///< empty at the end
};

FolderPage list_folders(const Archive& archive, const FolderQuery& query);

/// The documents of a folder in force, newest first, at most `limit`.
std::vector<Document> documents_in(const Archive& archive, const FolderId& folder, int limit);

}  // namespace eakte::archive

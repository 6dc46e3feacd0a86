#pragma once
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// A document that is to lie elsewhere, with its new manifest written already, and the one it had.
struct MovedDocument {
  Document document;
  std::string previous;
};

/// Where documents go. `folder` and `open_case` as they will be, for the manifests.
struct NewPlace {
  Folder folder;
  std::optional<Case> open_case;
};

/// Writes the manifests of documents as they will be at their new places, before the commit that makes them
/// valid. `place_of` says where a document goes.
std::vector<MovedDocument> prepare_move(const Archive& archive, const std::vector<DocumentId>& ids,
                                        const std::function<NewPlace(const Document&)>& place_of);

/// Puts them there, in the caller's transaction. Throws Conflict when one was changed meanwhile. The caller
/// computes the retention of the folders concerned anew.
void commit_move(Connection& connection, std::vector<MovedDocument>& moved, const std::string& actor);

/// All documents of a folder or case, withdrawn ones too; `column` is "folder" or "record_case".
std::vector<DocumentId> documents_in(Connection& connection, std::string_view column, const std::string& id);

}  // namespace eakte::archive

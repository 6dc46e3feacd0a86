#pragma once
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "index/search_index.h"
#include "tests/support/temporary_directory.h"

namespace eakte::testing {

/// A tenant's archive in a temporary directory, with documents filed by the tests.
class FiledArchive {
public:
  FiledArchive();

  /// Files a document with the text as its text rendition; `change` may alter it first.
  archive::DocumentId add(const std::string& title, const std::string& text,
                          const std::function<void(archive::NewDocument&)>& change = {});

  archive::Archive& archive() { return *archive_; }
  std::filesystem::path directory() const { return temporary_.path() / "tenant"; }
  std::filesystem::path index_directory() const { return temporary_.path() / "index"; }

private:
  TemporaryDirectory temporary_;
  std::unique_ptr<archive::Archive> archive_;
};

/// A query of the test's tenant by somebody who may see everything filed without other access terms.
index::Query query(const std::string& text);

/// The titles of all hits.
std::set<std::string> titles(archive::Archive& archive, const index::SearchIndex& index,
                             const index::Query& query);

}  // namespace eakte::testing

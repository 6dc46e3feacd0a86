#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "index/error.h"
#include "index/query.h"
#include "ocr/text.h"

namespace eakte::index {

/// A run of a snippet, marked when it matches the query.
struct SnippetPart {
  std::string text;
  bool matches = false;
};

struct Hit {
  archive::DocumentId document;
  double weight = 0;
  int page = 1;  ///< first page the query's words occur on
  std::vector<SnippetPart> snippet;
};

struct FacetValue {
  std::string value;
  std::int64_t count = 0;
};

struct Facet {
  std::string name;                ///< "typ", "plan", "jahr", "von", "zustand"
  std::vector<FacetValue> values;  ///< most frequent first, at most 12
};

struct Hits {
  std::int64_t total = 0;  ///< exact
  std::vector<Hit> hits;
  std::vector<Facet> facets;  ///< counted over all hits
  std::string suggestion;     ///< the query respelled ("meinten Sie"), empty when there is nothing better
  std::int64_t unseen = 0;    ///< changes of the archive that the index has yet to catch up with
};

/// The search view of one tenant's archive, in Xapian. It holds nothing that cannot be rebuilt: deleting the
/// directory and catching up gives the same hits. The files of a generation lie in `<directory>/<number>`,
/// and the file `<directory>/current` names the one in use, so that a rebuild can replace it while
/// searches go on.
class SearchIndex {
public:
  /// Opens the index, an empty one is made. Any number of processes may search; one at a time may catch up.
  explicit SearchIndex(std::filesystem::path directory);
  ~SearchIndex();

  /// Brings the index up to the archive's revision, in batches that are each durable; returns the revision
  /// reached. Survives kill -9 at any point: the next call goes on. Only one process at a time
  /// (a second one gets an Error); its threads take turns. `progress` is told (done, all) documents.
  std::int64_t catch_up(const archive::Archive& archive,
                        const std::function<void(std::int64_t, std::int64_t)>& progress = {});

  /// Builds a new generation beside the one in use and switches over when it has caught up.
  void rebuild(const archive::Archive& archive,
               const std::function<void(std::int64_t, std::int64_t)>& progress = {});

  /// Catches up and writes the index anew from what is in it, so that no block of its files holds words of
  /// documents that are gone; generations left behind go as well. Takes time in proportion to the index. Safe
  /// to be killed. Throws Error while somebody else rebuilds or catches up.
  void erase_remains(const archive::Archive& archive);

  /// Revision of the archive the index in use has seen.
  std::int64_t revision() const;

  /// Thread-safe. Throws BadQuery. `archive` gives the text for snippets.
  Hits search(const archive::Archive& archive, const Query& query) const;

  /// Documents like this one, best first, within what `query.tenant` and `query.access` may see.
  std::vector<Hit> similar(const archive::Archive& archive, const archive::DocumentId& id,
                           const Query& query) const;

  /// The boxes on a page where the query's words stand, for marking; empty when none do.
  std::vector<ocr::Box> find_on_page(const ocr::PageText& page, const Query& query) const;

  /// Compares index and catalogue: same documents at the same revisions. One sentence per difference.
  std::vector<std::string> verify(const archive::Archive& archive) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::index

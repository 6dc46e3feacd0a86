#pragma once
#include <string_view>
#include <vector>

#include "index/search/marker.h"
#include "index/search_index.h"

namespace eakte::index {

/// Where in a document a query's words stand.
struct Passage {
  int page = 1;
  std::vector<SnippetPart> parts;
};

/// The first page with most of the query's words, and the run of text there that shows most of them. The
/// beginning of the text when none occurs (found by a field). `text` has its pages ended by form feeds.
Passage find_passage(std::string_view text, Marker& marker);

}  // namespace eakte::index

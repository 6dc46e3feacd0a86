#pragma once
#include <memory>

#include "ingest/page_reader.h"

namespace eakte::ingest {

/// A PDF. A page that is one picture gives that picture; a page of text gives its words; any other page is
/// rendered for recognition and its picture stays empty.
std::unique_ptr<PageReader> open_pdf(int input, const ReadLimits& limits);

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "archive/document.h"
#include "archive/pdfa.h"
#include "ocr/text.h"

namespace eakte::ingest {

/// One page between reading and rendering.
struct SpooledPage {
  archive::PageRecord record;
  ocr::PageText text;
  /// As it goes into the archive file; without bytes the page of a received PDF stays as it is.
  archive::PagePicture picture;
};

// The page spool is a file that the reading children fill and the finishing child reads; it lives only
// between the two. A page is
//   "EKPG", length of header (4 bytes), of words (4), of picture (8), then the three; integers in host order.
// The header is JSON (record, picture parameters, lengths of the picture's own bytes and of its layers), the
// words a line of the words rendition, the picture these bytes one after the other.

/// Appends at the descriptor's offset. Throws Error when the disk is full.
void append_page(int descriptor, const SpooledPage& page);

/// Calls `visit` with the pages from the start of the file; with `wanted` only those at these positions (from
/// 1, ascending), and the others are passed over unread. The content comes from another worker and is
/// checked; throws Error when it is malformed.
void for_each_page(int descriptor, const std::function<void(SpooledPage)>& visit,
                   const std::vector<int>& wanted = {});

}  // namespace eakte::ingest

#pragma once
#include "archive/pdfa.h"
#include "ingest/page_reader.h"
#include "ocr/read_page.h"

namespace eakte::ingest {

/// The picture of a page for the archive file and how it came about, for the record of the page.
struct ArchivePicture {
  archive::PagePicture picture;
  ocr::CleanupStep
      step;  ///< "picture": what was done to it; not applied when the bytes are the received ones
};

/// Decides what of a received page goes into the archive file; see archive/README.md, "Pictures". `received`
/// is not a page that stays in its PDF. `quarter_turns` were found by the reading, and the boxes of `text`
/// refer to the page after them. Memory beside the page: a few per cent of it. Throws Error.
ArchivePicture archive_picture(ReceivedPage received, int quarter_turns, const ocr::PageText& text,
                               archive::PictureChoice choice);

}  // namespace eakte::ingest

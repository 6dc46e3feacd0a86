#pragma once
#include <set>

#include "archive/mapped_file.h"

namespace eakte::ingest {

/// Whether two PDFs say the same: page by page, the characters poppler finds, in order and without blanks.
/// Pages (from 1) in `other_text` are passed over. False also when one of them cannot be read. Foreign bytes:
/// worker only.
bool have_same_text(int input, const archive::MappedFile& result, const std::set<int>& other_text);

}  // namespace eakte::ingest

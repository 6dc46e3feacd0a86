#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdfa.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {

// At most the first of each: a file that breaks one rule often breaks it on every page.
inline constexpr std::size_t most_recorded_violations = 20;
inline constexpr std::size_t most_recorded_signatures = 50;

/// What the archive file and, when it is a PDF, the original are found to be, as JSON: `checker`, `archive`
/// and `original` verdicts, `signatures`, and what a foreign checker says. `verapdf` is the path of that
/// program; empty: none is asked. Foreign bytes: worker only.
std::string pdfa_record(int input, Format format, int archive_file, const std::string& verapdf);

/// The same text with nothing in it but the values that belong there. Throws std::exception when the shape is
/// another: it comes from a worker.
std::string checked_pdfa_record(std::string_view json);

}  // namespace eakte::ingest

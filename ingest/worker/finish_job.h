#pragma once
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "archive/format_id.h"

namespace eakte::ingest {

/// finish: classifies, renders, and writes words and text, of all pages or of the chosen ones. Descriptors:
/// input, spool, PDF/A, words, text, scratch, the original where a PDF/A-3 is to carry it, and the type model
/// where there is one.
nlohmann::json finish_job(const nlohmann::json& request, const std::vector<int>& descriptors,
                          const archive::FormatSignatures& signatures);

}  // namespace eakte::ingest

#pragma once
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "archive/document.h"
#include "archive/format_id.h"
#include "archive/pdfa.h"
#include "ingest/classify.h"
#include "ingest/page_reader.h"
#include "ocr/read_page.h"

namespace eakte::ingest {

// What crosses between service and worker as JSON. Reading checks types and ranges, because a worker may have
// been taken over by what it read; it throws nlohmann::json::exception or Error.

nlohmann::json to_json(const ReadLimits& limits);
ReadLimits limits_from(const nlohmann::json& value);

nlohmann::json to_json(const archive::PageRecord& record);
archive::PageRecord page_record_from(const nlohmann::json& value);

nlohmann::json to_json(const archive::FormatId& format);
archive::FormatId format_id_from(const nlohmann::json& value);

/// Without the bytes.
nlohmann::json to_json(const archive::PagePicture& picture);
archive::PagePicture page_picture_from(const nlohmann::json& value);

nlohmann::json to_json(const Classification& classification);
Classification classification_from(const nlohmann::json& value);

/// The cleanup steps as the JSON array that is kept with the page.
std::string steps_to_json(const std::vector<ocr::CleanupStep>& steps);

}  // namespace eakte::ingest

#include "api/folder_shape.h"

#include <nlohmann/json.hpp>

namespace eakte::api {

nlohmann::ordered_json iso_or_null(const std::optional<archive::Date>& date) {
  return date ? nlohmann::ordered_json(archive::to_iso(*date)) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json folder_standing_json(const archive::FolderRecord& folder, archive::Date on) {
  return {{"stage", archive::name_of(archive::stage_on(folder, on))},
          {"begins_on", archive::to_iso(folder.begins_on)},
          {"closed_on", iso_or_null(folder.closed_on)},
          {"retention_end", iso_or_null(folder.retention.end)},
          {"retention_unlimited", folder.retention.unlimited},
          {"retention_sentence", folder.retention_sentence},
          {"disposal", archive::code_of(folder.disposal)}};
}

}  // namespace eakte::api

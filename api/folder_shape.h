#pragma once
#include <nlohmann/json_fwd.hpp>
#include <optional>

#include "archive/life_cycle.h"

namespace eakte::api {

/// A day as 2026-11-22; null without one.
nlohmann::ordered_json iso_or_null(const std::optional<archive::Date>& date);

/// How a folder stands on a day: its stage and what its retention comes to. The same over HTTP and on the
/// command line, behind what the folder is called.
nlohmann::ordered_json folder_standing_json(const archive::FolderRecord& folder, archive::Date on);

}  // namespace eakte::api

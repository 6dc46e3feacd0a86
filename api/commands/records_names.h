#pragma once
#include <string>

#include "archive/archive.h"

namespace eakte::api {

/// A day a person gave, "2037-01-04"; empty: today. Throws Error.
archive::Date day_of(const std::string& text);

/// People name a folder by its reference; programs by its id. Throws Error.
archive::FolderId folder_named(const archive::Archive& archive, const std::string& name);

/// A case likewise, by its reference or id. Throws Error.
archive::CaseId case_named(const archive::Archive& archive, const std::string& name);

}  // namespace eakte::api

#pragma once
#include <map>
#include <optional>
#include <string>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// What a ToUnicode map gives for each code: UTF-16BE bytes. Nothing when it cannot be read.
using UnicodeMap = std::map<unsigned, std::string>;
std::optional<UnicodeMap> read_unicode_map(QPDFObjectHandle stream);

}  // namespace eakte::archive

#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace eakte::ocr::codes {

/// What a Code 39 says when it is read as Code 32, the number of a medicine in Italy (Decreto Ministeriale
/// of 10 June 1983): six characters are a number to base 32, its last decimal digit a check digit, "A" is
/// printed before it. Six plain digits are left alone: a tenth of all such numbers would pass the check.
std::optional<std::string> code32_from(std::string_view code39);

}  // namespace eakte::ocr::codes

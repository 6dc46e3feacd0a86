#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace eakte::index {

/// The text without what must not be searched for (§ 20 (3) PAuswG, § 17 PaßG): lines of a machine readable
/// zone (ICAO 9303: two of 44 or 36, three of 30 characters of A-Z, 0-9 and '<') are always taken out; where
/// `locks` names "seriennummer", serial numbers of identity cards and passports too. What goes is replaced by
/// as many blanks, so that offsets stay.
std::string without_identity_numbers(std::string_view text, const std::vector<std::string>& locks);

}  // namespace eakte::index

#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// A reference as it is compared: without blanks of any kind, letters in lower case, every dash a hyphen,
/// because people and recognisers write "32.1 – Mü/2026" and "32.1-MÜ/2026" for the same folder.
std::string reference_key(std::string_view reference);

}  // namespace eakte::archive

#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// Text for an element or an attribute in quotes; characters XML does not know become blanks.
std::string xml_escaped(std::string_view text);

}  // namespace eakte::archive

#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// Text as it can stand in an element, or an attribute in double quotes, of XML and HTML: what has a meaning
/// there escaped, what XML 1.0 does not know (control characters, broken UTF-8) as blanks.
std::string xml_escaped(std::string_view text);

}  // namespace eakte::archive

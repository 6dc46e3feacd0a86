#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// The code points of UTF-8 text. Malformed bytes become U+FFFD; control characters, the byte order marks and
/// the non-characters that neither XML nor a ToUnicode map may hold are left out.
std::u32string printable_code_points(std::string_view utf8);

/// The same text with only what printable_code_points keeps.
std::string printable_utf8(std::string_view utf8);

/// Four hexadecimal digits for each UTF-16 unit, as PDF maps spell a character.
std::string utf16_hex(char32_t character);

}  // namespace eakte::archive

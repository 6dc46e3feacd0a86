#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// Text as it can stand in an XML element: what has a meaning there escaped, what XML 1.0 does not know
/// (control characters, broken UTF-8) as blanks.
std::string xml_characters(std::string_view text);

/// The same without escaping: what a reader gets back of it.
std::string without_foreign_characters(std::string_view text);

/// CP437, the code page of ZIP names without the UTF-8 flag, as UTF-8.
std::string utf8_from_cp437(std::string_view text);

bool is_utf8(std::string_view text);

/// A file name of ASCII letters, digits, '-', '_' and '.': umlauts spelled out, at most `most` bytes.
std::string ascii_name(std::string_view text, std::size_t most);

}  // namespace eakte::archive

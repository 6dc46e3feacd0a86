#pragma once
#include <string>

namespace eakte::archive {

/// Standard string of the Compact Font Format by its number; empty outside 1..228 (the expert set is left
/// out).
std::string standard_string(int number);

/// The character a glyph name stands for (Latin part of the Adobe Glyph List, uniXXXX, uXXXXX); 0 when
/// unknown.
char32_t character_of_glyph(const std::string& name);

/// The usual glyph name of a character; empty when unknown.
std::string glyph_of_character(char32_t character);

/// The glyph name of a code in "/WinAnsiEncoding", "/MacRomanEncoding" or "/StandardEncoding"; empty when
/// none.
std::string glyph_in_encoding(const std::string& encoding, unsigned char code);

}  // namespace eakte::archive

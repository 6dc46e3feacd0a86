#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace eakte::ingest {

/// The characters of a text file as UTF-8, with line ends as LF and without byte order mark: UTF-16 by its
/// mark, UTF-8 where the bytes are, else windows-1252.
std::string utf8_text(std::span<const std::uint8_t> bytes);

/// What separates the columns of a table in text form: tab, semicolon or comma, whichever splits the first
/// lines into the same number of columns; a semicolon, as German programs write it, when none does.
char column_separator(std::string_view text);

/// Columns of the widest line, at most 1024.
int most_columns(std::string_view text, char separator);

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "ingest/page_reader.h"

namespace eakte::ingest {

/// What a ZIP file is: an office file by what it says of itself (OOXML: [Content_Types].xml; ODF: mimetype),
/// an archive of files, or `unknown` for other packages (e-books, programs), which unpacked would be a heap
/// of XML. Throws Refused("encrypted") for an OpenDocument with a password.
Format package_format(int input);

/// What an OLE2 compound file is: doc, xls or ppt by the streams at its top, else unknown. Throws
/// Refused("encrypted") for one with a password, and for an OOXML file inside one, which is how those are
/// locked.
Format compound_format(std::span<const std::uint8_t> bytes);

/// Text, table or web page when `name` ends like one and the bytes are nothing but text (UTF-8, UTF-16 with a
/// byte order mark, or an 8-bit Western code); else unknown.
Format named_text_format(std::span<const std::uint8_t> bytes, std::string_view name);

}  // namespace eakte::ingest

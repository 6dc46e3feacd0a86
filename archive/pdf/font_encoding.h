#pragma once
#include <map>
#include <string>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// The Encoding entry of a simple font.
struct FontEncoding {
  std::string base;                             ///< "/WinAnsiEncoding"; empty: the built-in one
  std::map<unsigned, std::string> differences;  ///< code to glyph name
};
FontEncoding read_font_encoding(const QPDFObjectHandle& font);

}  // namespace eakte::archive

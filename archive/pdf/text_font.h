#pragma once
#include <map>
#include <string>
#include <vector>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// The one font of invisible text layers: a composite font over a small TrueType program of our own, whose
/// glyphs are plain rectangles in twenty widths. Characters get codes in the order of their first use.
/// The rectangles matter: MuPDF finds no word set in glyphs without an outline.
class TextFont {
public:
  /// The font dictionary is made in `pdf` and filled by finish(). `pdf` must outlive the font.
  explicit TextFont(QPDF& pdf);

  /// What text content refers to by a resource name.
  QPDFObjectHandle dictionary() const { return dictionary_; }

  /// The two-byte codes of the characters, as hexadecimal digits; assigns codes to new characters.
  std::string codes(const std::u32string& characters);

  /// The natural width, in thousandths of the font size.
  int width(const std::u32string& characters) const;

  bool is_used() const { return !characters_.empty(); }

  /// Writes program, widths and maps for the characters used so far. May be called again after more.
  void finish();

private:
  QPDF& pdf_;
  QPDFObjectHandle dictionary_;
  std::map<char32_t, int> codes_;
  std::vector<char32_t> characters_;  ///< by code, the first is code 1
};

}  // namespace eakte::archive

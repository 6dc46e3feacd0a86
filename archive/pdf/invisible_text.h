#pragma once
#include <cstddef>
#include <set>
#include <string>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// What text a page shows and hides.
struct PageTextUse {
  bool is_visible = false;              ///< some text other than blanks is drawn in a visible mode
  std::size_t hidden_bytes = 0;         ///< in strings shown in mode 3
  std::set<std::string> hidden_fonts;   ///< BaseFont, of text in mode 3
  std::set<std::string> visible_fonts;  ///< BaseFont, of all other text
};
PageTextUse text_use(const QPDFObjectHandle& page);

/// Takes the text in rendering mode 3 out of the content of a page and of the forms it shows: the layer an
/// earlier recognition has left there. Everything else stays byte for byte. Forms are changed where they
/// are, also for other pages that show them.
void remove_hidden_text(QPDF& pdf, QPDFObjectHandle page);

}  // namespace eakte::archive

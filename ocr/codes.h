#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/page_image.h"
#include "ocr/text.h"

namespace eakte::ocr {

enum class Symbology { code39, code93, code128, itf, ean, qr, data_matrix, pdf417, aztec, patch };
std::string_view name_of(Symbology symbology);  ///< "code39" ...
std::optional<Symbology> symbology_from(std::string_view name);

/// A machine-readable mark on a page.
struct Code {
  Symbology symbology = Symbology::code128;
  /// What it says, UTF-8, never empty. Of a patch code its name: "1", "2", "3", "4", "6" or "T".
  std::string text;
  Box box;  ///< the upright rectangle around it, in pixels of the picture it was found on
  bool operator==(const Code&) const = default;
};

/// Bar codes, matrix codes and patch codes on a page, from top to bottom, each once; a Code 39 that may be a
/// Code 32 is followed by what it says as that. Works at any quarter turn and skew; a mark that cannot be
/// read for certain is left out (ocr/README.md has the rules). Costs some 40 ms a page. The picture is
/// foreign: worker only, because the decoders behind it may end the process. Thread-safe.
std::vector<Code> find_codes(const PageImage& page);

}  // namespace eakte::ocr

#pragma once
#include <string_view>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// Whether JBIG2 data as it lies in a PDF (segments one after the other, ITU-T T.88, 7.2) has a symbol
/// dictionary or a text region: then shapes were matched with each other and characters can have been
/// swapped, which TR-RESISCAN forbids (RS-08). What is malformed ends the walk. Foreign bytes.
bool uses_symbols(std::string_view segments);

/// Whether a picture of the file is coded so.
bool has_symbol_coded_picture(QPDF& pdf);

}  // namespace eakte::archive

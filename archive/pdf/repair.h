#pragma once
#include <optional>
#include <string>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// Why a PDF must not or cannot be changed into PDF/A: encrypted, signed, an XFA form, a portfolio, moving
/// pictures.
std::optional<std::string> obstacle_to_repair(QPDF& pdf);

/// Removes or mends what ISO 19005-2 forbids, as far as no content stream has to be touched: actions,
/// scripts, hidden annotations, foreign metadata, transfer functions and the like. What is visible stays, and
/// so do attachments (see mend_attachments). `cmyk` gives DeviceCMYK a defined meaning.
enum class CmykDefault { add, leave };
void repair(QPDF& pdf, CmykDefault cmyk);

}  // namespace eakte::archive

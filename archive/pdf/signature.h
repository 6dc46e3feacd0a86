#pragma once
#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// A signature field of the form has a value.
bool has_signature(QPDF& pdf);

}  // namespace eakte::archive

#pragma once

/// The part of qpdf that knows nothing of PDF files: text codings. Apart from qpdf.h, so that parsers of
/// plain bytes can be built and fuzzed without the rest.
#define POINTERHOLDER_TRANSITION 4  // NOLINT(cppcoreguidelines-macro-usage)

#include <qpdf/QUtil.hh>

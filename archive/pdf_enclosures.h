#pragma once
#include <functional>
#include <vector>

#include "archive/pdfa.h"

namespace eakte::archive {

/// What is to be embedded, once it is known which rung gives the file; the same answer for the same rung.
/// Asked first for Way::untouched: received bytes stay only when nothing has to go into them.
using FilesToEmbed = std::function<std::vector<EmbeddedFile>(ArchivedPdf::Way way)>;

/// As make_pdfa_from_pdf, with files embedded: the result is PDF/A-3u, or 3b.
ArchivedPdf make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                               const std::vector<PageTextLayer>& layers, const AcceptPdf& accept,
                               const FilesToEmbed& embedded);

}  // namespace eakte::archive

#pragma once
#include <string>
#include <string_view>

#include "archive/pdf/qpdf.h"
#include "archive/pdfa.h"

namespace eakte::archive {

/// Embeds a file into a PDF/A-3 and associates it with the document (ISO 19005-3, 6.8): a file specification
/// with F, UF, Desc and AFRelationship in the names of the catalogue and in its AF. `created_utc` as in
/// PdfMetadata.
void embed_file(QPDF& pdf, const EmbeddedFile& file, const std::string& created_utc);

}  // namespace eakte::archive

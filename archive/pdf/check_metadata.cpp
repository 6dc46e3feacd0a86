#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"
namespace eakte::archive {
void check_metadata(QPDF&, PdfaClaim& claim, Findings&) {
  claim.is_part_2 = true;
  claim.needs_unicode = true;
}
}  // namespace eakte::archive

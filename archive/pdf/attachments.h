#pragma once
#include <map>
#include <optional>
#include <string>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// Gives every embedded file what ISO 19005-3, 6.8 asks for (names, media type, relationship) and lists all
/// of them in the AF array of the catalogue. What is there already stays. Returns how many there are.
int mend_attachments(QPDF& pdf);

/// How the XMP of a received file says that it carries an electronic invoice (Factur-X, ZUGFeRD, Order-X).
struct InvoiceXmp {
  std::string space;  ///< namespace
  std::string prefix;
  std::map<std::string, std::string> values;  ///< DocumentType, DocumentFileName, Version, ConformanceLevel
};
std::optional<InvoiceXmp> invoice_xmp(QPDF& pdf);

}  // namespace eakte::archive

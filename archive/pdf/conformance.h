#pragma once
#include <optional>
#include <string>

#include "archive/pdf/attachments.h"
#include "archive/pdf/qpdf.h"
#include "archive/pdfa.h"

namespace eakte::archive {

/// Part of ISO 19005 and conformance level.
struct Conformance {
  int part = 2;      ///< 3 when files are embedded
  char level = 'U';  ///< 'B' when not every code has a Unicode value
};

/// The XMP packet that claims PDF/A. Every value also stands in the Info dictionary where that has a key.
/// Throws Error when `created_utc` is no point in time.
std::string xmp_packet(const PdfMetadata& metadata, const Conformance& conformance = {},
                       const std::optional<InvoiceXmp>& invoice = std::nullopt);


/// A time of PdfMetadata as a PDF says it: "D:20261121101530+00'00'". Throws Error when it is none.
std::string info_date(const std::string& utc);

/// sRGB as an ICC profile; the same bytes every time.
std::string srgb_profile();

/// A CMYK profile of our own: inks subtract from sRGB as viewers without colour management show them.
/// The same bytes every time.
std::string cmyk_profile();

/// Gives the document its metadata, output intent, language and the rest that PDF/A asks of the catalogue.
/// What stood there before in the same places is replaced.
void set_conformance(QPDF& pdf, const PdfMetadata& metadata, const Conformance& conformance = {},
                     const std::optional<InvoiceXmp>& invoice = std::nullopt);

/// Writes as PDF/A wants a file to look; same objects, same bytes.
void write_conforming(QPDF& pdf, Pipeline& output);

}  // namespace eakte::archive

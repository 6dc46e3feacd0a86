#pragma once
#include <string>

#include "archive/pdf/qpdf.h"

#include "archive/pdfa.h"

namespace eakte::archive {

/// The XMP packet that claims PDF/A-2u. Every value also stands in the Info dictionary where that has a key.
/// Throws Error when `created_utc` is no point in time.
std::string xmp_packet(const PdfMetadata& metadata);

/// sRGB as an ICC profile; the same bytes every time.
std::string srgb_profile();

/// A CMYK profile of our own: inks subtract from sRGB as viewers without colour management show them.
/// The same bytes every time.
std::string cmyk_profile();

/// Gives the document its metadata, output intent, language and the rest that PDF/A asks of the catalogue.
/// What stood there before in the same places is replaced.
void set_conformance(QPDF& pdf, const PdfMetadata& metadata);

/// Writes as PDF/A wants a file to look; same objects, same bytes.
void write_conforming(QPDF& pdf, Pipeline& output);

}  // namespace eakte::archive

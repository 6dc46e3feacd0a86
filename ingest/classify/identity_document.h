#pragma once
#include <optional>
#include <string>

#include "ocr/text.h"

namespace eakte::ingest {

/// Why a page is taken to show an identity card or passport.
struct IdentityPage {
  double confidence = 0;
  std::string reason;  ///< German
};

/// Of a page with a machine readable zone (ICAO 9303) or the captions of a card's front.
std::optional<IdentityPage> identity_page_of(const ocr::PageText& page);

/// Takes out the words that must not be stored (§ 20 PAuswG, §§ 16, 17 PaßG): lines of a machine readable
/// zone, and on a page that shows a card or passport the serial number too.
void withhold_from_storage(ocr::PageText& page);

/// As above, and also serial numbers of cards and passports that a letter mentions after their label. They
/// may stay in its text, but must not become a field by which documents are found or linked.
void withhold_from_fields(ocr::PageText& page);

}  // namespace eakte::ingest

#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "ocr/text.h"

namespace eakte::ingest {

/// A page that shows an identity card or passport.
struct IdentityPage {
  std::size_t page = 0;  ///< from 0
  double confidence = 0;
  std::string reason;  ///< German
};

/// The pages with a machine readable zone (ICAO 9303) or the captions of a card's front.
std::vector<IdentityPage> identity_pages_of(const std::vector<ocr::PageText>& pages);

/// Takes out the words that must not be stored (§ 20 PAuswG, §§ 16, 17 PaßG): lines of a machine readable
/// zone, and on a page that shows a card or passport the serial number too.
void withhold_from_storage(ocr::PageText& page);

/// As above, and also serial numbers of cards and passports that a letter mentions after their label. They
/// may stay in its text, but must not become a field by which documents are found or linked.
void withhold_from_fields(ocr::PageText& page);

}  // namespace eakte::ingest

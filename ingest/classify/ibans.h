#pragma once
#include <string_view>
#include <vector>

#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// IBANs without blanks whose check digits are right (ISO 13616, ISO 7064 MOD 97-10). Letters that readers
/// take for digits are put right if exactly one way of doing so has right check digits.
std::vector<Finding> ibans_of(const Layout& layout);

/// Whether `iban` (without blanks, upper case) has the length of its country and right check digits.
bool is_valid_iban(std::string_view iban);

}  // namespace eakte::ingest

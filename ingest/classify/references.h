#pragma once
#include <vector>

#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// File and case references: the sender's own first ("Unser Zeichen", "Aktenzeichen"), then the one he
/// answers to
/// ("Ihr Zeichen"), which is a reference of this office.
std::vector<Finding> references_of(const Layout& layout);

/// The number to be given with a payment (Kassenzeichen, Buchungszeichen).
std::vector<Finding> payment_references_of(const Layout& layout);

/// Rechnungsnummer, Rechnung Nr.
std::vector<Finding> invoice_numbers_of(const Layout& layout);

}  // namespace eakte::ingest

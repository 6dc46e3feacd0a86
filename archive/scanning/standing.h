#pragma once
#include <string>

#include "archive/scan_check.h"

namespace eakte::archive {

/// What the paper is replaced by: the address of the archive copy, else of the original.
std::string product_of(const Document& document);

/// Where a scan stands, from the catalogue as this connection sees it. Throws Forbidden (scan_born_digital).
ScanStanding load_standing(Connection& connection, const FilePlan& plan, const Document& document);

/// Why the checks do not allow that the paper goes, as a code of release_paper; empty: they do.
std::string missing_checks(Connection& connection, const ScanStanding& standing);

}  // namespace eakte::archive

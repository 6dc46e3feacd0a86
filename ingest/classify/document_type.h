#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan.h"
#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// Types named by the document itself: a headline "Gebührenbescheid", a subject "Antrag auf Baumfällung".
/// Names are the file plan's document types and some common ones; best first.
std::vector<Finding> named_types(const Layout& layout, const archive::FilePlan& plan,
                                 const std::string& subject);

/// How well the words of `type` stand in `line`: 1 alone, less at the start or inside, 0 not at all. A type
/// of several words may be interrupted: "Antrag auf Erteilung einer Hausnummer" names "Antrag Hausnummer".
double named_in(std::string_view line, std::string_view type);

}  // namespace eakte::ingest

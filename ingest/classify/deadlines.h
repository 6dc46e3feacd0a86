#pragma once
#include <optional>
#include <vector>

#include "archive/calendar.h"
#include "ingest/classify/finding.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// By when the reader has to act: "bis zum 12.04.2026 zu zahlen", "Frist: 30.04.2026", "zahlbar innerhalb von
/// 14 Tagen". The value is the day (ISO) where it can be computed, from `letter_date` where the text counts
/// from the letter's or invoice's date, else the words, "1 Monat nach Bekanntgabe". The last day is given
/// without the shift from a weekend (§ 193 BGB), so that it errs to the early side. Never a day before the
/// letter's date.
std::vector<Finding> deadlines_of(const Layout& layout, std::optional<archive::Date> letter_date,
                                  archive::Date received_on);

}  // namespace eakte::ingest

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/calendar.h"
#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// A date as it stands in a text.
struct WrittenDate {
  archive::Date date;
  std::size_t begin = 0;     ///< first byte
  std::size_t end = 0;       ///< one past the last byte
  bool ambiguous = false;    ///< day and month might be the other way round (03/04/2026)
  bool slashes = false;      ///< written with slashes, 13/04/2026 or 04/13/2026
  bool month_first = false;  ///< with slashes and certainly the month first
};

/// The dates written in `text`: 12.02.2026, 9.12.25, 5. März 2026, 2026-02-12, 3 March 2026, March 3, 2026.
/// Month names may have a slip of the reader. Two-digit years are the latest that is not more than a year
/// after `latest`.
std::vector<WrittenDate> dates_in(std::string_view text, archive::Date latest);

struct LetterDate {
  archive::Date date;
  double confidence = 0;
  std::string reason;
};

/// The date of the letter, told from other dates on it by its place and its label; nothing when unsure. Never
/// after the day that follows `received_on`, never before 1900.
std::optional<LetterDate> letter_date(const Layout& layout, archive::Date received_on);

}  // namespace eakte::ingest

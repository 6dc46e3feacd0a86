#pragma once
#include <string_view>

#include "ingest/classify/layout.h"

namespace eakte::ingest {

/// Whether these folded words, beside or above a date, name it the date of the letter: "datum:",
/// "rechnungsdatum", "ort, datum", "date of invoice", "gesendet: montag,". One misread letter a word is let
/// pass.
bool names_letter_date(std::string_view folded_text);

/// Whether folded words right before or above a date name it another date: "geboren am", "ihr schreiben vom",
/// "leistungsdatum", "frist:".
bool names_other_date(std::string_view folded_text);

/// What stands before a date when it is dated as letters are.
struct PlaceOfWriting {
  bool found = false;
  bool den = false;       ///< "Musterstadt, den 18. Februar 2026"
  std::string_view name;  ///< "musterstadt", in the folded text
};

/// "musterstadt, den ", "39999 musterstadt, ", "klein schonfeld den ": a place of at most four words and
/// nothing else.
PlaceOfWriting place_of_writing(std::string_view folded_before);

/// Whether the segment bears the words of a stamp that brings its own date: received, booked, paid, checked.
bool is_stamp(const Segment& segment, double body_height);

}  // namespace eakte::ingest

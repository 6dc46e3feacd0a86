#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/text.h"

namespace eakte::ingest {

/// Where a word stands in its segment's text, and how sure the reader was of it.
struct WordPlace {
  std::size_t begin = 0;  ///< first byte
  std::size_t end = 0;    ///< one past the last byte
  double confidence = 1;  ///< 0..1
};

/// Words that stand together on one line without a wide gap. Positions in mm from the top left corner of the
/// page.
struct Segment {
  std::string text;  ///< words joined by blanks
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  double height = 0;  ///< typical height of its words, in mm
  std::size_t page = 0;
  std::vector<WordPlace> words{};
  double middle() const { return (top + bottom) / 2; }
  /// How sure the reader was of the least sure word that touches the bytes from `begin` to `end`.
  double confidence_between(std::size_t begin, std::size_t end) const;
};

/// Whether one stands above the other, or would if it were moved up or down.
bool share_column(const Segment& one, const Segment& other);

/// Segments side by side, from left to right.
using Row = std::vector<Segment>;

/// The lines of a document as they lie on the paper.
struct Layout {
  std::vector<Row> rows;     ///< page by page, from the top down
  double body_height = 0;    ///< median height of the first page's segments, in mm
  double page_height = 297;  ///< of the first page, in mm
  std::size_t pages = 0;
};

/// Rebuilds rows and segments from the words' boxes. Pages of an unlikely size (a photo without resolution)
/// are taken as A4.
Layout layout_of(std::span<const ocr::PageText> pages);

/// A label and what stands beside or below it.
struct LabelledValue {
  std::string value;
  Segment label;          ///< where the label stands
  bool below = false;     ///< the value stands on the row below the label, not beside it
  double confidence = 1;  ///< the reader's in the least sure of the value's first words
};

/// Finds the values of a label ("Unser Zeichen", "Datum"), given folded. The label starts its segment and
/// ends it or is followed by a colon, a blank or the value. The value is the rest of the segment, else the
/// next segment to the right, else the segment right below (the reference line of older letters, cells of a
/// form).
std::vector<LabelledValue> values_of(const Layout& layout, std::string_view folded_label);

}  // namespace eakte::ingest

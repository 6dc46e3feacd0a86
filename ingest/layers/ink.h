#pragma once
#include <opencv2/core/mat.hpp>
#include <optional>
#include <vector>

#include "ocr/text.h"

namespace eakte::ingest {

/// A place of flat ink on paper: its pixels on the ink side of a threshold can be painted in one colour.
struct InkPiece {
  cv::Rect place;     ///< pixels of the page
  int threshold = 0;  ///< grey up to this is ink; above it when the ink is lighter than its ground
  bool is_light = false;
  double separation = 0;  ///< how clearly the place is two greys: variance between them to the whole, 0..1
  int least_chroma = 0;   ///< ink pixels have a spread of their channels within these, others are a stamp's
  int most_chroma = 255;
  bool is_read = false;  ///< the ink of a word; where it lies, no unread ink is painted
  cv::Vec3b colour;      ///< BGR, of the strokes' inner part
  int pixels = 0;        ///< of ink
  std::size_t ink = 0;   ///< which of the page's inks, see InkPlan
};

/// Which places of a page are painted in which of a few colours.
struct InkPlan {
  std::vector<cv::Vec3b> inks;  ///< BGR, at most as many as asked for
  std::vector<InkPiece> pieces;
};

/// How sure it must be that a place holds nothing but flat ink on even ground.
enum class Proof {
  word,    ///< the recogniser has read a word there
  nothing  ///< nobody says what is there: rulings, unread lines, handwriting
};

/// Looks for two grey levels in a place (Otsu 1979), and for ink of one colour; nothing when it is rather a
/// picture, too faint, or empty. `page` is grey or BGR.
std::optional<InkPiece> ink_at(const cv::Mat& page, cv::Rect place, Proof proof);

/// The pieces whose colours fall into at most `most_inks` groups; a piece of another colour is left out.
InkPlan plan_inks(std::vector<InkPiece> pieces, std::size_t most_inks);

/// The places of words with the margin that keeps strokes whole, within a page of that size.
std::vector<cv::Rect> word_places(const ocr::PageText& text, cv::Size page, int dpi);

/// Sets to 255 the ink of a piece in `mask` where `free` is, all being the rows from `first_row` on.
void draw_ink(const InkPiece& piece, const cv::Mat& page_rows, const cv::Mat& grey_rows, int first_row,
              const cv::Mat& free, cv::Mat& mask);

}  // namespace eakte::ingest

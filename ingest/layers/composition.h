#pragma once
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

#include "archive/pdfa.h"
#include "ingest/layers/ink.h"

namespace eakte::ingest {

/// A page taken apart: inks through stencils, and what remains without them at a lower resolution. Works
/// through the page in bands of rows, so that beside the page itself only reduced pictures are held.
class Composition {
public:
  /// `page` is grey or BGR and shared, not copied; with `grey_ground` the background loses its colours.
  Composition(const cv::Mat& page, InkPlan plan, int dpi, int reduction, bool grey_ground);

  /// The page without its inks, the places under them filled from around; `reduction` times smaller, the last
  /// pixels reaching beyond the edge.
  const cv::Mat& background() const { return background_; }

  /// Share of the ink that lies inside of strokes, not at an edge: near 0 when strokes are two pixels wide, a
  /// third when they are three. 1 without ink.
  double stroke_core() const;

  /// One stencil for each ink, in the order of painting.
  std::vector<archive::PictureLayer> stencils() const;

  /// Side of the squares in which lost() tells, in pixels of the page.
  int tile() const { return tile_; }

  /// Tiles, 255 each, in which the page put together again from its inks and the background differs from it.
  struct Differences {
    /// Too much: strokes that came out soft or are missing outside the inks, other tones within the inks,
    /// another colour on the whole.
    cv::Mat lost;
    /// Strokes outside the inks are a little soft: not worth a piece of the scan, but worth a stencil.
    cv::Mat soft;
  };
  /// `shown_background` as coded and decoded again.
  Differences differences(const cv::Mat& shown_background) const;

private:
  struct Band;
  Band band(int first, int end) const;
  template <class Visit>
  void for_each_band(Visit visit) const;
  void paint_inks(Band& rows) const;
  void place_background(const Band& band);
  void fill_holes(cv::Mat& holes);

  cv::Mat page_;
  InkPlan plan_;
  int reduction_;
  int tile_;
  int ring_;  ///< width of the soft edge around ink that belongs to neither ink nor ground, in pixels
  bool grey_ground_;
  std::int64_t ink_pixels_ = 0;
  std::int64_t core_pixels_ = 0;
  cv::Mat background_;
  cv::Mat holes_;
  std::vector<cv::Rect> stencil_places_;
  std::vector<std::string> stencil_bytes_;
};

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string_view>

#include "ingest/page_reader.h"

namespace eakte::ingest {

/// Pixels per inch as a file declares them; 0 where it says nothing.
struct Density {
  double x = 0;
  double y = 0;
};

/// A decoded picture with what its file says about it.
struct Raster {
  cv::Mat pixels;  ///< CV_8UC1 or CV_8UC3 (BGR), as stored
  Density density;
  int orientation = 1;  ///< 1..8 as in TIFF and EXIF
};

/// Throws Refused: damaged_file without pixels, picture_too_large beyond the limit. Called with the sizes a
/// header declares, before memory is taken.
void check_picture_size(std::int64_t width, std::int64_t height, const ReadLimits& limits);

/// Pixels per inch that can be true for a page of this many pixels, 70..1200: as declared when that
/// gives a sheet of paper; read as the other unit (inch, cm) when only that does; else from the shape, as A4,
/// A5 or Letter, or as a till roll when very long.
int plausible_dpi(Density declared, int width, int height);

/// Turns and mirrors stored pixels so that they are seen as meant.
cv::Mat upright(const cv::Mat& stored, int orientation);

/// Orientations 2, 4, 5 and 7 cannot be said by turning alone.
bool is_mirrored(int orientation);
/// Clockwise quarter turns of orientations 1, 8, 3, 6.
int quarter_turns_of(int orientation);
/// The pixels turned clockwise by quarters.
cv::Mat turned(const cv::Mat& stored, int quarter_turns);

/// True when x and y differ so much that the picture looks squeezed (faxes: 204 x 98).
bool has_oblong_pixels(const Density& density);
/// Makes pixels square by repeating rows or columns; no pixel gets a new value.
Raster with_square_pixels(Raster raster);

/// Grey or BGR of a picture whose last channel is alpha.
cv::Mat laid_on_white(const cv::Mat& with_alpha);

/// Grey when every pixel is grey, else the same picture.
cv::Mat grey_if_colourless(const cv::Mat& pixels);

/// The raster as a page for the recogniser: squared, upright, with a plausible dpi.
ocr::PageImage image_of(Raster raster);

/// Scales a page to `dpi`, never beyond the limit of pixels.
ocr::PageImage scaled_to(const ocr::PageImage& page, int dpi, const ReadLimits& limits);

}  // namespace eakte::ingest

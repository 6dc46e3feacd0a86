#pragma once
#include <opencv2/core/mat.hpp>

namespace eakte::ocr::cleanup {

/// Whether a picture has no shades of grey at all, where is_bilevel (survey.h) lets a two-hundredth pass:
/// what judges single pixels must not meet softened edges. Looks at every 16th row only: a scan in grey shows
/// it in the first.
bool is_black_and_white(const cv::Mat& grey);

/// Single wrong pixels all over a black and white page, as a fax line or a threshold in the scanner's own
/// noise leaves them. Grey and colour pages have no such noise: nothing is found on them.
struct Noise {
  double confidence =
      0;  ///< 0..1; higher the more evenly the specks lie, unlike the dots of a dithered picture
  double specks_per_thousand = 0;  ///< of all pixels, in the typical part of the page
};

/// A speck is a pixel with at most one neighbour of its own colour among eight (the smallest core of the
/// kFill filter: L. O'Gorman, Image and document processing techniques for the RightPages electronic library
/// system, 1992). `grey` is CV_8UC1.
Noise find_noise(const cv::Mat& grey);

/// The page with its specks, black and white, taken out.
cv::Mat without_specks(const cv::Mat& grey);

}  // namespace eakte::ocr::cleanup

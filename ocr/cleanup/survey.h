#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::cleanup {

/// A first look at a page on a reduced picture, shared by all cleaning steps. Coordinates in it are those of
/// the reduced picture.
struct Survey {
  int reduction = 1;               ///< pixels of the page per pixel of the reduced picture, each way
  cv::Mat grey;                    ///< CV_8UC1, the reduced page
  cv::Mat background;              ///< CV_8UC1, same size: the paper's brightness without the print
  cv::Mat ink;                     ///< CV_8UC1, same size: 255 where clearly darker than the paper around it
  bool bilevel = false;            ///< the page itself holds only black and white
  std::vector<cv::Rect> letters;   ///< connected pieces of ink that may be letters
  double letter_height = 0;        ///< their usual height in pixels of the page; 0 when there are too few
  double small_letter_height = 0;  ///< the height of the small print, likewise
};

/// The letters that are about as high as most, without specks and pictures; none when there are too few.
std::vector<cv::Rect> usual_letters(const Survey& page);

/// `grey` is CV_8UC1 and not empty.
Survey survey(const cv::Mat& grey);

/// Whether `grey` holds only black and white, as a fax does.
bool is_bilevel(const cv::Mat& grey);

/// How far the survey of a page of this size is reduced.
int survey_reduction(cv::Size page);

/// Likewise of a page that is already `reduced` by `reduction`.
Survey survey_of_reduced(const cv::Mat& reduced, int reduction, bool bilevel);

}  // namespace eakte::ocr::cleanup

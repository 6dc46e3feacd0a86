#pragma once
#include <opencv2/core/types.hpp>
#include <vector>

#include "ocr/page_image.h"
#include "ocr/recognizer.h"
#include "ocr/text.h"

namespace eakte::ocr::reading {

/// What came of looking again at the parts of a page of which the first reading has nothing.
struct SecondLook {
  int areas = 0;           ///< that hold letters but no words
  int gained_letters = 0;  ///< in the words that were added
};

/// The rows of a page, `height` of them, that hold the most letters. `clean` is CV_8UC1.
cv::Rect busiest_rows(const cv::Mat& clean, int height);

/// The share of the letters on a page of which `text` has no words; boxes in pixels of `clean`.
double unread_share(const PageImage& clean, const PageText& text);

/// Where a page has letters but `text` has no words: the layout analysis takes text in boxes, beside
/// pictures or on rulings for pictures and drops it, which no word's confidence tells. In pixels of `clean`,
/// the largest part first.
std::vector<cv::Rect> unread_areas(const PageImage& clean, const PageText& text);

/// Reads those parts again as blocks of their own and adds the words that can be trusted to `text`, whose
/// boxes are in pixels of `clean`. Costs no more than the parts' share of the page. Throws Error as the
/// recogniser does.
SecondLook read_again(Recognizer& recognizer, const PageImage& clean, PageText& text);

}  // namespace eakte::ocr::reading

#include "tests/ocr/painted.h"

#include <opencv2/core.hpp>

#include "tests/support/page_painter.h"

namespace eakte::ocr::painted {

std::vector<std::string> letter_lines() {
  return {"Town of Lindenfurt", "Office for Public Order",       "Reference 12-345/2024",
          "Dear Mrs. Hoppe,",   "thank you for your letter of",  "17 April. Your application",
          "has been granted.",  "The fee of 25 Euro is payable", "within 14 days of receipt.",
          "Yours sincerely,",   "Jakob Sperling, Head of Office"};
}

PageImage letter() { return testing::painted_page(letter_lines(), 1748, 2480, 300); }

PageImage noise(int width, int height) {
  cv::Mat pixels(height, width, CV_8UC1);
  cv::RNG random(7);
  random.fill(pixels, cv::RNG::UNIFORM, 0, 256);
  return {pixels, 300};
}

}  // namespace eakte::ocr::painted

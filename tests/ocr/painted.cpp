#include "tests/ocr/painted.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

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

PageImage photographed(const PageImage& page, const std::array<cv::Point2f, 4>& corners, cv::Size size) {
  cv::Mat picture(size, CV_8UC1);
  cv::RNG random(11);
  random.fill(picture, cv::RNG::NORMAL, 90, 30);
  cv::GaussianBlur(picture, picture, {0, 0}, 4);
  const auto w = static_cast<float>(page.pixels.cols);
  const auto h = static_cast<float>(page.pixels.rows);
  const std::array<cv::Point2f, 4> flat{cv::Point2f(0, 0), {w, 0}, {w, h}, {0, h}};
  const cv::Mat forth = cv::getPerspectiveTransform(flat.data(), corners.data());
  cv::warpPerspective(page.pixels, picture, forth, size, cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
  for (int x = 0; x < size.width; ++x)
    picture.col(x).convertTo(picture.col(x), -1, 0.95 - 0.3 * x / size.width);
  return {picture, page.dpi};
}

}  // namespace eakte::ocr::painted

#include "tests/support/page_painter.h"

#include <opencv2/imgproc.hpp>

namespace eakte::testing {

ocr::PageImage painted_page(const std::vector<std::string>& lines, int width, int height, int dpi) {
  cv::Mat page(height, width, CV_8UC1, cv::Scalar(255));
  const int margin = dpi * 2 / 3;
  const int step = dpi / 3;
  int baseline = margin + step;
  for (const std::string& line : lines) {
    cv::putText(page, line, {margin, baseline}, cv::FONT_HERSHEY_COMPLEX, dpi / 150.0, cv::Scalar(0), dpi / 75, cv::LINE_AA);
    baseline += step;
  }
  return {page, dpi};
}

ocr::PageImage tilted(const ocr::PageImage& page, double degrees) {
  const cv::Point2f centre(static_cast<float>(page.pixels.cols) / 2, static_cast<float>(page.pixels.rows) / 2);
  cv::Mat result;
  cv::warpAffine(page.pixels, result, cv::getRotationMatrix2D(centre, degrees, 1.0), page.pixels.size(),
                 cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::Scalar::all(255));
  return {result, page.dpi};
}

}  // namespace eakte::testing

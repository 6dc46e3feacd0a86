#include "ocr/cleanup/light.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace eakte::ocr::cleanup {

Light find_light(const Survey& page) {
  if (page.bilevel) return {};
  std::vector<uchar> values;
  for (int y = 0; y < page.background.rows; y += 8) {
    const uchar* row = page.background.ptr(y);
    for (int x = 0; x < page.background.cols; x += 8) values.push_back(row[x]);
  }
  std::sort(values.begin(), values.end());
  const auto at = [&](double share) {
    return values[static_cast<size_t>(share * static_cast<double>(values.size() - 1))];
  };
  Light light{.darkest = static_cast<double>(at(0.03)), .brightest = static_cast<double>(at(0.97))};
  const double ratio = light.darkest / std::max(1.0, light.brightest);
  light.confidence = std::clamp((0.95 - ratio) / 0.2, 0.0, 1.0);
  return light;
}

cv::Mat light_field(const Survey& page) {
  cv::Mat field;
  // The brightness of paper changes slowly: a quarter of the survey's size says as much as all of it.
  cv::resize(page.background, field,
             {std::max(1, page.background.cols / 4), std::max(1, page.background.rows / 4)}, 0, 0,
             cv::INTER_AREA);
  cv::GaussianBlur(field, field, {0, 0}, 3);
  return cv::max(field, 40);
}

void flatten_light(cv::Mat& grey, const cv::Mat& field) {
  cv::Mat full;
  cv::resize(field, full, grey.size(), 0, 0, cv::INTER_LINEAR);
  cv::divide(grey, full, grey, 250);
}

}  // namespace eakte::ocr::cleanup

#include "ocr/cleanup/lab.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace eakte::ocr::cleanup {
namespace {

constexpr std::size_t fineness = 4096;

struct Tables {
  std::array<float, 256> linear{};         ///< of sRGB's values; IEC 61966-2-1
  std::array<float, fineness + 1> root{};  ///< CIE's cube root of shares of white, straight near black
};

Tables made_tables() {
  Tables tables;
  for (std::size_t i = 0; i < tables.linear.size(); ++i) {
    const float value = static_cast<float>(i) / 255.0F;
    tables.linear[i] = value <= 0.04045F ? value / 12.92F : std::pow((value + 0.055F) / 1.055F, 2.4F);
  }
  for (std::size_t i = 0; i < tables.root.size(); ++i) {
    const float share = static_cast<float>(i) / fineness;
    tables.root[i] = share > 0.008856F ? std::cbrt(share) : 7.787F * share + 16.0F / 116.0F;
  }
  return tables;
}

/// Blue, green and red to one of X, Y, Z as a share of that of white (D65).
struct Weights {
  float blue;
  float green;
  float red;
};
constexpr Weights to_x{0.180437F / 0.950456F, 0.357580F / 0.950456F, 0.412453F / 0.950456F};
constexpr Weights to_y{0.072169F, 0.715160F, 0.212671F};
constexpr Weights to_z{0.950227F / 1.088754F, 0.119193F / 1.088754F, 0.019334F / 1.088754F};

}  // namespace

cv::Mat lab_of(const cv::Mat& bgr) {
  static const Tables tables = made_tables();
  cv::Mat lab(bgr.size(), CV_8UC3);
  for (int y = 0; y < bgr.rows; ++y) {
    const auto* from = bgr.ptr<cv::Vec3b>(y);
    auto* to = lab.ptr<cv::Vec3b>(y);
    for (int x = 0; x < bgr.cols; ++x) {
      const float blue = tables.linear[from[x][0]];
      const float green = tables.linear[from[x][1]];
      const float red = tables.linear[from[x][2]];
      const auto root = [&](const Weights& weights) {
        const float share = weights.blue * blue + weights.green * green + weights.red * red;
        return tables.root[std::min(fineness, static_cast<std::size_t>(share * fineness + 0.5F))];
      };
      const float of_x = root(to_x);
      const float of_y = root(to_y);
      const float of_z = root(to_z);
      to[x] = {cv::saturate_cast<uchar>(2.55F * (116 * of_y - 16)),
               cv::saturate_cast<uchar>(500 * (of_x - of_y) + 128),
               cv::saturate_cast<uchar>(200 * (of_y - of_z) + 128)};
    }
  }
  return lab;
}

}  // namespace eakte::ocr::cleanup

#include "ocr/cleanup/clean_page.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/blank.h"
#include "ocr/cleanup/border.h"
#include "ocr/cleanup/light.h"
#include "ocr/cleanup/scale.h"
#include "ocr/cleanup/skew.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr double least_skew = 0.2;  // degrees; Tesseract follows baselines of less without harm
constexpr double sure = 0.5;

/// The turn by `degrees` counter-clockwise about the middle, onto a canvas that holds all of the page.
cv::Matx23d turn_about_middle(cv::Size size, double degrees, cv::Size& canvas) {
  const double radians = degrees * std::numbers::pi / 180;
  const double c = std::cos(radians);
  const double s = std::sin(radians);
  canvas = {static_cast<int>(std::ceil(size.width * std::abs(c) + size.height * std::abs(s))),
            static_cast<int>(std::ceil(size.width * std::abs(s) + size.height * std::abs(c)))};
  const double x = size.width / 2.0;
  const double y = size.height / 2.0;
  return {c, s, canvas.width / 2.0 - c * x - s * y, -s, c, canvas.height / 2.0 + s * x - c * y};
}

/// The resolution Tesseract's layout analysis is told: that of print of usual size. Files claim what they
/// like, and large print read with the limits for small print falls into pieces. Ten times the height of
/// the letters is what Tesseract itself assumes when a file claims nothing.
int apparent_dpi(int claimed, double letter_height, double factor) {
  const double dpi = letter_height > 0 ? 10 * letter_height : claimed;
  return std::clamp(static_cast<int>(std::lround(dpi * factor)), 70, 1200);
}

cv::Mat resized(const cv::Mat& grey, double factor) {
  if (factor == 1) return grey;
  cv::Mat result;
  const cv::Size size(std::max(1, static_cast<int>(std::lround(grey.cols * factor))),
                      std::max(1, static_cast<int>(std::lround(grey.rows * factor))));
  cv::resize(grey, result, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return result;
}

}  // namespace

CleanPage clean_page(const PageImage& grey, const Survey& survey) {
  CleanPage page;
  const Border border = find_border(survey);
  const Blank blank = find_blank(survey, border);
  const Light light = find_light(survey);
  const Scale scale = find_scale(survey);
  const Skew skew = blank.blank ? Skew{} : find_skew(survey);
  const bool whiten = !border.mask.empty() && border.confidence >= sure;
  const bool flatten = light.confidence >= sure;
  const bool turn = skew.confidence >= sure && std::abs(skew.degrees) >= least_skew;

  cv::Mat pixels = resized(grey.pixels, scale.factor);
  if (pixels.data == grey.pixels.data && (whiten || flatten)) pixels = pixels.clone();
  if (flatten) flatten_light(pixels, survey);
  if (whiten) {
    cv::Mat mask;
    cv::resize(border.mask, mask, pixels.size(), 0, 0, cv::INTER_NEAREST);
    pixels.setTo(255, mask);
  }
  const double fx = static_cast<double>(pixels.cols) / grey.pixels.cols;
  const double fy = static_cast<double>(pixels.rows) / grey.pixels.rows;
  page.to_received = {1 / fx, 0, 0, 0, 1 / fy, 0};
  if (turn) {
    cv::Size canvas;
    const cv::Matx23d forth = turn_about_middle(pixels.size(), skew.degrees, canvas);
    cv::Mat level;
    const double paper = flatten || whiten ? 255 : light.brightest;
    cv::warpAffine(pixels, level, forth, canvas, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(paper));
    pixels = level;
    cv::Matx23d back;
    cv::invertAffineTransform(forth, back);
    for (int i = 0; i < 3; ++i) {
      page.to_received(0, i) = back(0, i) / fx;
      page.to_received(1, i) = back(1, i) / fy;
    }
  }
  page.image = {pixels, apparent_dpi(grey.dpi, survey.letter_height, scale.factor)};
  page.changed = whiten || flatten || turn || scale.factor != 1;
  page.blank = blank.blank;
  page.steps = {
      {"blank", blank.blank, blank.confidence, {{"ink_share", blank.ink_share}}},
      {"border", whiten, border.confidence, {{"share", border.share}}},
      {"light", flatten, light.confidence, {{"darkest", light.darkest}, {"brightest", light.brightest}}},
      {"scale",
       scale.factor != 1,
       scale.confidence,
       {{"factor", scale.factor}, {"letter_pixels", survey.letter_height}}},
      {"deskew", turn, skew.confidence, {{"degrees", skew.degrees}}},
  };
  return page;
}

Box mapped(const Box& box, const cv::Matx23d& to_received, int width, int height) {
  const double left = box.left;
  const double top = box.top;
  const double right = left + box.width;
  const double bottom = top + box.height;
  double x0 = 1e9;
  double y0 = 1e9;
  double x1 = -1e9;
  double y1 = -1e9;
  for (const auto& [x, y] : std::array<std::pair<double, double>, 4>{
           {{left, top}, {right, top}, {left, bottom}, {right, bottom}}}) {
    const cv::Vec2d at = to_received * cv::Vec3d(x, y, 1);
    x0 = std::min(x0, at[0]);
    x1 = std::max(x1, at[0]);
    y0 = std::min(y0, at[1]);
    y1 = std::max(y1, at[1]);
  }
  const int l = std::clamp(static_cast<int>(std::lround(x0)), 0, width - 1);
  const int t = std::clamp(static_cast<int>(std::lround(y0)), 0, height - 1);
  const int r = std::clamp(static_cast<int>(std::lround(x1)), l + 1, width);
  const int b = std::clamp(static_cast<int>(std::lround(y1)), t + 1, height);
  return {l, t, r - l, b - t};
}

}  // namespace eakte::ocr::cleanup

#include "ocr/cleanup/clean_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "ocr/cleanup/blank.h"
#include "ocr/cleanup/border.h"
#include "ocr/cleanup/curl.h"
#include "ocr/cleanup/inverted.h"
#include "ocr/cleanup/light.h"
#include "ocr/cleanup/scale.h"
#include "ocr/cleanup/skew.h"

namespace eakte::ocr::cleanup {
namespace {

// Degrees. Tesseract follows baselines of less without harm, and exactly level rulings confuse its layout
// analysis.
constexpr double least_skew = 0.9;

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

cv::Matx33d stretch(cv::Size to, cv::Size from) {
  return cv::Matx33d::diag(
      {static_cast<double>(to.width) / from.width, static_cast<double>(to.height) / from.height, 1});
}

/// How the clean page lies on the picture.
struct Geometry {
  cv::Size level;  ///< of the flat page at the recogniser's scale, before it is turned
  cv::Size size;   ///< of the clean page
  cv::Matx33d to_level = cv::Matx33d::eye();  ///< clean page -> flat page at the recogniser's scale
  Mapping to_picture;
  bool moved = false;  ///< more than scaled
};

Geometry geometry_of(cv::Size picture, const Sheet& sheet, double factor, double degrees, const Curl& curl,
                     int reduction) {
  const bool flat = sheet.confidence >= sure;
  const cv::Size page = flat ? sheet.size : picture;
  Geometry geometry;
  geometry.level = {std::max(1, static_cast<int>(std::lround(page.width * factor))),
                    std::max(1, static_cast<int>(std::lround(page.height * factor)))};
  geometry.size = geometry.level;
  geometry.moved = flat || degrees != 0;
  if (degrees != 0) geometry.to_level = turned_about_middle(geometry.level, degrees, geometry.size);
  cv::Matx33d to_picture = stretch(page, geometry.level) * geometry.to_level;
  if (flat) to_picture = sheet.to_picture * to_picture;
  geometry.to_picture = Mapping(to_picture);
  if (!curl.nodes.empty()) {
    geometry.moved = true;
    const double scale = reduction * factor;
    geometry.to_picture.displace(curl.nodes * scale, curl.step * scale);
  }
  return geometry;
}

/// The picture brought to the recogniser's scale, and flattened and turned in one go.
cv::Mat drawn_page(const cv::Mat& grey, const Geometry& geometry, double factor, double paper) {
  const cv::Mat scaled = resized(grey, factor);
  if (!geometry.moved) return scaled;
  const Mapping to_scaled = geometry.to_picture.followed_by(stretch(scaled.size(), grey.size()));
  return to_scaled.drawn(scaled, geometry.size, paper);
}

/// Something found on the survey, as it lies on the clean page; an eighth of that page's size will do.
cv::Mat on_clean_page(const cv::Mat& found, const Geometry& geometry, int interpolation, int beyond) {
  if (geometry.size == geometry.level) return found;
  const cv::Size size(std::max(1, geometry.size.width / 8), std::max(1, geometry.size.height / 8));
  const cv::Matx33d to_found =
      stretch(found.size(), geometry.level) * geometry.to_level * stretch(geometry.size, size);
  cv::Mat result;
  cv::warpPerspective(found, result, to_found, size, interpolation | cv::WARP_INVERSE_MAP, beyond);
  return result;
}

/// Sets `picture` to `value` where `mask`, of any size, is set, and a little around.
void set_where(cv::Mat& picture, const cv::Mat& mask, double value) {
  cv::Mat where;
  cv::resize(mask, where, picture.size(), 0, 0, cv::INTER_AREA);
  cv::dilate(where, where, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
  picture.setTo(value, where > 0);
}

CleanupStep sheet_step(const Sheet& sheet) {
  CleanupStep step{"sheet", sheet.confidence >= sure, sheet.confidence, {}};
  if (sheet.confidence <= 0) return step;
  step.parameters["sides_seen"] = sheet.sides_seen;
  for (size_t i = 0; i < 4; ++i) {
    step.parameters[fmt::format("x{}_pixels", i + 1)] = sheet.corners[i].x;
    step.parameters[fmt::format("y{}_pixels", i + 1)] = sheet.corners[i].y;
  }
  return step;
}

}  // namespace

Survey survey_of(const cv::Mat& grey, const Sheet& sheet) {
  if (sheet.confidence < sure) return survey(grey);
  const int reduction = survey_reduction(sheet.size);
  return survey_of_reduced(flat_sheet(grey, sheet, reduction), reduction, false);
}

CleanPage clean_page(const PageImage& grey, const Survey& survey, const Sheet& sheet, double enough) {
  CleanPage page;
  const Border border = find_border(survey);
  const Blank blank = find_blank(survey, border);
  const Light light = find_light(survey);
  const Scale scale = find_scale(survey);
  const Skew skew = blank.blank ? Skew{} : find_skew(survey);
  const bool whiten = !border.mask.empty() && border.confidence >= sure;
  const Inverted inverted = find_inverted(survey);
  const bool reverse = inverted.confidence >= sure;
  const bool flatten = light.confidence >= enough;
  const bool turn = skew.confidence >= enough && std::abs(skew.degrees) >= least_skew;

  const double degrees = turn ? skew.degrees : 0;
  const Curl curl = blank.blank ? Curl{} : find_curl(survey, degrees);
  const bool straighten = curl.confidence >= enough;

  const Geometry geometry = geometry_of(grey.pixels.size(), sheet, scale.factor, degrees,
                                        straighten ? curl : Curl{}, survey.reduction);
  const double paper = flatten || whiten ? 255 : light.brightest;
  cv::Mat pixels = drawn_page(grey.pixels, geometry, scale.factor, paper);
  if (pixels.data == grey.pixels.data && (whiten || flatten || reverse)) pixels = pixels.clone();
  if (flatten) {
    cv::Mat field = light_field(survey);
    if (reverse) set_where(field, inverted.mask, light.brightest);
    flatten_light(pixels, on_clean_page(field, geometry, cv::INTER_LINEAR, cv::BORDER_REPLICATE));
  }
  if (reverse) {
    cv::Mat mask = on_clean_page(inverted.mask, geometry, cv::INTER_NEAREST, cv::BORDER_CONSTANT);
    cv::resize(mask, mask, pixels.size(), 0, 0, cv::INTER_NEAREST);
    cv::bitwise_xor(pixels, mask, pixels);
  }
  if (whiten) {
    cv::Mat mask = on_clean_page(border.mask, geometry, cv::INTER_NEAREST, cv::BORDER_CONSTANT);
    cv::resize(mask, mask, pixels.size(), 0, 0, cv::INTER_NEAREST);
    pixels.setTo(255, mask);
  }
  page.to_received = geometry.to_picture;
  page.image = {pixels, apparent_dpi(grey.dpi, survey.letter_height, scale.factor)};
  page.changed = whiten || flatten || reverse || geometry.moved || scale.factor != 1;
  page.blank = blank.blank;
  page.steps = {
      sheet_step(sheet),
      {"blank", blank.blank, blank.confidence, {{"ink_share", blank.ink_share}}},
      {"border", whiten, border.confidence, {{"share", border.share}}},
      {"light", flatten, light.confidence, {{"darkest", light.darkest}, {"brightest", light.brightest}}},
      {"inverted", reverse, inverted.confidence, {{"areas", inverted.areas}, {"share", inverted.share}}},
      {"scale",
       scale.factor != 1,
       scale.confidence,
       {{"factor", scale.factor}, {"letter_pixels", survey.letter_height}}},
      {"deskew", turn, skew.confidence, {{"degrees", skew.degrees}}},
      {"curl",
       straighten,
       curl.confidence,
       {{"lines", curl.lines}, {"bend_letters", curl.bend}, {"left_letters", curl.left}}},
  };
  return page;
}

bool more_to_clean(const CleanPage& page, double enough) {
  return std::any_of(page.steps.begin(), page.steps.end(), [&](const CleanupStep& step) {
    return !step.applied && step.confidence >= enough && (step.name == "light" || step.name == "curl");
  });
}

}  // namespace eakte::ocr::cleanup

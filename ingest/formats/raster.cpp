#include "ingest/formats/raster.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <utility>

namespace eakte::ingest {
namespace {

constexpr int least_dpi = 70;
constexpr int most_dpi = 1200;

struct Sheet {
  double shorter;  // inches
  double longer;
};

// A0..A6, Letter, Legal, Ledger.
constexpr auto sheets = std::to_array<Sheet>({{33.11, 46.81},
                                              {23.39, 33.11},
                                              {16.54, 23.39},
                                              {11.69, 16.54},
                                              {8.27, 11.69},
                                              {5.83, 8.27},
                                              {4.13, 5.83},
                                              {8.5, 11.0},
                                              {8.5, 14.0},
                                              {11.0, 17.0}});
constexpr auto scanner_steps =
    std::to_array<int>({75, 100, 120, 150, 200, 240, 250, 300, 400, 500, 600, 800, 1200});

bool about(double value, double wanted, double tolerance) {
  return std::abs(value - wanted) <= wanted * tolerance;
}

bool is_sheet(double shorter, double longer, double tolerance) {
  return std::ranges::any_of(sheets, [&](const Sheet& sheet) {
    return about(shorter, sheet.shorter, tolerance) && about(longer, sheet.longer, tolerance);
  });
}

std::optional<int> scanner_step_near(double dpi) {
  for (const int step : scanner_steps) {
    if (about(dpi, step, 0.02)) return step;
  }
  return std::nullopt;
}

double estimated_dpi(double shorter, double longer) {
  const double shape = longer / shorter;
  if (about(shape, 11.0 / 8.5, 0.02) && scanner_step_near(longer / 11.0)) return longer / 11.0;
  if (about(shape, std::sqrt(2.0), 0.04)) {
    if (!scanner_step_near(longer / 11.69) && scanner_step_near(longer / 8.27)) return longer / 8.27;
    return longer / 11.69;
  }
  return shape > 2.5 ? shorter / 3.15 : longer / 11.69;  // 80 mm paper of a till
}

// 72 and 96 are what software writes that knows nothing; so is any value that makes a scrap or a bill board.
bool can_be_true(double dpi, double shorter, double longer) {
  if (dpi < least_dpi || dpi > most_dpi) return false;
  if (longer / dpi < 2.0 || longer / dpi > 100.0) return false;
  return dpi > 100.0 || shorter / dpi <= 12.5;
}

}  // namespace

void check_picture_size(std::int64_t width, std::int64_t height, const ReadLimits& limits) {
  if (width <= 0 || height <= 0) throw Refused("damaged_file", "the picture has no pixels");
  if (width > limits.pixels_per_page / height) {
    throw Refused("picture_too_large", fmt::format("the picture has {} x {} pixels, more than {}", width,
                                                   height, limits.pixels_per_page));
  }
}

int plausible_dpi(Density declared, int width, int height) {
  const double shorter = std::min(width, height);
  const double longer = std::max(width, height);
  const bool said =
      std::isfinite(declared.x) && std::isfinite(declared.y) && declared.x > 0 && declared.y > 0;
  double dpi = said ? std::sqrt(declared.x * declared.y) : 0.0;
  if (said && !is_sheet(shorter / dpi, longer / dpi, 0.04)) {
    for (const double other_unit : {dpi * 2.54, dpi / 2.54}) {
      if (can_be_true(other_unit, shorter, longer) &&
          is_sheet(shorter / other_unit, longer / other_unit, 0.02)) {
        return static_cast<int>(std::lround(other_unit));
      }
    }
  }
  if (!can_be_true(dpi, shorter, longer)) {
    dpi = estimated_dpi(shorter, longer);
    if (const auto step = scanner_step_near(dpi)) dpi = *step;
  }
  return std::clamp(static_cast<int>(std::lround(std::min(dpi, 1e6))), least_dpi, most_dpi);
}

bool is_mirrored(int orientation) {
  return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
}

int quarter_turns_of(int orientation) {
  switch (orientation) {
    case 6:
      return 1;
    case 3:
      return 2;
    case 8:
      return 3;
    default:
      return 0;
  }
}

cv::Mat turned(const cv::Mat& stored, int quarter_turns) {
  const int turns = (quarter_turns % 4 + 4) % 4;
  if (turns == 0) return stored;
  cv::Mat result;
  cv::rotate(stored, result,
             turns == 1   ? cv::ROTATE_90_CLOCKWISE
             : turns == 2 ? cv::ROTATE_180
                          : cv::ROTATE_90_COUNTERCLOCKWISE);
  return result;
}

cv::Mat upright(const cv::Mat& stored, int orientation) {
  if (!is_mirrored(orientation)) return turned(stored, quarter_turns_of(orientation));
  cv::Mat result;
  if (orientation == 2) {
    cv::flip(stored, result, 1);
  } else if (orientation == 4) {
    cv::flip(stored, result, 0);
  } else {
    cv::transpose(stored, result);
    if (orientation == 7) cv::rotate(result, result, cv::ROTATE_180);
  }
  return result;
}

bool has_oblong_pixels(const Density& density) {
  if (!(density.x > 0) || !(density.y > 0)) return false;
  const double ratio = density.x / density.y;
  // Beyond a factor of 4 the tag is wrong, not the scanner.
  return (ratio > 1.25 && ratio < 4.0) || (ratio < 0.8 && ratio > 0.25);
}

Raster with_square_pixels(Raster raster) {
  if (!has_oblong_pixels(raster.density)) return raster;
  const double finest = std::max(raster.density.x, raster.density.y);
  const cv::Size size(static_cast<int>(std::lround(raster.pixels.cols * finest / raster.density.x)),
                      static_cast<int>(std::lround(raster.pixels.rows * finest / raster.density.y)));
  cv::resize(raster.pixels, raster.pixels, size, 0, 0, cv::INTER_NEAREST);
  raster.density = {finest, finest};
  return raster;
}

cv::Mat laid_on_white(const cv::Mat& with_alpha) {
  const int channels = with_alpha.channels() - 1;
  cv::Mat pixels(with_alpha.size(), CV_8UC(channels));
  for (int y = 0; y < pixels.rows; ++y) {
    const std::uint8_t* from = with_alpha.ptr(y);
    std::uint8_t* row = pixels.ptr(y);
    for (int x = 0; x < pixels.cols; ++x, from += channels + 1, row += channels) {
      const int opaque = from[channels];
      for (int i = 0; i < channels; ++i) {
        row[i] = static_cast<std::uint8_t>((from[i] * opaque + 255 * (255 - opaque) + 127) / 255);
      }
    }
  }
  return pixels;
}

cv::Mat grey_if_colourless(const cv::Mat& pixels) {
  if (pixels.channels() != 3) return pixels;
  for (int y = 0; y < pixels.rows; ++y) {
    const auto* row = pixels.ptr<cv::Vec3b>(y);
    for (int x = 0; x < pixels.cols; ++x) {
      if (row[x][0] != row[x][1] || row[x][1] != row[x][2]) return pixels;
    }
  }
  cv::Mat grey;
  cv::extractChannel(pixels, grey, 0);
  return grey;
}

ocr::PageImage image_of(Raster raster) {
  const Raster square = with_square_pixels(std::move(raster));
  return {upright(square.pixels, square.orientation),
          plausible_dpi(square.density, square.pixels.cols, square.pixels.rows)};
}

ocr::PageImage scaled_to(const ocr::PageImage& page, int dpi, const ReadLimits& limits) {
  double factor = static_cast<double>(dpi) / page.dpi;
  const double pixels = static_cast<double>(page.pixels.cols) * page.pixels.rows;
  factor = std::min(factor, std::sqrt(static_cast<double>(limits.pixels_per_page) / pixels));
  if (std::abs(factor - 1.0) < 0.005) return page;
  const cv::Size size(std::max(1, static_cast<int>(page.pixels.cols * factor)),
                      std::max(1, static_cast<int>(page.pixels.rows * factor)));
  cv::Mat scaled;
  cv::resize(page.pixels, scaled, size, 0, 0, factor < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return {scaled, std::max(1, static_cast<int>(std::lround(page.dpi * factor)))};
}

}  // namespace eakte::ingest

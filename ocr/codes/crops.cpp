#include "ocr/codes/crops.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "ocr/codes/bent_qr.h"

namespace eakte::ocr::codes {
namespace {

/// A place of the page with white around it, in the middle of which the code stands.
struct Crop {
  cv::Mat pixels;
  cv::Point at;      ///< of its upper left corner on the page
  double scale = 1;  ///< pixels of the crop per pixel of the page
};

Crop cut_crop(const CodePage& page, const cv::Rect& place) {
  const int margin = std::max(cvRound(2 * page.per_mm), std::max(place.width, place.height) / 8);
  const cv::Rect wide(place.x - margin, place.y - margin, place.width + 2 * margin,
                      place.height + 2 * margin);
  const cv::Rect inside = wide & cv::Rect({}, page.grey.size());
  Crop crop{{}, wide.tl()};
  cv::copyMakeBorder(page.grey(inside), crop.pixels, inside.y - wide.y, wide.br().y - inside.br().y,
                     inside.x - wide.x, wide.br().x - inside.br().x, cv::BORDER_CONSTANT, cv::Scalar(255));
  // Even the largest QR code, 177 squares, has four pixels a square then.
  constexpr double enough = 720;
  const int longest = std::max(wide.width, wide.height);
  if (longest > 1.3 * enough) {
    crop.scale = enough / longest;
    cv::resize(crop.pixels, crop.pixels, {}, crop.scale, crop.scale, cv::INTER_AREA);
  }
  return crop;
}

/// The crop turned so that its ink stands upright; nothing when it does already or is not half ink, half
/// paper as a matrix code is.
cv::Mat straightened(const cv::Mat& crop) {
  cv::Mat ink;
  cv::threshold(crop, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  std::vector<cv::Point> points;
  cv::findNonZero(ink, points);
  if (points.size() < 50) return {};
  const cv::RotatedRect around = cv::minAreaRect(points);
  const double share = static_cast<double>(points.size()) / std::max(1.0F, around.size.area());
  double degrees = around.angle;
  while (degrees > 45) degrees -= 90;
  while (degrees < -45) degrees += 90;
  if (share < 0.25 || share > 0.8 || std::abs(degrees) < 2) return {};
  cv::Mat upright;
  cv::warpAffine(crop, upright, cv::getRotationMatrix2D(around.center, degrees, 1), crop.size(),
                 cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::Scalar(255));
  return upright;
}

/// Reads a QR code that does not lie flat.
std::optional<Candidate> read_bent(const Crop& crop, const cv::Size& page) {
  cv::Mat large = crop.pixels;
  double scale = crop.scale;
  constexpr int enough = 450;  // modules of a few pixels have no edges to speak of
  const int longest = std::max(large.cols, large.rows);
  if (longest < enough) {
    cv::resize(large, large, {}, 2, 2, cv::INTER_CUBIC);
    scale *= 2;
  }
  for (const FlattenedCode& flat : flattened_qr_codes(large)) {
    const auto read = read_matrix(flat.pixels, MatrixKind::large);
    if (!read) continue;
    const cv::Rect box(cvRound(flat.box.x / scale) + crop.at.x, cvRound(flat.box.y / scale) + crop.at.y,
                       cvRound(flat.box.width / scale), cvRound(flat.box.height / scale));
    return Candidate{{read->symbology, read->text, box_of(box & cv::Rect({}, page))}, 0};
  }
  return std::nullopt;
}

}  // namespace

bool looks_like_modules(const CodePage& page, const cv::Rect& place) {
  const double scale = page.half_scale;
  const cv::Rect small = cv::Rect(cvFloor(place.x / scale), cvFloor(place.y / scale),
                                  cvCeil(place.width / scale), cvCeil(place.height / scale)) &
                         cv::Rect({}, page.half.size());
  constexpr int tiles = 4;
  if (small.width < 2 * tiles || small.height < 2 * tiles) return false;
  cv::Mat ink;
  cv::threshold(page.half(small), ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  int mixed = 0;
  for (int y = 0; y < tiles; ++y) {
    for (int x = 0; x < tiles; ++x) {
      const cv::Point from(x * small.width / tiles, y * small.height / tiles);
      const cv::Point to((x + 1) * small.width / tiles, (y + 1) * small.height / tiles);
      const cv::Mat tile = ink(cv::Rect(from, to));
      const double share = static_cast<double>(cv::countNonZero(tile)) / static_cast<double>(tile.total());
      if (share > 0.12 && share < 0.92) ++mixed;
    }
  }
  return mixed >= 10;
}

std::optional<Candidate> read_crop(const CodePage& page, const cv::Rect& place, MatrixKind kind) {
  const Crop crop = cut_crop(page, place);
  const int longest = std::max(crop.pixels.cols, crop.pixels.rows);
  const auto attempt = [&](const cv::Mat& pixels, double scale) -> std::optional<Candidate> {
    if (pixels.empty()) return std::nullopt;
    const auto read = read_matrix(pixels, kind);
    if (!read) return std::nullopt;
    const double all = scale * crop.scale;
    const cv::Rect box(cvRound(read->box.x / all) + crop.at.x, cvRound(read->box.y / all) + crop.at.y,
                       cvRound(read->box.width / all), cvRound(read->box.height / all));
    return Candidate{{read->symbology, read->text, box_of(box & cv::Rect({}, page.grey.size()))}, 0};
  };
  if (auto found = attempt(crop.pixels, 1)) return found;
  cv::Mat other;
  if (longest < 450) {
    cv::resize(crop.pixels, other, {}, 2, 2, cv::INTER_CUBIC);
    if (auto found = attempt(other, 2)) return found;
    const cv::Mat upright = straightened(other);
    if (auto found = attempt(upright, 2)) return found;
  } else if (auto found = attempt(straightened(crop.pixels), 1)) {
    return found;
  }
  cv::medianBlur(crop.pixels, other, 3);
  if (auto found = attempt(other, 1)) return found;
  if (longest > 350) {
    cv::resize(crop.pixels, other, {}, 0.5, 0.5, cv::INTER_AREA);
    if (auto found = attempt(other, 0.5)) return found;
  }
  return kind == MatrixKind::square ? read_bent(crop, page.grey.size()) : std::nullopt;
}

}  // namespace eakte::ocr::codes

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/codes.h"
#include "ocr/codes/linear.h"
#include "ocr/codes/matrix.h"
#include "ocr/codes/patch.h"
#include "ocr/codes/regions.h"

namespace eakte::ocr {
namespace {

using codes::BarRegion;
using codes::CodePage;
using codes::LinearRead;
using codes::MatrixKind;
using codes::MatrixRead;

constexpr std::array<std::pair<Symbology, std::string_view>, 10> symbology_names{
    {{Symbology::code39, "code39"},
     {Symbology::code93, "code93"},
     {Symbology::code128, "code128"},
     {Symbology::itf, "itf"},
     {Symbology::ean, "ean"},
     {Symbology::qr, "qr"},
     {Symbology::data_matrix, "data_matrix"},
     {Symbology::pdf417, "pdf417"},
     {Symbology::aztec, "aztec"},
     {Symbology::patch, "patch"}}};

// More places than this are a picture or a pattern, and looking at all of them would cost more than reading.
constexpr std::size_t most_bar_regions = 24;
constexpr std::size_t most_matrix_regions = 16;

cv::Rect rect_of(const Box& box) { return {box.left, box.top, box.width, box.height}; }
Box box_of(const cv::Rect& rect) { return {rect.x, rect.y, rect.width, rect.height}; }

/// A code with how sure it is, while the page is being searched.
struct Candidate {
  Code code;
  int lines = 0;  ///< scan lines that agreed; a matrix code corrects its errors and has none
};

/// The place of a bar region with its bars upright, and the way back.
struct Strip {
  cv::Mat pixels;
  cv::Matx23d to_page;
};

/// Cuts a region out, turned and scaled so that its bars stand upright, quiet zones included. Neighbouring
/// rows are averaged where there are many: `rows` is enough for scan lines to disagree.
Strip cut_strip(const CodePage& page, const BarRegion& region, double scale, int rows,
                cv::InterpolationFlags way) {
  const double quiet = std::max(5 * page.per_mm, 0.12 * region.length);
  const double length = region.length + 2 * quiet;
  const double height = std::max(region.height - 1.0 * page.per_mm, 2.0 * page.per_mm);
  const cv::Size size(std::max(1, cvRound(length * scale)), std::max(1, cvRound(height)));
  const double cosine = std::cos(region.angle);
  const double sine = std::sin(region.angle);
  Strip strip;
  // From strip to page, so that nothing has to be inverted.
  strip.to_page = {cosine / scale, -sine,  region.centre.x - cosine * length / 2 + sine * height / 2,
                   sine / scale,   cosine, region.centre.y - sine * length / 2 - cosine * height / 2};
  cv::warpAffine(page.grey, strip.pixels, strip.to_page, size, way | cv::WARP_INVERSE_MAP,
                 cv::BORDER_CONSTANT, cv::Scalar(255));
  cv::normalize(strip.pixels, strip.pixels, 0, 255, cv::NORM_MINMAX);  // faded and dark ones
  if (strip.pixels.rows > rows) {
    const double squeeze = static_cast<double>(strip.pixels.rows) / rows;
    cv::resize(strip.pixels, strip.pixels, {strip.pixels.cols, rows}, 0, 0, cv::INTER_AREA);
    strip.to_page(0, 1) *= squeeze;
    strip.to_page(1, 1) *= squeeze;
  }
  return strip;
}

cv::Rect on_page(const cv::Rect& box, const cv::Matx23d& to_page, const cv::Size& page) {
  std::vector<cv::Point2f> corners;
  for (const auto& [x, y] : {std::pair{box.x, box.y},
                             {box.x + box.width, box.y},
                             {box.x, box.y + box.height},
                             {box.x + box.width, box.y + box.height}}) {
    corners.emplace_back(static_cast<float>(to_page(0, 0) * x + to_page(0, 1) * y + to_page(0, 2)),
                         static_cast<float>(to_page(1, 0) * x + to_page(1, 1) * y + to_page(1, 2)));
  }
  return cv::boundingRect(corners) & cv::Rect({}, page);
}

/// Whether the middle of a strip changes between dark and light as often as the shortest code does; letters
/// and rulings do not, when they are averaged along what would be the bars.
bool looks_like_bars(const cv::Mat& strip) {
  constexpr int fewest_edges = 22;  // ITF of six digits has 38, EAN-8 has 44; worn ones lose some
  constexpr double least_contrast = 30;
  const int third = std::max(1, strip.rows / 3);
  cv::Mat profile;
  cv::reduce(strip.rowRange((strip.rows - third) / 2, (strip.rows - third) / 2 + third), profile, 0,
             cv::REDUCE_AVG, CV_8U);
  int edges = 0;
  double extreme = profile.at<uchar>(0, 0);
  bool rising = false;
  for (int x = 1; x < profile.cols; ++x) {
    const double value = profile.at<uchar>(0, x);
    if (rising ? value > extreme : value < extreme) extreme = value;
    if (std::abs(value - extreme) < least_contrast) continue;
    rising = !rising;
    extreme = value;
    ++edges;
  }
  return edges >= fewest_edges;
}

/// Reads a region first as it is; then larger, for fine bars; then with much averaging along the bars, which
/// heals specks and streaks. Nothing at all when these are no bars.
std::optional<std::vector<Candidate>> read_bars(const CodePage& page, const BarRegion& region) {
  struct Try {
    double scale;
    int rows;
    cv::InterpolationFlags
        way;  // cubic keeps the bars of coarse pictures apart but rings at those of sharp ones
  };
  constexpr auto linear = cv::INTER_LINEAR;
  constexpr auto cubic = cv::INTER_CUBIC;
  const double more = page.per_mm < 9 ? 1 : 0;  // below 230 dpi
  const std::array<Try, 8> tries{{{1 + more, 48, linear},
                                  {1 + more, 48, cubic},
                                  {2 + more, 48, linear},
                                  {2 + more, 48, cubic},
                                  {2, 12, linear},
                                  {2, 12, cubic},
                                  {4, 16, linear},
                                  {4, 8, linear}}};
  for (const Try& attempt : tries) {
    if (attempt.scale == 1 && attempt.way == cubic) continue;  // nothing is scaled
    const Strip strip = cut_strip(page, region, attempt.scale, attempt.rows, attempt.way);
    if (&attempt == &tries.front() && !looks_like_bars(strip.pixels)) return std::nullopt;
    std::vector<Candidate> found;
    for (const LinearRead& read : codes::read_linear(strip.pixels, codes::ScanLines::across)) {
      // zbar notes only one end of some codes; then the whole region is its place.
      const bool one_end = read.box.width < 0.3 * region.length * attempt.scale;
      const int quiet = cvRound((strip.pixels.cols - region.length * attempt.scale) / 2);
      const cv::Rect place(one_end ? quiet : read.box.x, 0,
                           one_end ? strip.pixels.cols - 2 * quiet : read.box.width, strip.pixels.rows);
      found.push_back(
          {{read.symbology, read.text, box_of(on_page(place, strip.to_page, page.grey.size()))}, read.lines});
    }
    if (!found.empty()) return found;
  }
  return std::vector<Candidate>();
}

/// Whether a place is a mixture of ink and paper all over, as a matrix code is and letters or a seal are not.
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

/// Reads a crop as it is, then larger, upright, without specks, smaller.
std::optional<Candidate> read_crop(const CodePage& page, const cv::Rect& place, MatrixKind kind) {
  const Crop crop = cut_crop(page, place);
  const int longest = std::max(crop.pixels.cols, crop.pixels.rows);
  const auto attempt = [&](const cv::Mat& pixels, double scale) -> std::optional<Candidate> {
    if (pixels.empty()) return std::nullopt;
    const auto read = codes::read_matrix(pixels, kind);
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
  return std::nullopt;
}

/// A picture that is hardly more than the code itself has no quiet zone and no room for statistics.
void read_small_picture(const CodePage& page, std::vector<Candidate>& found) {
  const cv::Rect all({}, page.grey.size());
  cv::Mat grey;
  cv::normalize(page.grey, grey, 0, 255, cv::NORM_MINMAX);
  const int longest = std::max(all.width, all.height);
  for (const double scale : {1.0, 2.0, 3.0}) {
    if (longest * scale > 2000) break;
    cv::Mat larger;
    cv::resize(grey, larger, {}, scale, std::max(scale, std::min(20.0, 40.0 / all.height)), cv::INTER_CUBIC);
    const int border = 40;
    cv::copyMakeBorder(larger, larger, border, border, border, border, cv::BORDER_CONSTANT, cv::Scalar(255));
    const auto reads = codes::read_linear(larger, codes::ScanLines::both_ways);
    for (const LinearRead& read : reads)
      found.push_back({{read.symbology, read.text, box_of(all)}, read.lines});
    if (!reads.empty()) return;
  }
  for (const MatrixKind kind : {MatrixKind::square, MatrixKind::stacked}) {
    if (auto read = codes::read_matrix(grey, kind))
      return found.push_back({{read->symbology, read->text, box_of(read->box & all)}, 0});
    if (auto read = read_crop(page, all, kind)) return found.push_back(std::move(*read));
  }
}

bool overlap(const Box& a, const Box& b) {
  const int shared = (rect_of(a) & rect_of(b)).area();
  return 2 * shared > std::min(rect_of(a).area(), rect_of(b).area());
}

/// Each code once. Where two readings of one place contradict each other, the one that many more scan lines
/// agreed on stays, or neither.
std::vector<Code> without_contradictions(std::vector<Candidate> found) {
  std::ranges::stable_sort(found, std::greater{}, &Candidate::lines);
  const auto is_matrix = [](const Candidate& c) { return c.lines == 0; };
  std::ranges::stable_partition(found, is_matrix);
  std::vector<Candidate> kept;
  std::vector<bool> doubted;
  for (const Candidate& candidate : found) {
    bool stays = true;
    for (std::size_t i = 0; i < kept.size(); ++i) {
      if (!overlap(kept[i].code.box, candidate.code.box)) continue;
      stays = false;
      const bool same =
          kept[i].code.text == candidate.code.text && kept[i].code.symbology == candidate.code.symbology;
      if (!same && !is_matrix(kept[i]) && kept[i].lines < 3 * candidate.lines) doubted[i] = true;
    }
    if (!stays) continue;
    kept.push_back(candidate);
    doubted.push_back(false);
  }
  std::vector<Code> codes;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (!doubted[i]) codes.push_back(kept[i].code);
  }
  return codes;
}

}  // namespace

std::string_view name_of(Symbology symbology) {
  return std::ranges::find(symbology_names, symbology, &std::pair<Symbology, std::string_view>::first)
      ->second;
}

std::optional<Symbology> symbology_from(std::string_view name) {
  const auto* found =
      std::ranges::find(symbology_names, name, &std::pair<Symbology, std::string_view>::second);
  if (found == symbology_names.end()) return std::nullopt;
  return found->first;
}

std::vector<Code> find_codes(const PageImage& page) {
  const CodePage prepared = codes::prepare(page.pixels, page.dpi);
  std::vector<Candidate> found;
  const auto taken = [&](const cv::Rect& place) {
    return std::ranges::any_of(found, [&](const Candidate& c) { return overlap(c.code.box, box_of(place)); });
  };
  std::vector<BarRegion> bars = codes::find_bar_regions(prepared);
  if (bars.size() > most_bar_regions) bars.resize(most_bar_regions);
  std::vector<BarRegion> unread;  // bars, but of no linear code
  for (const BarRegion& region : bars) {
    auto read = read_bars(prepared, region);
    if (read && read->empty()) unread.push_back(region);
    if (read) std::ranges::move(*read, std::back_inserter(found));
  }
  const auto has_bars = [&](const cv::Rect& place) {
    return std::ranges::any_of(unread, [&](const BarRegion& region) {
      return cv::Rect2d(place).contains(cv::Point2d(region.centre));
    });
  };
  std::vector<cv::Rect> places = codes::find_matrix_regions(prepared);
  if (places.size() > most_matrix_regions) places.resize(most_matrix_regions);
  for (const cv::Rect& place : places) {
    if (taken(place) || !looks_like_modules(prepared, place)) continue;
    auto read = read_crop(prepared, place, MatrixKind::square);
    const double aspect =
        static_cast<double>(std::max(place.width, place.height)) / std::min(place.width, place.height);
    if (!read && aspect > 1.25 && has_bars(place)) read = read_crop(prepared, place, MatrixKind::stacked);
    if (read) found.push_back(std::move(*read));
  }
  // A symbol whose modules are millimetres wide falls apart in the search for places, but can be read small.
  if (const auto read = codes::read_matrix(prepared.small, MatrixKind::large)) {
    const auto scaled = [&](int value) { return cvRound(value * prepared.small_scale); };
    const Box box{scaled(read->box.x), scaled(read->box.y), scaled(read->box.width),
                  scaled(read->box.height)};
    if (!taken(rect_of(box))) found.push_back({{read->symbology, read->text, box}, 0});
  }
  for (const BarRegion& region : unread) {
    const cv::Rect place =
        cv::RotatedRect(region.centre,
                        cv::Size2f(static_cast<float>(region.length), static_cast<float>(region.height)),
                        static_cast<float>(region.angle * 180 / CV_PI))
            .boundingRect();
    if (region.height < 4 * prepared.per_mm || taken(place)) continue;
    if (auto read = read_crop(prepared, place, MatrixKind::stacked)) found.push_back(std::move(*read));
  }
  constexpr std::size_t small_picture = 500'000;
  if (found.empty() && page.pixels.total() < small_picture) read_small_picture(prepared, found);
  std::vector<Code> found_codes = without_contradictions(std::move(found));
  for (Code& patch : codes::find_patches(prepared)) {
    const bool part_of_another =
        std::ranges::any_of(found_codes, [&](const Code& c) { return overlap(c.box, patch.box); });
    if (!part_of_another) found_codes.push_back(std::move(patch));
  }
  std::ranges::sort(found_codes, {}, [](const Code& code) { return std::pair(code.box.top, code.box.left); });
  return found_codes;
}

}  // namespace eakte::ocr

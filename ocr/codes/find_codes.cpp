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
Strip cut_strip(const CodePage& page, const BarRegion& region, double scale, int rows) {
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
  cv::warpAffine(page.grey, strip.pixels, strip.to_page, size,
                 (scale > 1 ? cv::INTER_CUBIC : cv::INTER_LINEAR) | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT,
                 cv::Scalar(255));
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

/// Reads a region first as it is; then larger, for fine bars; then with much averaging along the bars, which
/// heals specks and streaks.
std::vector<Candidate> read_bars(const CodePage& page, const BarRegion& region) {
  struct Try {
    double scale;
    int rows;
  };
  const bool coarse = page.per_mm < 9;  // below 230 dpi
  const std::array<Try, 4> tries{{{coarse ? 2.0 : 1.0, 48}, {coarse ? 3.0 : 2.0, 48}, {2.0, 12}, {4.0, 16}}};
  for (const Try& attempt : tries) {
    const Strip strip = cut_strip(page, region, attempt.scale, attempt.rows);
    std::vector<Candidate> found;
    for (const LinearRead& read : codes::read_linear(strip.pixels, codes::ScanLines::across)) {
      cv::Rect place = read.box;
      place.y = 0;
      place.height = strip.pixels.rows;
      found.push_back(
          {{read.symbology, read.text, box_of(on_page(place, strip.to_page, page.grey.size()))}, read.lines});
    }
    if (!found.empty()) return found;
  }
  return {};
}

/// `crop` of the page with white around it, in the middle of which the code stands.
std::optional<Candidate> read_crop(const CodePage& page, const cv::Rect& place, MatrixKind kind) {
  const int margin = std::max(cvRound(2 * page.per_mm), std::max(place.width, place.height) / 8);
  const cv::Rect wide(place.x - margin, place.y - margin, place.width + 2 * margin,
                      place.height + 2 * margin);
  const cv::Rect inside = wide & cv::Rect({}, page.grey.size());
  cv::Mat crop;
  cv::copyMakeBorder(page.grey(inside), crop, inside.y - wide.y, wide.br().y - inside.br().y,
                     inside.x - wide.x, wide.br().x - inside.br().x, cv::BORDER_CONSTANT, cv::Scalar(255));
  const auto candidate = [&](const MatrixRead& read, double scale) {
    const cv::Rect box(cvRound(read.box.x / scale) + wide.x, cvRound(read.box.y / scale) + wide.y,
                       cvRound(read.box.width / scale), cvRound(read.box.height / scale));
    return Candidate{{read.symbology, read.text, box_of(box & cv::Rect({}, page.grey.size()))}, 0};
  };
  if (const auto read = codes::read_matrix(crop, kind)) return candidate(*read, 1);
  cv::Mat other;
  const int longest = std::max(crop.cols, crop.rows);
  if (longest < 700) {
    cv::resize(crop, other, {}, 2, 2, cv::INTER_CUBIC);
    if (const auto read = codes::read_matrix(other, kind)) return candidate(*read, 2);
  }
  cv::medianBlur(crop, other, 3);
  if (const auto read = codes::read_matrix(other, kind)) return candidate(*read, 1);
  if (longest > 350) {
    cv::resize(crop, other, {}, 0.5, 0.5, cv::INTER_AREA);
    if (const auto read = codes::read_matrix(other, kind)) return candidate(*read, 0.5);
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
  const std::vector<BarRegion> bars = codes::find_bar_regions(prepared);
  for (std::size_t i = 0; i < std::min(bars.size(), most_bar_regions); ++i) {
    std::vector<Candidate> read = read_bars(prepared, bars[i]);
    std::ranges::move(read, std::back_inserter(found));
  }
  std::vector<cv::Rect> places = codes::find_matrix_regions(prepared);
  if (places.size() > most_matrix_regions) places.resize(most_matrix_regions);
  for (const cv::Rect& place : places) {
    if (taken(place)) continue;
    if (auto read = read_crop(prepared, place, MatrixKind::square)) found.push_back(std::move(*read));
  }
  // A symbol whose modules are millimetres wide falls apart in the search for places, but can be read small.
  if (const auto read = codes::read_matrix(prepared.small, MatrixKind::large)) {
    const auto scaled = [&](int value) { return cvRound(value * prepared.small_scale); };
    const Box box{scaled(read->box.x), scaled(read->box.y), scaled(read->box.width),
                  scaled(read->box.height)};
    if (!taken(rect_of(box))) found.push_back({{read->symbology, read->text, box}, 0});
  }
  for (std::size_t i = 0; i < std::min(bars.size(), most_bar_regions); ++i) {
    const BarRegion& region = bars[i];
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

#include <algorithm>
#include <array>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/codes.h"
#include "ocr/codes/bars.h"
#include "ocr/codes/candidate.h"
#include "ocr/codes/code32.h"
#include "ocr/codes/crops.h"
#include "ocr/codes/linear.h"
#include "ocr/codes/matrix.h"
#include "ocr/codes/patch.h"
#include "ocr/codes/regions.h"

namespace eakte::ocr {
namespace {

using codes::BarRegion;
using codes::box_of;
using codes::Candidate;
using codes::CodePage;
using codes::LinearRead;
using codes::MatrixKind;
using codes::rect_of;

// More places than this are a picture or a pattern, and looking at all of them would cost more than reading.
constexpr std::size_t most_bar_regions = 24;
constexpr std::size_t most_matrix_regions = 16;

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
    if (auto read = codes::read_crop(page, all, kind)) return found.push_back(std::move(*read));
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

bool taken(const std::vector<Candidate>& found, const Box& place) {
  return std::ranges::any_of(found, [&](const Candidate& c) { return overlap(c.code.box, place); });
}

/// Reads the places of parallel edges. Gives those that are bars but of no linear code.
std::vector<BarRegion> read_bar_regions(const CodePage& page, std::vector<Candidate>& found) {
  std::vector<BarRegion> bars = codes::find_bar_regions(page);
  if (bars.size() > most_bar_regions) bars.resize(most_bar_regions);
  std::vector<BarRegion> unread;
  for (const BarRegion& region : bars) {
    auto read = codes::read_bars(page, region);
    if (read && read->empty()) unread.push_back(region);
    if (read) std::ranges::move(*read, std::back_inserter(found));
  }
  return unread;
}

/// Reads the places of mixed ink: as squares, and where they are oblong and have bars, as PDF417.
void read_matrix_places(const CodePage& page, const std::vector<BarRegion>& unread,
                        std::vector<Candidate>& found) {
  const auto has_bars = [&](const cv::Rect& place) {
    return std::ranges::any_of(unread, [&](const BarRegion& region) {
      return cv::Rect2d(place).contains(cv::Point2d(region.centre));
    });
  };
  std::vector<cv::Rect> places = codes::find_matrix_regions(page);
  if (places.size() > most_matrix_regions) places.resize(most_matrix_regions);
  for (const cv::Rect& place : places) {
    if (taken(found, box_of(place)) || !codes::looks_like_modules(page, place)) continue;
    auto read = codes::read_crop(page, place, MatrixKind::square);
    const double aspect =
        static_cast<double>(std::max(place.width, place.height)) / std::min(place.width, place.height);
    if (!read && aspect > 1.25 && has_bars(place)) read = codes::read_crop(page, place, MatrixKind::stacked);
    if (read) found.push_back(std::move(*read));
  }
}

/// A symbol whose modules are millimetres wide falls apart in the search for places, but can be read small.
void read_wide_modules(const CodePage& page, std::vector<Candidate>& found) {
  const auto read = codes::read_matrix(page.small, MatrixKind::large);
  if (!read) return;
  const auto scaled = [&](int value) { return cvRound(value * page.small_scale); };
  const Box box{scaled(read->box.x), scaled(read->box.y), scaled(read->box.width), scaled(read->box.height)};
  if (!taken(found, box)) found.push_back({{read->symbology, read->text, box}, 0});
}

/// Bars that are of no linear code may be the rows of a PDF417.
void read_stacked(const CodePage& page, const std::vector<BarRegion>& unread, std::vector<Candidate>& found) {
  for (const BarRegion& region : unread) {
    const cv::Rect place =
        cv::RotatedRect(region.centre,
                        cv::Size2f(static_cast<float>(region.length), static_cast<float>(region.height)),
                        static_cast<float>(region.angle * 180 / CV_PI))
            .boundingRect();
    if (region.height < 4 * page.per_mm || taken(found, box_of(place))) continue;
    if (auto read = codes::read_crop(page, place, MatrixKind::stacked)) found.push_back(std::move(*read));
  }
}

/// What may be the number of a medicine is told besides, behind the characters as they are printed.
void add_code32(std::vector<Code>& codes) {
  std::vector<Code> with;
  for (Code& code : codes) {
    const auto number = code.symbology == Symbology::code39 ? codes::code32_from(code.text) : std::nullopt;
    const Box box = code.box;
    with.push_back(std::move(code));
    if (number) with.push_back({Symbology::code39, *number, box});
  }
  codes = std::move(with);
}

}  // namespace

std::vector<Code> find_codes(const PageImage& page) {
  const CodePage prepared = codes::prepare(page.pixels, page.dpi);
  std::vector<Candidate> found;
  const std::vector<BarRegion> unread = read_bar_regions(prepared, found);
  read_matrix_places(prepared, unread, found);
  read_wide_modules(prepared, found);
  read_stacked(prepared, unread, found);
  constexpr std::size_t small_picture = 500'000;
  if (found.empty() && page.pixels.total() < small_picture) read_small_picture(prepared, found);
  std::vector<Code> codes = without_contradictions(std::move(found));
  add_code32(codes);
  for (Code& patch : codes::find_patches(prepared)) {
    const bool part_of_another =
        std::ranges::any_of(codes, [&](const Code& c) { return overlap(c.box, patch.box); });
    if (!part_of_another) codes.push_back(std::move(patch));
  }
  std::ranges::stable_sort(codes, {},
                           [](const Code& code) { return std::pair(code.box.top, code.box.left); });
  return codes;
}

}  // namespace eakte::ocr

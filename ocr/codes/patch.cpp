#include "ocr/codes/patch.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>

namespace eakte::ocr::codes {
namespace {

// The order of the bars as four bits, wide is 1, the bar nearest to the edge first.
constexpr std::array<std::pair<unsigned, const char*>, 6> patches{
    {{0b1100, "1"}, {0b1001, "2"}, {0b1010, "3"}, {0b0110, "4"}, {0b0011, "6"}, {0b0101, "T"}}};

unsigned reversed(unsigned bars) {
  return (bars & 1U) << 3U | (bars & 2U) << 1U | (bars & 4U) >> 1U | (bars & 8U) >> 3U;
}

constexpr double least_white = 1.2;  // narrow bars; print from another edge of the sheet may come this near

/// What one scan line saw.
struct Crossing {
  int line = 0;
  double begin = 0;
  double end = 0;
  unsigned bars = 0;
  double white = 0;  ///< the lesser of the white before and after, in narrow bars
  double middle() const { return (begin + end) / 2; }
};

/// Alternating runs of a scan line, white first, then black, and so on; the first may be empty.
void runs_of(const uchar* line, int length, std::vector<int>& ends) {
  ends.clear();
  bool black = false;
  for (int x = 0; x < length; ++x) {
    if ((line[x] != 0) != black) {
      ends.push_back(x);
      black = !black;
    }
  }
  ends.push_back(length);
}

/// The bars of seven runs, beginning with a black one, when they have the widths of a patch code. Bars that
/// grew or shrank in printing and scanning are measured without that.
std::optional<unsigned> bars_of(const std::array<double, 7>& runs) {
  double total = 0;
  double black = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    total += runs[i];
    if (i % 2 == 0) black += runs[i];
  }
  const double unit = total / 10;  // a narrow bar
  const double growth = (black / unit - 7) / 4;
  if (std::abs(growth) > 0.45) return std::nullopt;
  unsigned bars = 0;
  int wide = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const double width = runs[i] / unit + (i % 2 == 0 ? -growth : growth * 4 / 3);
    if (i % 2 == 1) {
      if (std::abs(width - 1) > 0.45) return std::nullopt;
      continue;
    }
    const bool is_wide = width > 1.75;
    if (std::abs(width - (is_wide ? 2.5 : 1.0)) > (is_wide ? 0.6 : 0.45)) return std::nullopt;
    bars = bars << 1U | (is_wide ? 1U : 0U);
    wide += is_wide ? 1 : 0;
  }
  if (wide != 2) return std::nullopt;
  return bars;
}

/// All crossings of patch codes by the rows of `ink`.
std::vector<Crossing> crossings_of(const cv::Mat& ink, double per_mm) {
  constexpr double nominal_mm = 20.32;
  constexpr double smallest = 0.45;  // A4 printed on A6 is 0.5
  constexpr double largest = 1.5;    // skew and enlargement
  std::vector<Crossing> crossings;
  std::vector<int> ends;
  for (int y = 0; y < ink.rows; ++y) {
    runs_of(ink.ptr(y), ink.cols, ends);
    // Run i lies between ends[i - 1] and ends[i]; odd ones are black.
    for (std::size_t i = 1; i + 7 < ends.size(); i += 2) {
      const double total = ends[i + 6] - ends[i - 1];
      if (total < smallest * nominal_mm * per_mm || total > largest * nominal_mm * per_mm) continue;
      std::array<double, 7> runs{};
      for (std::size_t k = 0; k < 7; ++k) runs[k] = ends[i + k] - ends[i + k - 1];
      // The edge of the sheet is as good as white.
      const double endless = 100;
      const double unit = total / 10;
      const double before = i >= 2 ? (ends[i - 1] - ends[i - 2]) / unit : endless;
      const double after = i + 8 < ends.size() ? (ends[i + 7] - ends[i + 6]) / unit : endless;
      const double white = std::min(before, after);
      if (white < least_white) continue;
      if (const auto bars = bars_of(runs))
        crossings.push_back(
            {y, static_cast<double>(ends[i - 1]), static_cast<double>(ends[i + 6]), *bars, white});
    }
  }
  return crossings;
}

/// Crossings of neighbouring scan lines that belong together.
struct Stripe {
  std::vector<Crossing> crossings;
};

std::vector<Stripe> stripes_of(const std::vector<Crossing>& crossings, double per_mm) {
  const double longest_gap = 8 * per_mm;
  constexpr double steepest = 0.4;  // 22 degrees
  std::vector<Stripe> stripes;
  for (const Crossing& crossing : crossings) {
    const auto continues = [&](const Stripe& stripe) {
      const Crossing& last = stripe.crossings.back();
      const double gap = crossing.line - last.line;
      const double slack = steepest * gap + 2;
      return gap > 0 && gap <= longest_gap && last.bars == crossing.bars &&
             std::abs(crossing.begin - last.begin) <= slack && std::abs(crossing.end - last.end) <= slack;
    };
    const auto stripe = std::ranges::find_if(stripes, continues);
    if (stripe != stripes.end()) {
      stripe->crossings.push_back(crossing);
    } else {
      stripes.push_back({{crossing}});
    }
  }
  return stripes;
}

bool is_patch(const Stripe& stripe, double per_mm) {
  const double span = stripe.crossings.back().line - stripe.crossings.front().line + 1;
  const auto seen = static_cast<double>(stripe.crossings.size());
  const double width = stripe.crossings.front().end - stripe.crossings.front().begin;
  // The bars of a large linear code have others beside them on nearly every line; a patch has, at most, the
  // bars of another edge of the sheet where they meet.
  const auto alone = std::ranges::count_if(stripe.crossings, [](const Crossing& c) { return c.white > 4.5; });
  // The shortest bars are 0.75 inch where the code is 0.80 inch wide.
  return span >= 0.85 * width && seen >= 0.5 * span && seen >= 5 * per_mm &&
         2 * static_cast<double>(alone) > seen;
}

Code code_of(const Stripe& stripe, const cv::Size& size, double scale, bool transposed) {
  double begin = stripe.crossings.front().begin;
  double end = stripe.crossings.front().end;
  double middle = 0;
  for (const Crossing& crossing : stripe.crossings) {
    begin = std::min(begin, crossing.begin);
    end = std::max(end, crossing.end);
    middle += crossing.middle() / static_cast<double>(stripe.crossings.size());
  }
  unsigned bars = stripe.crossings.front().bars;
  if (middle > size.width / 2.0) bars = reversed(bars);
  const auto* patch = std::ranges::find(patches, bars, &std::pair<unsigned, const char*>::first);
  cv::Rect2d box(begin, stripe.crossings.front().line, end - begin,
                 stripe.crossings.back().line - stripe.crossings.front().line + 1);
  if (transposed) box = {box.y, box.x, box.height, box.width};
  return {Symbology::patch,
          patch->second,
          {cvRound(box.x * scale), cvRound(box.y * scale), cvRound(box.width * scale),
           cvRound(box.height * scale)}};
}

void find_upright(const cv::Mat& grey, double per_mm, double scale, bool transposed,
                  std::vector<Code>& found) {
  // Along the bars, streaks and specks are averaged away.
  cv::Mat smooth;
  cv::blur(grey, smooth, {1, std::max(3, cvRound(2 * per_mm) | 1)}, {-1, -1}, cv::BORDER_REPLICATE);
  cv::Mat ink;
  const double otsu = cv::threshold(smooth, ink, 0, 255, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
  if (otsu < 80 || otsu > 180)
    cv::threshold(smooth, ink, std::clamp(otsu, 80.0, 180.0), 255, cv::THRESH_BINARY_INV);
  for (const Stripe& stripe : stripes_of(crossings_of(ink, per_mm), per_mm)) {
    if (is_patch(stripe, per_mm)) found.push_back(code_of(stripe, ink.size(), scale, transposed));
  }
}

}  // namespace

std::vector<Code> find_patches(const CodePage& page) {
  std::vector<Code> found;
  const double per_mm = page.per_mm / page.small_scale;
  find_upright(page.small, per_mm, page.small_scale, false, found);
  cv::Mat lying;
  cv::transpose(page.small, lying);
  find_upright(lying, per_mm, page.small_scale, true, found);
  return found;
}

}  // namespace eakte::ocr::codes

#include "ingest/layers/ink.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

namespace eakte::ingest {
namespace {

/// Two classes of grey and what separates them.
struct Split {
  int threshold = 0;  // the last level of the dark class
  double dark = 0;    // share of the dark class
  double dark_mean = 0;
  double light_mean = 0;
  double separation = 0;     // between-class to total variance, 0..1
  double ground_spread = 0;  // standard deviation within the larger class
};

using Histogram = std::array<int, 256>;

Histogram histogram_of(const cv::Mat& grey) {
  Histogram counts{};
  for (int y = 0; y < grey.rows; ++y) {
    const std::uint8_t* row = grey.ptr(y);
    for (int x = 0; x < grey.cols; ++x) ++counts[row[x]];
  }
  return counts;
}

// N. Otsu, A threshold selection method from gray-level histograms, 1979.
Split split_of(const Histogram& counts) {
  double total = 0;
  double sum = 0;
  double squares = 0;
  for (int level = 0; level < 256; ++level) {
    const double count = counts[static_cast<std::size_t>(level)];
    total += count;
    sum += count * level;
    squares += count * level * level;
  }
  Split best;
  if (total == 0) return best;
  const double variance = squares / total - sum / total * sum / total;
  double dark = 0;
  double dark_sum = 0;
  double between = -1;
  for (int level = 0; level < 255; ++level) {
    const double count = counts[static_cast<std::size_t>(level)];
    dark += count;
    dark_sum += count * level;
    if (dark == 0 || dark == total) continue;
    const double difference = dark_sum / dark - (sum - dark_sum) / (total - dark);
    const double found = dark * (total - dark) * difference * difference;
    if (found <= between) continue;
    between = found;
    best = {level, dark / total, dark_sum / dark, (sum - dark_sum) / (total - dark), 0, 0};
  }
  const bool ground_is_dark = best.dark > 0.5;
  const double ground_mean = ground_is_dark ? best.dark_mean : best.light_mean;
  double ground = 0;
  for (int level = 0; level < 256; ++level) {
    if ((level <= best.threshold) != ground_is_dark) continue;
    ground += counts[static_cast<std::size_t>(level)] * (level - ground_mean) * (level - ground_mean);
  }
  best.ground_spread = std::sqrt(ground / (total * std::max(best.dark, 1 - best.dark)));
  if (variance > 0) best.separation = between / (total * total) / variance;
  return best;
}

cv::Mat grey_of(const cv::Mat& pixels) {
  if (pixels.channels() == 1) return pixels;
  cv::Mat grey;
  cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
  return grey;
}

/// Spread of the three channels of each pixel.
cv::Mat chroma_of(const cv::Mat& bgr) {
  std::array<cv::Mat, 3> channel;
  cv::split(bgr, channel.data());
  const cv::Mat most = cv::max(cv::max(channel[0], channel[1]), channel[2]);
  const cv::Mat least = cv::min(cv::min(channel[0], channel[1]), channel[2]);
  return most - least;
}

int chroma(const cv::Vec3b& colour) {
  return std::max({colour[0], colour[1], colour[2]}) - std::min({colour[0], colour[1], colour[2]});
}

int distance(const cv::Vec3b& one, const cv::Vec3b& other) {
  int most = 0;
  for (int i = 0; i < 3; ++i) most = std::max(most, std::abs(one[i] - other[i]));
  return most;
}

cv::Vec3b rounded(const cv::Scalar& colour) {
  cv::Vec3b result;
  for (int i = 0; i < 3; ++i) result[i] = cv::saturate_cast<std::uint8_t>(colour[i]);
  return result;
}

/// The colour of the strokes without their soft edges: of the pixels beyond the mean of their class.
cv::Vec3b stroke_colour(const cv::Mat& pixels, const cv::Mat& grey, const InkPiece& piece, double mean) {
  const cv::Mat core = piece.is_light ? cv::Mat(grey >= std::floor(mean)) : cv::Mat(grey <= std::ceil(mean));
  const cv::Scalar colour = cv::mean(pixels, core);
  return pixels.channels() == 3 ? rounded(colour) : rounded(cv::Scalar::all(colour[0]));
}

// What a place must show. The separation of a normal distribution is 2/pi, of an even one 3/4, of clean
// print above 0.85.
struct Demands {
  double separation;
  double contrast;
  double most_ink;
  double most_spread;  // of the ground, as a share of the contrast; half a normal distribution has 0.38
};

constexpr Demands demands_of(Proof proof) {
  return proof == Proof::word ? Demands{0.74, 32, 0.5, 0.28} : Demands{0.82, 48, 0.3, 0.17};
}

// Colours that differ less than this in every channel are one ink, unevenly printed or lit.
constexpr int same_ink = 36;
// A piece further than this from every ink of the page is not painted.
constexpr int foreign_ink = 56;

}  // namespace

std::optional<InkPiece> ink_at(const cv::Mat& page, cv::Rect place, Proof proof) {
  place &= cv::Rect(0, 0, page.cols, page.rows);
  if (place.width < 3 || place.height < 3) return std::nullopt;
  const cv::Mat pixels = page(place);
  const cv::Mat grey = grey_of(pixels);
  const Split split = split_of(histogram_of(grey));
  const Demands demands = demands_of(proof);
  const bool is_light = split.dark > 0.5;
  const double share = is_light ? 1 - split.dark : split.dark;
  if (split.separation < demands.separation || split.light_mean - split.dark_mean < demands.contrast ||
      share > demands.most_ink || share < 0.002 ||
      split.ground_spread > demands.most_spread * (split.light_mean - split.dark_mean)) {
    return std::nullopt;
  }
  InkPiece piece;
  piece.place = place;
  piece.threshold = split.threshold;
  piece.is_light = is_light;
  piece.separation = split.separation;
  piece.is_read = proof == Proof::word;
  piece.pixels = std::max(1, static_cast<int>(share * static_cast<double>(place.area())));
  piece.colour = stroke_colour(pixels, grey, piece, is_light ? split.light_mean : split.dark_mean);
  if (page.channels() == 3) {
    const int spread = chroma(piece.colour);
    piece.least_chroma = spread > 60 ? spread / 3 : 0;
    piece.most_chroma = std::min(255, spread + 50);
  }
  return piece;
}

InkPlan plan_inks(std::vector<InkPiece> pieces, std::size_t most_inks) {
  std::ranges::sort(pieces, [](const InkPiece& one, const InkPiece& other) {
    return std::tuple(-one.pixels, one.place.y, one.place.x) <
           std::tuple(-other.pixels, other.place.y, other.place.x);
  });
  InkPlan plan;
  std::vector<cv::Vec3d> sums;
  std::vector<double> weights;
  for (InkPiece& piece : pieces) {
    std::size_t nearest = plan.inks.size();
    int least = 256;
    for (std::size_t i = 0; i < plan.inks.size(); ++i) {
      if (const int away = distance(plan.inks[i], piece.colour); away < least) {
        least = away;
        nearest = i;
      }
    }
    if (least > same_ink && plan.inks.size() < most_inks) {
      nearest = plan.inks.size();
      plan.inks.push_back(piece.colour);
      sums.emplace_back(0, 0, 0);
      weights.push_back(0);
    } else if (least > foreign_ink) {
      continue;
    }
    piece.ink = nearest;
    sums[nearest] += cv::Vec3d(piece.colour[0], piece.colour[1], piece.colour[2]) * piece.pixels;
    weights[nearest] += piece.pixels;
    plan.inks[nearest] = rounded(cv::Scalar(sums[nearest] / weights[nearest]));
    plan.pieces.push_back(piece);
  }
  return plan;
}

std::vector<cv::Rect> word_places(const ocr::PageText& text, cv::Size page, int dpi) {
  const int margin = std::max(2, dpi / 100);
  std::vector<cv::Rect> places;
  // Words of a born-digital page lie on another grid than its rendering.
  const double x_scale = text.width > 0 ? static_cast<double>(page.width) / text.width : 1;
  const double y_scale = text.height > 0 ? static_cast<double>(page.height) / text.height : 1;
  for (const ocr::Word& word : text.words) {
    const cv::Rect box(cv::Point(cvFloor(word.box.left * x_scale), cvFloor(word.box.top * y_scale)),
                       cv::Point(cvCeil((word.box.left + word.box.width) * x_scale),
                                 cvCeil((word.box.top + word.box.height) * y_scale)));
    // Larger than this is no word but a picture taken for one.
    const bool plausible = box.width > 2 && box.height > 4 && box.height < page.height / 5;
    if (!plausible) continue;
    const cv::Rect place(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin);
    places.push_back(place & cv::Rect({0, 0}, page));
  }
  return places;
}

void draw_ink(const InkPiece& piece, const cv::Mat& page_rows, const cv::Mat& grey_rows, int first_row,
              const cv::Mat& free, cv::Mat& mask) {
  const cv::Rect place =
      (piece.place - cv::Point(0, first_row)) & cv::Rect(0, 0, page_rows.cols, page_rows.rows);
  if (place.empty()) return;
  cv::Mat ink = piece.is_light ? cv::Mat(grey_rows(place) > piece.threshold)
                               : cv::Mat(grey_rows(place) <= piece.threshold);
  if (page_rows.channels() == 3 && (piece.least_chroma > 0 || piece.most_chroma < 255)) {
    cv::Mat fits;
    cv::inRange(chroma_of(page_rows(place)), piece.least_chroma, piece.most_chroma, fits);
    ink &= fits;
  }
  cv::Mat target = mask(place);
  target |= ink & free(place);
}

}  // namespace eakte::ingest

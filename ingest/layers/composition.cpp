#include "ingest/layers/composition.h"

#include <algorithm>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <utility>
#include <vector>

#include "ingest/formats/encode.h"

namespace eakte::ingest {
namespace {

// A pixel of the background needs this share of ground below it; else it is filled from around.
constexpr int least_ground = 64;

// How far the page put together again may be from the page. A tile is lost when more than `share` of it
// differs by more than `outside` (soft strokes) or `inside` (other tones in ink), when its mean is `level`
// off, or when its ground differs by `mean` on the average: more than the grain of paper, so rather a
// picture.
struct Tolerance {
  int outside = 48;
  int inside = 72;
  int level = 20;
  int mean = 11;
  double share = 0.05;
  // What touches a lost tile is lost with it from these on, so that no word is half sharp and half soft.
  int weak = 32;
  double weak_share = 0.02;
};
constexpr Tolerance tolerance;

cv::Mat as_grey(const cv::Mat& pixels) {
  if (pixels.channels() == 1) return pixels;
  cv::Mat grey;
  cv::cvtColor(pixels, grey, cv::COLOR_BGR2GRAY);
  return grey;
}

int rounded_up(int value, int step) { return (value + step - 1) / step * step; }

/// Rows and columns repeated at the lower and right edge to whole multiples.
cv::Mat padded(const cv::Mat& pixels, int step) {
  const int rows = rounded_up(pixels.rows, step) - pixels.rows;
  const int columns = rounded_up(pixels.cols, step) - pixels.cols;
  if (rows == 0 && columns == 0) return pixels;
  cv::Mat result;
  cv::copyMakeBorder(pixels, result, 0, rows, 0, columns, cv::BORDER_REPLICATE);
  return result;
}

/// Means over squares of `step` pixels.
cv::Mat reduced(const cv::Mat& pixels, int step) {
  if (step == 1) return pixels;
  const cv::Mat whole = padded(pixels, step);
  cv::Mat result;
  cv::resize(whole, result, {whole.cols / step, whole.rows / step}, 0, 0, cv::INTER_AREA);
  return result;
}

/// The same of one channel, for large steps: long loops over whole rows, which compilers make fast.
cv::Mat tile_means(const cv::Mat& plane, int step) {
  const cv::Mat whole = padded(plane, step);
  cv::Mat result(whole.rows / step, whole.cols / step, CV_8UC1);
  const auto width = static_cast<std::size_t>(whole.cols);
  std::vector<std::uint16_t> sums(width);
  const int area = step * step;
  for (int tile_y = 0; tile_y < result.rows; ++tile_y) {
    std::ranges::fill(sums, std::uint16_t{0});
    for (int y = tile_y * step; y < (tile_y + 1) * step; ++y) {
      const std::uint8_t* row = whole.ptr(y);
      for (std::size_t x = 0; x < width; ++x) sums[x] = static_cast<std::uint16_t>(sums[x] + row[x]);
    }
    std::uint8_t* means = result.ptr(tile_y);
    for (int tile_x = 0; tile_x < result.cols; ++tile_x) {
      int sum = 0;
      for (int x = tile_x * step; x < (tile_x + 1) * step; ++x) sum += sums[static_cast<std::size_t>(x)];
      means[tile_x] = static_cast<std::uint8_t>((sum + area / 2) / area);
    }
  }
  return result;
}

cv::Mat repeated(const cv::Mat& plane, int channels) {
  if (channels == 1) return plane;
  cv::Mat result;
  cv::merge(std::vector<cv::Mat>(static_cast<std::size_t>(channels), plane), result);
  return result;
}

/// `sum` as a share of what `weight` (0..255) says was added up.
cv::Mat weighted_back(const cv::Mat& sum, const cv::Mat& weight) {
  cv::Mat result;
  cv::divide(sum, repeated(weight, sum.channels()), result, 255.0);
  return result;
}

/// The parts of `weak` that hang together with some of `sure`, and all of that.
cv::Mat joined(const cv::Mat& weak, const cv::Mat& sure) {
  cv::Mat labels;
  const int count = cv::connectedComponents(weak | sure, labels, 8, CV_32S);
  std::vector<std::uint8_t> is_sure(static_cast<std::size_t>(count), 0);
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      if (sure.ptr(y)[x] != 0) is_sure[static_cast<std::size_t>(labels.ptr<int>(y)[x])] = 255;
    }
  }
  cv::Mat result(labels.size(), CV_8UC1);
  for (int y = 0; y < labels.rows; ++y) {
    for (int x = 0; x < labels.cols; ++x) {
      const int label = labels.ptr<int>(y)[x];
      result.ptr(y)[x] = label == 0 ? std::uint8_t{0} : is_sure[static_cast<std::size_t>(label)];
    }
  }
  return result;
}

cv::Mat grown(const cv::Mat& mask, int by) {
  cv::Mat result;
  cv::dilate(mask, result, cv::getStructuringElement(cv::MORPH_RECT, {2 * by + 1, 2 * by + 1}));
  return result;
}

int grey_value(const cv::Vec3b& bgr) {
  return cv::saturate_cast<std::uint8_t>(0.114 * bgr[0] + 0.587 * bgr[1] + 0.299 * bgr[2]);
}

}  // namespace

/// Some rows of the page with enough around them for neighbourhoods; the masks cover all of it.
struct Composition::Band {
  int first = 0;  // rows first..end are meant
  int end = 0;
  int begin = 0;  // row of the page at which the masks begin
  cv::Mat pixels;
  cv::Mat grey;
  std::vector<cv::Mat> inks;
  cv::Mat any_ink;
  cv::Mat cut;  // ink with its soft edge: no ground

  cv::Mat inner(const cv::Mat& rows) const { return rows.rowRange(first - begin, end - begin); }
};

Composition::Composition(const cv::Mat& page, InkPlan plan, int dpi, int reduction, bool grey_ground)
    : page_(page),
      plan_(std::move(plan)),
      reduction_(reduction),
      tile_(reduction == 1 ? 16 : 8 * reduction),
      ring_(std::max(1, dpi / 150)),
      grey_ground_(grey_ground || page.channels() == 1),
      stencil_places_(plan_.inks.size()),
      stencil_bytes_(plan_.inks.size()) {
  for (const InkPiece& piece : plan_.pieces) stencil_places_[piece.ink] |= piece.place;
  const cv::Size size((page.cols + reduction - 1) / reduction, (page.rows + reduction - 1) / reduction);
  background_.create(size, grey_ground_ ? CV_8UC1 : CV_8UC3);
  holes_.create(size, CV_8UC1);
  std::vector<Bits> bits(plan_.inks.size());
  for_each_band([&](const Band& rows) {
    place_background(rows);
    cv::Mat core;
    cv::erode(rows.any_ink, core, cv::Mat());
    ink_pixels_ += cv::countNonZero(rows.inner(rows.any_ink));
    core_pixels_ += cv::countNonZero(rows.inner(core));
    for (std::size_t i = 0; i < bits.size(); ++i) {
      const cv::Rect own = stencil_places_[i] & cv::Rect(0, rows.first, page_.cols, rows.end - rows.first);
      if (!own.empty()) append_bits(bits[i], rows.inks[i](own - cv::Point(0, rows.begin)), 255);
    }
  });
  for (std::size_t i = 0; i < bits.size(); ++i) stencil_bytes_[i] = encode_group4(bits[i]);
  fill_holes(holes_);
}

template <class Visit>
void Composition::for_each_band(Visit visit) const {
  const int step = rounded_up(512, tile_);
  for (int first = 0; first < page_.rows; first += step) {
    visit(band(first, std::min(first + step, page_.rows)));
  }
}

Composition::Band Composition::band(int first, int end) const {
  Band rows;
  rows.first = first;
  rows.end = end;
  rows.begin = std::max(0, first - ring_ - 1);
  rows.pixels = page_.rowRange(rows.begin, std::min(page_.rows, end + ring_ + 1));
  rows.grey = as_grey(rows.pixels);
  rows.any_ink = cv::Mat::zeros(rows.grey.size(), CV_8UC1);
  for (std::size_t i = 0; i < plan_.inks.size(); ++i) {
    rows.inks.push_back(plan_.inks.size() == 1 ? rows.any_ink : cv::Mat::zeros(rows.grey.size(), CV_8UC1));
  }
  paint_inks(rows);
  rows.cut = grown(rows.any_ink, ring_);
  return rows;
}

/// Words first; what else is ink keeps off them and their soft edges, or rulings of another grey would be
/// painted over the feet of letters.
void Composition::paint_inks(Band& rows) const {
  const auto paint = [&](bool read, const cv::Mat& free) {
    for (const InkPiece& piece : plan_.pieces) {
      if (piece.is_read == read)
        draw_ink(piece, rows.pixels, rows.grey, rows.begin, free, rows.inks[piece.ink]);
    }
    for (const cv::Mat& ink : rows.inks) rows.any_ink |= ink;
  };
  paint(true, cv::Mat(rows.grey.size(), CV_8UC1, cv::Scalar(255)));
  paint(false, ~grown(rows.any_ink, ring_));
}

void Composition::place_background(const Band& rows) {
  const cv::Mat source = rows.inner(grey_ground_ ? rows.grey : rows.pixels);
  const cv::Mat ground = ~rows.inner(rows.cut);
  cv::Mat kept(source.size(), source.type(), cv::Scalar::all(0));
  source.copyTo(kept, ground);
  const cv::Mat weight = reduced(ground, reduction_);
  const int top = rows.first / reduction_;
  const cv::Rect place(0, top, background_.cols, weight.rows);
  weighted_back(reduced(kept, reduction_), weight).copyTo(background_(place));
  cv::Mat(weight < least_ground).copyTo(holes_(place));
}

/// Fills what lay under ink with the mean of the ground around, from near to far.
void Composition::fill_holes(cv::Mat& holes) {
  background_.setTo(0, holes);
  for (const int reach : {7, 25, 91}) {
    if (cv::countNonZero(holes) == 0) return;
    const cv::Mat ground = ~holes;
    cv::Mat sum;
    cv::Mat weight;
    cv::blur(background_, sum, {reach, reach}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::blur(ground, weight, {reach, reach}, {-1, -1}, cv::BORDER_REPLICATE);
    const cv::Mat fillable = holes & (weight >= least_ground / 2);
    weighted_back(sum, weight).copyTo(background_, fillable);
    holes &= ~fillable;
  }
  background_.setTo(cv::mean(background_, ~holes), holes);
}

double Composition::stroke_core() const {
  return ink_pixels_ == 0 ? 1 : static_cast<double>(core_pixels_) / static_cast<double>(ink_pixels_);
}

std::vector<archive::PictureLayer> Composition::stencils() const {
  std::vector<archive::PictureLayer> layers;
  for (std::size_t i = 0; i < plan_.inks.size(); ++i) {
    const cv::Rect& place = stencil_places_[i];
    const cv::Vec3b& ink = plan_.inks[i];
    layers.push_back({.is_stencil = true,
                      .place = {place.x, place.y, place.width, place.height},
                      .components = 1,
                      .colour = {ink[2], ink[1], ink[0]},
                      .bytes = stencil_bytes_[i]});
  }
  return layers;
}

Composition::Differences Composition::differences(const cv::Mat& shown_background) const {
  const cv::Size tiles(rounded_up(page_.cols, tile_) / tile_, rounded_up(page_.rows, tile_) / tile_);
  cv::Mat sure(tiles, CV_8UC1);
  cv::Mat weak(tiles, CV_8UC1);
  const cv::Mat grey_background = as_grey(shown_background);
  for_each_band([&](const Band& rows) {
    // The background as a viewer spreads it out, with some rows more so that the seams do not show.
    const int top = std::max(0, rows.first / reduction_ - 2);
    const int bottom = std::min(grey_background.rows, (rows.end + reduction_ - 1) / reduction_ + 2);
    cv::Mat spread;
    cv::resize(grey_background.rowRange(top, bottom), spread, {}, reduction_, reduction_, cv::INTER_LINEAR);
    const int offset = rows.first - top * reduction_;
    const cv::Mat composed = spread(cv::Rect(0, offset, page_.cols, rows.end - rows.first));
    for (std::size_t i = 0; i < rows.inks.size(); ++i) {
      cv::Mat target = composed;
      target.setTo(grey_value(plan_.inks[i]), rows.inner(rows.inks[i]));
    }
    const cv::Mat grey = rows.inner(rows.grey);
    cv::Mat difference;
    cv::absdiff(composed, grey, difference);

    // Edges of ink are sharper than those of the scan; only its inner part can be compared.
    cv::Mat core;
    cv::erode(rows.any_ink, core, cv::Mat());
    const cv::Mat cut = rows.inner(rows.cut);
    const cv::Mat strong =
        ((difference > tolerance.outside) & ~cut) | ((difference > tolerance.inside) & rows.inner(core));
    difference.setTo(0, cut);
    cv::Mat level;
    cv::absdiff(tile_means(composed, tile_), tile_means(grey, tile_), level);
    const cv::Mat found = (tile_means(strong, tile_) > 255 * tolerance.share) | (level > tolerance.level) |
                          (tile_means(difference, tile_) > tolerance.mean);
    const cv::Range place(rows.first / tile_, rows.first / tile_ + found.rows);
    found.copyTo(sure.rowRange(place));
    cv::Mat(tile_means(difference > tolerance.weak, tile_) > 255 * tolerance.weak_share)
        .copyTo(weak.rowRange(place));
  });
  return {joined(weak, sure), weak};
}

}  // namespace eakte::ingest

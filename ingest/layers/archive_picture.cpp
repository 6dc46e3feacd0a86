#include "ingest/layers/archive_picture.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <span>
#include <utility>

#include "ingest/formats/encode.h"
#include "ingest/formats/jpeg.h"
#include "ingest/layers/composition.h"

namespace eakte::ingest {
namespace {

using archive::PagePicture;
using archive::PictureChoice;
using archive::PictureCoding;

/// What each choice means for layers and JPEGs.
struct Recipe {
  int background_dpi;
  int background_quality;
  int patch_quality;
  int jpeg_quality;
  std::size_t most_inks;
  double most_patched;  ///< share of the page; beyond, a single picture is the more honest one
};

constexpr Recipe recipe_of(PictureChoice choice) {
  return choice == PictureChoice::compact ? Recipe{100, 40, 60, 60, 3, 0.35}
                                          : Recipe{150, 60, 75, 75, 4, 0.35};
}

// Strokes with less inside than this are mostly thinner than three pixels: as a stencil they read worse.
constexpr double least_stroke_core = 0.28;
// How clearly two greys (Otsu's separation) half of the words must be, so that a stencil neither fills the
// eyes of fat letters, which mostly are out of focus, nor breaks thin ones.
constexpr double fat_core = 0.6;
constexpr double fat_separation = 0.85;
constexpr double thin_core = 0.36;
constexpr double thin_separation = 0.83;
// Stencils of fewer pixels to the inch have stairs for edges.
constexpr int least_stencil_dpi = 180;
// Bytes to the pixel up to which a received JPEG is economical: about 150 kB for A4 at 300 dpi.
constexpr double economical = 0.0175;

bool has_colour(const cv::Mat& pixels) {
  if (pixels.channels() == 1) return false;
  // Reduced, so that neither noise nor the coarse colours of a JPEG count.
  constexpr int step = 4;
  constexpr int least_chroma = 28;
  constexpr double least_share = 0.0005;
  cv::Mat small;
  cv::resize(pixels, small, {std::max(1, pixels.cols / step), std::max(1, pixels.rows / step)}, 0, 0,
             cv::INTER_AREA);
  std::vector<cv::Mat> channel;
  cv::split(small, channel);
  const cv::Mat chroma = cv::max(cv::max(channel[0], channel[1]), channel[2]) -
                         cv::min(cv::min(channel[0], channel[1]), channel[2]);
  return cv::countNonZero(chroma > least_chroma) > least_share * static_cast<double>(small.total());
}

ocr::PageImage without_colour(const ocr::PageImage& image) {
  ocr::PageImage grey{{}, image.dpi};
  cv::cvtColor(image.pixels, grey.pixels, cv::COLOR_BGR2GRAY);
  return grey;
}

PagePicture described(const ocr::PageImage& image) {
  PagePicture picture;
  picture.width = image.pixels.cols;
  picture.height = image.pixels.rows;
  picture.components = image.pixels.channels();
  picture.dpi = image.dpi;
  return picture;
}

/// Grey where there is no colour to speak of.
ocr::PageImage plain(const ocr::PageImage& image) {
  return image.pixels.channels() == 3 && !has_colour(image.pixels) ? without_colour(image) : image;
}

PagePicture as_jpeg(const ocr::PageImage& image, int quality) {
  PagePicture picture = described(image);
  picture.bytes = encode_jpeg(image, quality);
  return picture;
}

/// How large the picture would be without loss, from one row in sixteen.
std::size_t estimated_lossless(const ocr::PageImage& image) {
  constexpr int band = 16;
  cv::Mat some;
  for (int y = 0; y + band <= image.pixels.rows; y += band * band)
    some.push_back(image.pixels.rowRange(y, y + band));
  if (some.empty()) return 0;
  const std::size_t bytes = encode_lossless({some, image.dpi}).bytes.size();
  return bytes * static_cast<std::size_t>(image.pixels.rows) / static_cast<std::size_t>(some.rows);
}

/// Of all words; 1 when there are none.
double median_separation(const std::vector<InkPiece>& words) {
  if (words.empty()) return 1;
  std::vector<double> values;
  for (const InkPiece& word : words) values.push_back(word.separation);
  const auto middle = values.begin() + std::ssize(values) / 2;
  std::ranges::nth_element(values, middle);
  return *middle;
}

bool can_be_stencils(double stroke_core, double separation) {
  if (stroke_core > fat_core) return separation >= fat_separation;
  if (stroke_core < thin_core) return stroke_core >= least_stroke_core && separation >= thin_separation;
  return true;
}

/// Rectangles around the lost tiles, in pixels of the page; none overlaps another.
std::vector<cv::Rect> patches_around(const cv::Mat& lost, int tile, cv::Size page) {
  cv::Mat joined;
  cv::dilate(lost, joined, cv::Mat());
  cv::Mat labels;
  cv::Mat stats;
  cv::Mat centres;
  const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
  std::vector<cv::Rect> rects;
  for (int i = 1; i < count; ++i) {
    const int* row = stats.ptr<int>(i);
    cv::Rect rect(row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
                  row[cv::CC_STAT_HEIGHT]);
    for (std::size_t k = 0; k < rects.size();) {
      if ((rects[k] & rect).empty()) {
        ++k;
        continue;
      }
      rect |= rects[k];
      rects[k] = rects.back();
      rects.pop_back();
      k = 0;
    }
    rects.push_back(rect);
  }
  for (cv::Rect& rect : rects) {
    rect = cv::Rect(rect.x * tile, rect.y * tile, rect.width * tile, rect.height * tile) &
           cv::Rect({0, 0}, page);
  }
  std::ranges::sort(rects, {}, [](const cv::Rect& rect) { return std::pair(rect.y, rect.x); });
  return rects;
}

/// Strokes that no word covers: what lies in these tiles and proves to be flat ink.
std::vector<InkPiece> unread_ink(const cv::Mat& page, const cv::Mat& tiles, int tile) {
  std::vector<InkPiece> pieces;
  for (int y = 0; y < tiles.rows; ++y) {
    const std::uint8_t* row = tiles.ptr(y);
    for (int x = 0; x < tiles.cols; ++x) {
      if (row[x] == 0) continue;
      const cv::Rect place(x * tile - tile / 2, y * tile - tile / 2, 2 * tile, 2 * tile);
      if (auto piece = ink_at(page, place, Proof::nothing)) pieces.push_back(*piece);
    }
  }
  return pieces;
}

struct Layered {
  PagePicture picture;
  double patched = 0;  // share of the page
  int patches = 0;
  int inks = 0;
  double stroke_core = 0;
  double separation = 0;
};

/// The page in layers; nothing when too much of it would be lost without patches.
std::optional<Layered> layered(const ocr::PageImage& upright, const ocr::PageText& text,
                               const Recipe& recipe) {
  if (upright.dpi < least_stencil_dpi) return std::nullopt;
  const cv::Mat& page = upright.pixels;
  // Rather a little coarser than wanted: what is lost by that comes back as patches.
  const int reduction =
      std::max(1, static_cast<int>(std::lround(0.2 + upright.dpi / double(recipe.background_dpi))));
  const bool grey_ground = !has_colour(page);

  std::vector<InkPiece> pieces;
  for (const cv::Rect& place : word_places(text, page.size(), upright.dpi)) {
    if (auto piece = ink_at(page, place, Proof::word)) pieces.push_back(*piece);
  }
  const double separation = median_separation(pieces);
  const auto compose = [&] {
    return Composition(page, plan_inks(pieces, recipe.most_inks), upright.dpi, reduction, grey_ground);
  };
  const auto coded_background = [&](const Composition& composition) {
    return encode_jpeg({composition.background(), upright.dpi / reduction}, recipe.background_quality);
  };
  Composition composition = compose();
  if (!can_be_stencils(composition.stroke_core(), separation)) return std::nullopt;
  const Composition::Differences before = composition.differences(composition.background());
  cv::Mat lost = before.lost;
  const auto lost_share = [&] { return cv::countNonZero(lost) / static_cast<double>(lost.total()); };
  if (lost_share() > recipe.most_patched) return std::nullopt;
  std::vector<InkPiece> unread = unread_ink(page, lost | before.soft, composition.tile());
  if (!unread.empty()) {
    pieces.insert(pieces.end(), unread.begin(), unread.end());
    composition = compose();
  }
  Layered result{described(upright)};
  PagePicture& picture = result.picture;
  picture.components = composition.background().channels();
  picture.reduction = reduction;
  picture.bytes = coded_background(composition);
  const auto shown = decode_jpeg(
      {reinterpret_cast<const std::uint8_t*>(picture.bytes.data()), picture.bytes.size()}, ReadLimits{});
  lost = composition.differences(shown.raster.pixels).lost;

  picture.layers = composition.stencils();
  result.stroke_core = composition.stroke_core();
  result.separation = separation;
  result.inks = static_cast<int>(picture.layers.size());
  double area = 0;
  for (const cv::Rect& place : patches_around(lost, composition.tile(), page.size())) {
    area += place.area();
    if (area > recipe.most_patched * static_cast<double>(page.total())) return std::nullopt;
    // Of a page with colour, also where there seems to be none: a grey piece would show on tinted paper.
    const ocr::PageImage part{page(place), upright.dpi};
    const PagePicture coded = as_jpeg(grey_ground ? plain(part) : part, recipe.patch_quality);
    picture.layers.push_back({.is_stencil = false,
                              .place = {place.x, place.y, place.width, place.height},
                              .components = coded.components,
                              .colour = {},
                              .bytes = coded.bytes});
    ++result.patches;
  }
  result.patched = area / static_cast<double>(page.total());
  return result;
}

std::size_t bytes_of(const PagePicture& picture) {
  std::size_t bytes = picture.bytes.size();
  for (const archive::PictureLayer& layer : picture.layers) bytes += layer.bytes.size();
  return bytes;
}

ArchivePicture kept(PagePicture picture, int quarter_turns) {
  picture.quarter_turns = (picture.quarter_turns + quarter_turns) % 4;
  return {std::move(picture), {.name = "picture", .applied = false, .confidence = 1, .parameters = {}}};
}

/// A single picture for the page: without loss where that is smaller, as it is of clean print of few greys.
ArchivePicture single(const ocr::PageImage& upright, int quality) {
  const ocr::PageImage image = plain(upright);
  PagePicture jpeg = as_jpeg(image, quality);
  std::map<std::string, double> done{{"jpeg_quality", quality}};
  if (estimated_lossless(image) < jpeg.bytes.size() * 11 / 10) {
    PagePicture exact = encode_lossless(image);
    if (exact.bytes.size() <= jpeg.bytes.size()) {
      jpeg = std::move(exact);
      done = {{"lossless", 1}};
    }
  }
  return {std::move(jpeg),
          {.name = "picture", .applied = true, .confidence = 1, .parameters = std::move(done)}};
}

ArchivePicture recorded(Layered layers) {
  return {std::move(layers.picture),
          {.name = "picture",
           .applied = true,
           .confidence = 1,
           .parameters = {{"layers_inks", layers.inks},
                          {"layers_patches", layers.patches},
                          {"layers_patched_share", layers.patched},
                          {"layers_separation", layers.separation},
                          {"layers_stroke_core", layers.stroke_core},
                          {"background_reduction", layers.picture.reduction}}}};
}

}  // namespace

ArchivePicture archive_picture(ReceivedPage received, int quarter_turns, const ocr::PageText& text,
                               PictureChoice choice) {
  PagePicture& picture = received.picture;
  const bool has_bytes = !picture.bytes.empty();
  if (has_bytes && picture.coding == PictureCoding::ccitt_g4) return kept(std::move(picture), quarter_turns);
  if (choice == PictureChoice::lossless) {
    return kept(has_bytes ? std::move(picture) : encode_lossless(received.image), quarter_turns);
  }
  const Recipe recipe = recipe_of(choice);
  const bool is_jpeg = has_bytes && picture.coding == PictureCoding::jpeg;
  const auto pixels = static_cast<double>(received.image.pixels.total());
  if (is_jpeg && choice == PictureChoice::faithful &&
      static_cast<double>(picture.bytes.size()) <= economical * pixels) {
    return kept(std::move(picture), quarter_turns);
  }
  if (!has_bytes && is_bilevel(received.image.pixels)) {
    return kept(encode_lossless(received.image), quarter_turns);
  }
  const ocr::PageImage upright = ocr::turned(received.image, quarter_turns);
  auto layers = layered(upright, text, recipe);
  if (is_jpeg) {
    const double wanted = choice == PictureChoice::compact ? 0.8 : 0.5;
    if (layers && static_cast<double>(bytes_of(layers->picture)) <=
                      wanted * static_cast<double>(picture.bytes.size())) {
      return recorded(*std::move(layers));
    }
    return kept(std::move(picture), quarter_turns);
  }
  if (layers) return recorded(*std::move(layers));
  return single(upright, recipe.jpeg_quality);
}

}  // namespace eakte::ingest

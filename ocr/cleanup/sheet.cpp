#include "ocr/cleanup/sheet.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "ocr/cleanup/lab.h"
#include "ocr/cleanup/sheet_lines.h"
#include "ocr/cleanup/survey.h"

namespace eakte::ocr::cleanup {
namespace {

constexpr double longest_side = 480;  // of the small picture
constexpr size_t most_lines = 28;
constexpr double least_area = 0.25;     // of the picture
constexpr double least_support = 0.55;  // share of a side along which an edge is seen
constexpr double least_contrast = 8;    // grey values between paper and what lies around it
constexpr double of_scanner_lid = 70;   // contrast, likewise

/// A picture of the sheet without its print: closing fills what is thinner than a few letters.
cv::Mat without_print(const cv::Mat& picture, double factor) {
  cv::Mat small;
  const cv::Size size(std::max(1, static_cast<int>(std::lround(picture.cols * factor))),
                      std::max(1, static_cast<int>(std::lround(picture.rows * factor))));
  cv::resize(picture, small, size, 0, 0, cv::INTER_AREA);
  const cv::Mat around = cv::getStructuringElement(cv::MORPH_RECT, {9, 9});
  if (small.channels() == 1) {
    cv::morphologyEx(small, small, cv::MORPH_CLOSE, around);
    cv::GaussianBlur(small, small, {0, 0}, 1.0);
    return small;
  }
  small = lab_of(small);
  std::vector<cv::Mat> channels;
  cv::split(small, channels);
  cv::morphologyEx(channels[0], channels[0], cv::MORPH_CLOSE, around);
  cv::medianBlur(channels[1], channels[1], 7);
  cv::medianBlur(channels[2], channels[2], 7);
  cv::merge(channels, small);
  cv::GaussianBlur(small, small, {0, 0}, 1.0);
  return small;
}

double cross(cv::Point2d a, cv::Point2d b) { return a.x * b.y - a.y * b.x; }

std::optional<cv::Point2d> meeting(const EdgeLine& a, const EdgeLine& b) {
  const double determinant = cross(a.normal, b.normal);
  if (std::abs(determinant) < 0.3) return std::nullopt;
  return cv::Point2d((a.offset * b.normal.y - b.offset * a.normal.y) / determinant,
                     (b.offset * a.normal.x - a.offset * b.normal.x) / determinant);
}

/// What is seen along a side from `from` to `to`.
struct Side {
  double length = 0;    ///< pixels of it within the picture
  double support = 0;   ///< share of them with an edge
  double contrast = 0;  ///< how much brighter it is inside, grey values
};

Side side_between(const EdgeLine& line, cv::Point2d from, cv::Point2d to, cv::Point2d middle,
                  cv::Size frame) {
  const auto last = static_cast<double>(line.supported.size() - 1);
  const cv::Rect2d inside(0, 0, frame.width, frame.height);
  // Only what the picture shows counts, and the very corners are round.
  const cv::Point2d way = to - from;
  double first_t = 1;
  double last_t = 0;
  for (int i = 0; i <= 64; ++i) {
    const double t = i / 64.0;
    if (!inside.contains(from + t * way)) continue;
    first_t = std::min(first_t, t);
    last_t = std::max(last_t, t);
  }
  if (last_t <= first_t) return {};
  double a = std::clamp(line.position(from + first_t * way), 0.0, last);
  double b = std::clamp(line.position(from + last_t * way), 0.0, last);
  if (a > b) std::swap(a, b);
  const auto start = static_cast<size_t>(a);
  const auto end = static_cast<size_t>(b);
  if (end < start + 10) return {};
  Side side;
  side.length = static_cast<double>(end - start);
  side.support = (line.supported[end] - line.supported[start]) / side.length;
  side.contrast = (line.brightness[end] - line.brightness[start]) / side.length;
  if (line.normal.dot(middle) < line.offset) side.contrast = -side.contrast;
  return side;
}

/// Four lines in the order top, right, bottom, left, as the corners have them; the sides of a sheet.
struct Quad {
  std::array<cv::Point2d, 4> corners;
  std::array<const EdgeLine*, 4> lines{};
  std::array<bool, 4> seen{true, true, true, true};  ///< false: the side lies beyond the picture
  double score = 0;
  double support = 0;   ///< of the side with the least
  double contrast = 0;  ///< of the side with the least
  std::array<double, 4> contrasts{};
};

double area_of(const std::array<cv::Point2d, 4>& c) {
  return 0.5 * std::abs(cross(c[2] - c[0], c[3] - c[1]));
}

double cosine(cv::Point2d a, cv::Point2d b) {
  return a.dot(b) / std::max(1e-9, std::sqrt(a.dot(a) * b.dot(b)));
}

/// Convex, and with angles and proportions that a photographed sheet may have.
bool plausible(const Quad& quad, cv::Size frame) {
  const auto& c = quad.corners;
  for (size_t i = 0; i < 4; ++i) {
    const cv::Point2d before = c[(i + 3) % 4] - c[i];
    const cv::Point2d after = c[(i + 1) % 4] - c[i];
    if (cross(after, before) <= 0) return false;
    if (std::abs(cosine(before, after)) > 0.5) return false;
    if (c[i].x < -0.6 * frame.width || c[i].x > 1.6 * frame.width) return false;
    if (c[i].y < -0.6 * frame.height || c[i].y > 1.6 * frame.height) return false;
  }
  const auto side = [&](size_t i) { return cv::norm(c[(i + 1) % 4] - c[i]); };
  for (const size_t i : {0U, 1U}) {
    const double ratio = side(i) / std::max(1e-9, side(i + 2));
    if (ratio > 2 || ratio < 0.5) return false;
  }
  return area_of(c) > least_area * frame.area();
}

/// Supported length counts for a quad and unsupported length against it, so that of two nested ones the
/// outer wins as long as there are edges along it.
void rate(Quad& quad, const cv::Mat& smooth) {
  const cv::Point2d middle = 0.25 * (quad.corners[0] + quad.corners[1] + quad.corners[2] + quad.corners[3]);
  quad.score = 0;
  quad.support = 1;
  quad.contrast = 255;
  for (size_t i = 0; i < 4; ++i) {
    if (!quad.seen[i]) continue;
    const Side side =
        side_between(*quad.lines[i], quad.corners[i], quad.corners[(i + 1) % 4], middle, smooth.size());
    quad.score += side.length * (side.support - 1.5 * (1 - side.support));
    if (side.contrast < 0) quad.score -= side.length;
    quad.support = std::min(quad.support, side.support);
    quad.contrast = std::min(quad.contrast, side.contrast);
    quad.contrasts[i] = side.contrast;
  }
}

/// Whether paper goes on beyond the side from `from` to `to`: then the line is a box, a heading or a shadow.
bool paper_beyond(const cv::Mat& smooth, cv::Point2d from, cv::Point2d to, cv::Point2d middle,
                  double contrast) {
  cv::Point2d out(from.y - to.y, to.x - from.x);
  out *= 1 / std::max(1e-9, cv::norm(out));
  if (out.dot(middle - from) > 0) out = -out;
  const cv::Rect frame(0, 0, smooth.cols, smooth.rows);
  int seen = 0;
  int paper = 0;
  for (int i = 2; i <= 30; ++i) {
    const cv::Point2d at = from + i / 32.0 * (to - from);
    const cv::Point inner = at - 7.0 * out;
    if (!frame.contains(inner)) continue;
    const double inside = smooth.ptr(inner.y)[inner.x * smooth.channels()];
    for (const double distance : {10.0, 18.0, 28.0, 40.0}) {
      const cv::Point outer = at + distance * out;
      if (!frame.contains(outer)) continue;
      ++seen;
      paper += smooth.ptr(outer.y)[outer.x * smooth.channels()] > inside - 0.5 * contrast;
    }
  }
  return seen > 0 && paper > 0.3 * seen;
}

bool alone(const Quad& quad, const cv::Mat& smooth) {
  const cv::Point2d middle = 0.25 * (quad.corners[0] + quad.corners[1] + quad.corners[2] + quad.corners[3]);
  for (size_t i = 0; i < 4; ++i) {
    if (!quad.seen[i]) continue;
    if (paper_beyond(smooth, quad.corners[i], quad.corners[(i + 1) % 4], middle, quad.contrasts[i]))
      return false;
  }
  return true;
}

/// Whether the corners are right-angled to the eye: no perspective to undo.
bool rectangular(const std::array<cv::Point2d, 4>& c) {
  for (size_t i = 0; i < 4; ++i) {
    if (std::abs(cosine(c[(i + 3) % 4] - c[i], c[(i + 1) % 4] - c[i])) > 0.012) return false;
  }
  return true;
}

/// The corners that top, right, bottom and left make; false when two neighbours are nearly parallel.
bool set_corners(Quad& quad) {
  for (size_t i = 0; i < 4; ++i) {
    const auto at = meeting(*quad.lines[(i + 3) % 4], *quad.lines[i]);
    if (!at) return false;
    quad.corners[i] = *at;
  }
  return true;
}

cv::Vec3d homogeneous(const EdgeLine& line) { return {line.normal.x, line.normal.y, -line.offset}; }

/// The side opposite of `quad.lines[(missing + 2) % 4]`, which lies beyond the picture. Its direction in
/// space is that of the opposite side, and at right angles to the two others, whose vanishing point is known.
/// So it passes through a known point, too, and it is laid through the corner of the frame that is farthest
/// out.
std::optional<EdgeLine> missing_side(const Quad& quad, size_t missing, cv::Size frame) {
  const EdgeLine& opposite = *quad.lines[(missing + 2) % 4];
  const double focal = usual_focal * std::max(frame.width, frame.height);
  const cv::Vec3d vanishing =
      homogeneous(*quad.lines[(missing + 1) % 4]).cross(homogeneous(*quad.lines[(missing + 3) % 4]));
  const double px = frame.width / 2.0;
  const double py = frame.height / 2.0;
  const cv::Vec3d ray((vanishing[0] - px * vanishing[2]) / focal, (vanishing[1] - py * vanishing[2]) / focal,
                      vanishing[2]);
  const cv::Vec3d o = homogeneous(opposite);
  const cv::Vec3d plane(o[0] * focal, o[1] * focal, o[0] * px + o[1] * py + o[2]);
  const cv::Vec3d direction = plane.cross(ray);
  const cv::Vec3d through(focal * direction[0] + px * direction[2], focal * direction[1] + py * direction[2],
                          direction[2]);
  std::optional<EdgeLine> farthest;
  double reach = 0;
  for (const cv::Point2d corner : {cv::Point2d(0, 0), cv::Point2d(frame.width, 0),
                                   cv::Point2d(0, frame.height), cv::Point2d(frame.width, frame.height)}) {
    const double distance = std::abs(opposite.normal.dot(corner) - opposite.offset);
    if (distance <= reach) continue;
    const cv::Vec3d line = through.cross(cv::Vec3d(corner.x, corner.y, 1));
    const double length = std::hypot(line[0], line[1]);
    if (length < 1e-9) continue;
    reach = distance;
    farthest = EdgeLine{};
    farthest->normal = {line[0] / length, line[1] / length};
    farthest->offset = -line[2] / length;
  }
  return farthest;
}

/// Lines that run more across than down, and the others, each from top to bottom or from left to right.
struct Families {
  std::vector<const EdgeLine*> level;
  std::vector<const EdgeLine*> steep;
};

/// Sheets that lie diagonally belong to neither family for sure, so a line may be in both.
Families families_of(const std::vector<EdgeLine>& lines) {
  Families families;
  for (const EdgeLine& line : lines) {
    if (std::abs(line.normal.y) > 0.64) families.level.push_back(&line);
    if (std::abs(line.normal.x) > 0.64) families.steep.push_back(&line);
  }
  return families;
}

/// Where a line crosses the middle of the picture.
double level_at(const EdgeLine& line, double x) { return (line.offset - line.normal.x * x) / line.normal.y; }
double steep_at(const EdgeLine& line, double y) { return (line.offset - line.normal.y * y) / line.normal.x; }

struct Pair {
  const EdgeLine* first = nullptr;   ///< top or left
  const EdgeLine* second = nullptr;  ///< bottom or right
};

template <typename Place>
std::vector<Pair> pairs_of(const std::vector<const EdgeLine*>& lines, double least_apart, Place place) {
  std::vector<Pair> pairs;
  for (const EdgeLine* a : lines) {
    for (const EdgeLine* b : lines) {
      if (place(*b) - place(*a) < least_apart) continue;
      if (std::abs(a->normal.dot(b->normal)) > 0.8) pairs.push_back({a, b});
    }
  }
  return pairs;
}

/// Keeps the best quad. One without perspective may be a white field of a tinted form, unless what lies
/// around it is as dark as the lid of a scanner.
void consider(Quad quad, const cv::Mat& smooth, std::optional<Quad>& best) {
  if (!set_corners(quad) || !plausible(quad, smooth.size())) return;
  rate(quad, smooth);
  if (quad.support < least_support || quad.contrast < least_contrast) return;
  if (best && quad.score <= best->score) return;
  if (!alone(quad, smooth)) return;
  const bool whole = std::all_of(quad.seen.begin(), quad.seen.end(), [](bool seen) { return seen; });
  if (rectangular(quad.corners) && (!whole || quad.contrast < of_scanner_lid)) return;
  best = quad;
}

std::optional<Quad> whole_sheet(const std::vector<Pair>& level, const std::vector<Pair>& steep,
                                const cv::Mat& smooth) {
  std::optional<Quad> best;
  for (const Pair& l : level) {
    for (const Pair& s : steep) {
      Quad quad;
      quad.lines = {l.first, s.second, l.second, s.first};
      consider(quad, smooth, best);
    }
  }
  return best;
}

/// Three sides and one that lies beyond the picture.
std::optional<Quad> cut_sheet(const Families& families, const std::vector<Pair>& level,
                              const std::vector<Pair>& steep, const cv::Mat& smooth) {
  std::optional<Quad> best;
  const auto consider_sides = [&](const Pair& sides, const EdgeLine* opposite, size_t missing) {
    const bool steep_sides = missing % 2 == 0;
    Quad quad;
    quad.seen[missing] = false;
    quad.lines[(missing + 2) % 4] = opposite;
    quad.lines[steep_sides ? 3 : 0] = sides.first;
    quad.lines[steep_sides ? 1 : 2] = sides.second;
    const auto line = missing_side(quad, missing, smooth.size());
    if (!line) return;
    quad.lines[missing] = &*line;
    consider(quad, smooth, best);
  };
  for (const Pair& sides : steep) {
    for (const EdgeLine* line : families.level)
      consider_sides(sides, line, level_at(*line, smooth.cols / 2.0) < smooth.rows / 2.0 ? 2 : 0);
  }
  for (const Pair& sides : level) {
    for (const EdgeLine* line : families.steep)
      consider_sides(sides, line, steep_at(*line, smooth.rows / 2.0) < smooth.cols / 2.0 ? 1 : 3);
  }
  return best;
}

EdgeLine straight(cv::Point2d normal, double offset) {
  EdgeLine line;
  line.normal = normal;
  line.offset = offset;
  return line;
}

/// Two opposite sides, while the picture ends about where the two others are.
std::optional<Quad> framed_sheet(const std::vector<Pair>& level, const std::vector<Pair>& steep,
                                 const cv::Mat& smooth) {
  const EdgeLine top = straight({0, 1}, 0);
  const EdgeLine bottom = straight({0, 1}, smooth.rows);
  const EdgeLine left = straight({1, 0}, 0);
  const EdgeLine right = straight({1, 0}, smooth.cols);
  std::optional<Quad> best;
  for (const Pair& pair : level) {
    Quad quad;
    quad.seen = {true, false, true, false};
    quad.lines = {pair.first, &right, pair.second, &left};
    consider(quad, smooth, best);
  }
  for (const Pair& pair : steep) {
    Quad quad;
    quad.seen = {false, true, false, true};
    quad.lines = {&top, pair.second, &bottom, pair.first};
    consider(quad, smooth, best);
  }
  return best;
}

/// Whether the sheet is the whole picture, as on a scan: then there is nothing to flatten.
bool fills(const std::array<cv::Point2d, 4>& corners, cv::Size frame) {
  const std::array<cv::Point2d, 4> whole{cv::Point2d(0, 0), cv::Point2d(frame.width, 0),
                                         cv::Point2d(frame.width, frame.height),
                                         cv::Point2d(0, frame.height)};
  for (size_t i = 0; i < 4; ++i) {
    if (cv::norm(corners[i] - whole[i]) > 0.015 * std::max(frame.width, frame.height)) return false;
  }
  return true;
}

double confidence_of(const Quad& quad) {
  const double support = (quad.support - least_support) / (1 - least_support);
  const double contrast = std::min(1.0, (quad.contrast - least_contrast) / least_contrast);
  const double confidence = std::clamp(0.45 + 0.35 * support + 0.2 * contrast, 0.0, 1.0);
  const auto unseen = std::count(quad.seen.begin(), quad.seen.end(), false);
  return confidence * (1 - 0.12 * static_cast<double>(unseen));
}

}  // namespace

Sheet find_sheet(const cv::Mat& picture) {
  // No photograph; its borders are the scanner's.
  if (picture.channels() == 1 && is_bilevel(picture)) return {};
  const double factor = std::min(1.0, longest_side / std::max(picture.cols, picture.rows));
  if (factor * std::min(picture.cols, picture.rows) < 60) return {};
  const cv::Mat small = without_print(picture, factor);
  const cv::Size frame = small.size();
  const std::vector<EdgeLine> lines = edge_lines(small, most_lines);
  const Families families = families_of(lines);
  const auto level = pairs_of(families.level, 0.3 * frame.height,
                              [&](const EdgeLine& l) { return level_at(l, frame.width / 2.0); });
  const auto steep = pairs_of(families.steep, 0.3 * frame.width,
                              [&](const EdgeLine& l) { return steep_at(l, frame.height / 2.0); });
  std::optional<Quad> quad = whole_sheet(level, steep, small);
  if (!quad) quad = cut_sheet(families, level, steep, small);
  if (!quad) quad = framed_sheet(level, steep, small);
  if (!quad || fills(quad->corners, frame)) return {};
  Sheet sheet;
  for (size_t i = 0; i < 4; ++i) {
    // The middle of a pixel of the small picture is not the corner of a pixel of the large one.
    sheet.corners[i] = {(quad->corners[i].x + 0.5) * picture.cols / small.cols,
                        (quad->corners[i].y + 0.5) * picture.rows / small.rows};
  }
  sheet.sides_seen = static_cast<int>(std::count(quad->seen.begin(), quad->seen.end(), true));
  sheet.confidence = confidence_of(*quad);
  lay_flat(sheet, picture.size());
  return sheet;
}

}  // namespace eakte::ocr::cleanup

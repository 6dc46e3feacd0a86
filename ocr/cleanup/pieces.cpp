#include "ocr/cleanup/pieces.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <utility>

namespace eakte::ocr::cleanup {
namespace {

/// The first pixel from `at` on that is set, or is not, as `wanted` says; eight at a time where all are the
/// other.
int next_pixel(const uchar* row, int at, int end, bool wanted) {
  while (at < end) {
    if (at + 8 <= end) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, row + at, sizeof eight);
      if (eight == (wanted ? 0 : ~std::uint64_t{0})) {
        at += 8;
        continue;
      }
    }
    if ((row[at] != 0) == wanted) return at;
    ++at;
  }
  return end;
}

/// Which runs belong together; the first of them stands for all.
class Families {
public:
  int add() {
    parent_.push_back(static_cast<int>(parent_.size()));
    return parent_.back();
  }
  int find(int run) {
    while (parent_[at(run)] != run) {
      parent_[at(run)] = parent_[at(parent_[at(run)])];
      run = parent_[at(run)];
    }
    return run;
  }
  void join(int a, int b) {
    const int first = find(a);
    const int second = find(b);
    parent_[at(std::max(first, second))] = std::min(first, second);
  }

private:
  static std::size_t at(int run) { return static_cast<std::size_t>(run); }
  std::vector<int> parent_;
};

void count_in(const Run& run, Piece& piece) {
  const cv::Rect box(run.begin, run.y, run.end - run.begin, 1);
  piece.box = piece.area == 0 ? box : piece.box | box;
  piece.area += box.width;
}

}  // namespace

Pieces pieces_of(const cv::Mat& picture, int least_run) {
  Pieces found;
  std::vector<Run>& runs = found.runs;
  Families families;
  std::size_t above = 0;  // the first run of the row above
  std::size_t row_begin = 0;
  for (int y = 0; y < picture.rows; ++y) {
    above = row_begin;
    row_begin = runs.size();
    const uchar* row = picture.ptr(y);
    std::size_t near = above;
    for (int at = next_pixel(row, 0, picture.cols, true); at < picture.cols;) {
      const int end = next_pixel(row, at, picture.cols, false);
      if (end - at >= least_run) {
        const int own = families.add();
        runs.push_back({y, at, end, own});
        while (near < row_begin && runs[near].end < at) ++near;
        for (std::size_t i = near; i < row_begin && runs[i].begin <= end; ++i)
          families.join(own, runs[i].piece);
      }
      at = next_pixel(row, end, picture.cols, true);
    }
  }
  // The first run of a piece comes before its others, so its number is known when they ask for it.
  std::vector<int> number(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const int first = families.find(static_cast<int>(i));
    if (first == static_cast<int>(i)) {
      number[i] = static_cast<int>(found.all.size());
      found.all.emplace_back();
    }
    runs[i].piece = number[static_cast<std::size_t>(first)];
    count_in(runs[i], found.all[static_cast<std::size_t>(runs[i].piece)]);
  }
  return found;
}

int piece_at(const Pieces& pieces, cv::Point point) {
  const auto after = std::upper_bound(
      pieces.runs.begin(), pieces.runs.end(), point,
      [](cv::Point at, const Run& run) { return std::pair(at.y, at.x) < std::pair(run.y, run.begin); });
  if (after == pieces.runs.begin()) return -1;
  const Run& run = *std::prev(after);
  return run.y == point.y && point.x < run.end ? run.piece : -1;
}

void draw(const Pieces& pieces, const std::vector<bool>& chosen, cv::Mat& mask) {
  for (const Run& run : pieces.runs) {
    if (!chosen[static_cast<std::size_t>(run.piece)]) continue;
    uchar* row = mask.ptr(run.y);
    std::fill(row + run.begin, row + run.end, uchar{255});
  }
}

}  // namespace eakte::ocr::cleanup

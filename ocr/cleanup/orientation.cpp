#include "ocr/cleanup/orientation.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>

namespace eakte::ocr::cleanup {
namespace {

/// Finds neighbours without comparing every letter with every other.
class Grid {
public:
  Grid(const std::vector<cv::Rect>& letters, int cell) : letters_(letters), cell_(cell) {
    for (size_t i = 0; i < letters.size(); ++i) cells_[key(column(letters[i]), row(letters[i]))].push_back(i);
  }

  template <typename Visit>
  void around(size_t index, Visit visit) const {
    const int x = column(letters_[index]);
    const int y = row(letters_[index]);
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        const auto found = cells_.find(key(x + dx, y + dy));
        if (found == cells_.end()) continue;
        for (const size_t other : found->second) {
          if (other != index) visit(other);
        }
      }
    }
  }

private:
  static int64_t key(int x, int y) { return (static_cast<int64_t>(x) << 32) + y; }
  int column(const cv::Rect& box) const { return (box.x + box.width / 2) / cell_; }
  int row(const cv::Rect& box) const { return (box.y + box.height / 2) / cell_; }

  const std::vector<cv::Rect>& letters_;
  int cell_;
  std::unordered_map<int64_t, std::vector<size_t>> cells_;
};

/// Pixels between two spans of one axis; negative when they overlap.
int gap(int begin_a, int length_a, int begin_b, int length_b) {
  return std::max(begin_a, begin_b) - std::min(begin_a + length_a, begin_b + length_b);
}

double balance(int for_it, int against) {
  const int both = for_it + against;
  return both == 0 ? 0.0 : static_cast<double>(for_it - against) / both;
}

}  // namespace

Stance find_stance(const Survey& page) {
  Stance stance;
  if (page.letter_height <= 0) return stance;
  const double height = page.letter_height / page.reduction;
  const std::vector<cv::Rect> letters = usual_letters(page);
  const Grid grid(letters, std::max(4, static_cast<int>(3 * height)));
  int level = 0;
  int steep = 0;
  int same_foot = 0;
  int same_head = 0;
  for (size_t i = 0; i < letters.size(); ++i) {
    const cv::Rect& a = letters[i];
    size_t nearest = i;
    double distance = 1.5 * height;
    grid.around(i, [&](size_t other) {
      const cv::Rect& b = letters[other];
      const double d = std::hypot(std::max(0, gap(a.x, a.width, b.x, b.width)),
                                  std::max(0, gap(a.y, a.height, b.y, b.height)));
      if (d < distance) {
        distance = d;
        nearest = other;
      }
    });
    if (nearest == i) continue;
    const cv::Rect& b = letters[nearest];
    const int across = gap(a.x, a.width, b.x, b.width);
    const int down = gap(a.y, a.height, b.y, b.height);
    if (down < 0 && across >= 0) {
      ++level;
      const int foot = std::abs(a.br().y - b.br().y);
      const int head = std::abs(a.y - b.y);
      const double near = std::max(1.0, 0.12 * height);
      const double far = std::max(2.0, 0.25 * height);
      if (foot <= near && head >= far && head < height) ++same_foot;
      if (head <= near && foot >= far && foot < height) ++same_head;
    } else if (across < 0 && down >= 0) {
      ++steep;
    }
  }
  stance.level = balance(level, steep);
  stance.level_evidence = level + steep;
  stance.upright = balance(same_foot, same_head);
  stance.upright_evidence = same_foot + same_head;
  return stance;
}

}  // namespace eakte::ocr::cleanup

#include "ocr/reading/rows.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

namespace eakte::ocr::reading {
namespace {

struct Line {
  std::vector<size_t> words;  ///< from left to right
  Box box;
  double baseline = 0;
  double height = 0;  ///< of its words, usual
};

struct Block {
  std::vector<size_t> lines;
  Box box;
  bool running = false;  ///< holds sentences and not cells
};

int right(const Box& box) { return box.left + box.width; }
int bottom(const Box& box) { return box.top + box.height; }

Box around(const Box& a, const Box& b) {
  const int left = std::min(a.left, b.left);
  const int top = std::min(a.top, b.top);
  return {left, top, std::max(right(a), right(b)) - left, std::max(bottom(a), bottom(b)) - top};
}

template <typename T>
T median(std::vector<T> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// Whether the word has letters that reach below the baseline, or may have.
bool descends(std::string_view text) { return text.find_first_of("gjpqyQ,;()[]/|{}_") != text.npos; }

Line line_of(const std::vector<Word>& words, std::vector<size_t> members) {
  const Box first = words[members.front()].box;
  Line line{std::move(members), first, 0, 0};
  std::vector<double> heights;
  std::vector<double> bottoms;
  for (const size_t i : line.words) {
    const Box& box = words[i].box;
    line.box = around(line.box, box);
    heights.push_back(box.height);
    if (!descends(words[i].text)) bottoms.push_back(bottom(box));
  }
  line.height = median(heights);
  if (bottoms.empty()) {
    for (const size_t i : line.words) bottoms.push_back(bottom(words[i].box) - 0.2 * words[i].box.height);
  }
  line.baseline = median(bottoms);
  return line;
}

/// Sentences fill their lines and have several words in each; a cell has few.
bool is_running(const Block& block, const std::vector<Line>& lines) {
  if (block.lines.size() < 3) return false;
  std::vector<size_t> words;
  std::vector<double> filled;
  for (const size_t i : block.lines) {
    words.push_back(lines[i].words.size());
    filled.push_back(static_cast<double>(lines[i].box.width) / std::max(1, block.box.width));
  }
  return median(words) >= 4 && median(filled) > 0.6;
}

struct Layout {
  std::vector<Line> lines;
  std::vector<Block> blocks;
};

Layout layout_of(const std::vector<Word>& words) {
  Layout layout;
  for (size_t begin = 0; begin < words.size();) {
    size_t end = begin + 1;
    while (end < words.size() && words[end].line == words[begin].line) ++end;
    std::vector<size_t> members(end - begin);
    std::iota(members.begin(), members.end(), begin);
    const bool first = begin == 0 || words[begin].block != words[begin - 1].block;
    layout.lines.push_back(line_of(words, std::move(members)));
    if (first) layout.blocks.push_back({{}, layout.lines.back().box, false});
    Block& block = layout.blocks.back();
    block.lines.push_back(layout.lines.size() - 1);
    block.box = around(block.box, layout.lines.back().box);
    begin = end;
  }
  for (Block& block : layout.blocks) block.running = is_running(block, layout.lines);
  return layout;
}

bool on_one_baseline(const Line& a, const Line& b) {
  return std::abs(a.baseline - b.baseline) < 0.35 * std::min(a.height, b.height);
}

/// Lines of `block` that lie beside `other`.
std::vector<size_t> beside(const Block& block, const Block& other, const std::vector<Line>& lines) {
  std::vector<size_t> found;
  for (const size_t i : block.lines) {
    const double middle = lines[i].box.top + lines[i].box.height / 2.0;
    if (middle > other.box.top && middle < bottom(other.box)) found.push_back(i);
  }
  return found;
}

bool side_by_side(const Block& a, const Block& b) {
  const int across = std::min(right(a.box), right(b.box)) - std::max(a.box.left, b.box.left);
  const int down = std::min(bottom(a.box), bottom(b.box)) - std::max(a.box.top, b.box.top);
  return down > 0 && across * 10 < std::min(a.box.width, b.box.width);
}

/// Whether two blocks side by side are cells of the same rows.
bool share_rows(const Block& a, const Block& b, const std::vector<Line>& lines) {
  if (!side_by_side(a, b) || (a.running && b.running)) return false;
  const std::vector<size_t> left = beside(a, b, lines);
  const std::vector<size_t> right = beside(b, a, lines);
  const size_t fewer = std::min(left.size(), right.size());
  if (fewer == 0) return false;
  // Notes in the margin of a text are no cells of it.
  if ((a.running && left.size() >= 6) || (b.running && right.size() >= 6)) return false;
  const auto mates = static_cast<size_t>(std::count_if(left.begin(), left.end(), [&](size_t i) {
    return std::any_of(right.begin(), right.end(),
                       [&](size_t j) { return on_one_baseline(lines[i], lines[j]); });
  }));
  // Two lines agree by chance; an address beside the reference lines of a letter has more and does not.
  return fewer >= 3 ? 10 * mates >= 9 * fewer : 10 * mates >= 6 * fewer;
}

/// Whether text runs in columns: then the recogniser's order is better than any made of boxes alone.
bool has_columns(const Layout& layout) {
  for (size_t a = 0; a < layout.blocks.size(); ++a) {
    for (size_t b = a + 1; b < layout.blocks.size(); ++b) {
      const Block& first = layout.blocks[a];
      const Block& second = layout.blocks[b];
      if (first.running && second.running && side_by_side(first, second)) return true;
    }
  }
  return false;
}

/// For each block the first block of its group.
std::vector<size_t> groups_of(const Layout& layout) {
  std::vector<size_t> group(layout.blocks.size());
  std::iota(group.begin(), group.end(), size_t{0});
  for (size_t a = 0; a < group.size(); ++a) {
    for (size_t b = a + 1; b < group.size(); ++b) {
      if (group[a] == group[b] || !share_rows(layout.blocks[a], layout.blocks[b], layout.lines)) continue;
      const size_t keep = std::min(group[a], group[b]);
      const size_t drop = std::max(group[a], group[b]);
      std::replace(group.begin(), group.end(), drop, keep);
    }
  }
  return group;
}

/// The lines of one group as rows from top to bottom, each from left to right.
std::vector<std::vector<size_t>> rows_of(std::vector<size_t> members, const std::vector<Line>& lines) {
  std::stable_sort(members.begin(), members.end(),
                   [&](size_t a, size_t b) { return lines[a].baseline < lines[b].baseline; });
  std::vector<std::vector<size_t>> rows;
  for (const size_t i : members) {
    const bool joins =
        !rows.empty() && std::all_of(rows.back().begin(), rows.back().end(), [&](size_t other) {
          const Box& a = lines[i].box;
          const Box& b = lines[other].box;
          return on_one_baseline(lines[i], lines[other]) && (a.left >= right(b) || b.left >= right(a));
        });
    if (!joins) rows.emplace_back();
    rows.back().push_back(i);
  }
  for (auto& row : rows)
    std::sort(row.begin(), row.end(),
              [&](size_t a, size_t b) { return lines[a].box.left < lines[b].box.left; });
  return rows;
}

/// What stays together when the page is put in order: a block as it was, or one row of joined blocks.
struct Unit {
  size_t group = 0;
  bool row = false;
  bool running = false;
  std::vector<std::vector<size_t>> rows;
  Box box;
};

std::vector<Unit> units_of(const Layout& layout, const std::vector<size_t>& group) {
  std::vector<Unit> units;
  for (size_t first = 0; first < group.size(); ++first) {
    if (group[first] != first) continue;
    std::vector<size_t> members;
    bool joined = false;
    for (size_t b = first; b < group.size(); ++b) {
      if (group[b] != first) continue;
      members.insert(members.end(), layout.blocks[b].lines.begin(), layout.blocks[b].lines.end());
      joined = joined || b != first;
    }
    if (!joined) {
      units.push_back({first, false, layout.blocks[first].running, {}, layout.blocks[first].box});
      for (const size_t line : members) units.back().rows.push_back({line});
      continue;
    }
    for (auto& row : rows_of(std::move(members), layout.lines)) {
      Box box = layout.lines[row.front()].box;
      for (const size_t line : row) box = around(box, layout.lines[line].box);
      units.push_back({first, true, false, {std::move(row)}, box});
    }
  }
  return units;
}

double middle(const Box& box) { return box.top + box.height / 2.0; }

bool overlap_across(const Box& a, const Box& b) {
  return std::min(right(a), right(b)) - std::max(a.left, b.left) > std::min(a.width, b.width) / 10;
}

/// T. Breuel, "High Performance Document Layout Analysis" (SDIUT 2003): of two parts one above the other the
/// upper is read first; of two others the left one, unless something that reaches over both parts them.
bool reads_before(const std::vector<Unit>& units, size_t a, size_t b) {
  const Box& first = units[a].box;
  const Box& second = units[b].box;
  if (overlap_across(first, second)) return middle(first) < middle(second);
  if (units[a].row && units[b].row && units[a].group == units[b].group) return middle(first) < middle(second);
  const bool level = std::min(bottom(first), bottom(second)) > std::max(first.top, second.top);
  // Only text runs on in columns; cells and remarks are read from top to bottom.
  if (!level && !(units[a].running && units[b].running)) return middle(first) < middle(second);
  const double upper = std::min(middle(first), middle(second));
  const double lower = std::max(middle(first), middle(second));
  const bool parted = std::any_of(units.begin(), units.end(), [&](const Unit& unit) {
    return bottom(unit.box) > upper && middle(unit.box) > upper && middle(unit.box) < lower &&
           overlap_across(unit.box, first) && overlap_across(unit.box, second);
  });
  return parted ? middle(first) < middle(second) : first.left < second.left;
}

/// The units in reading order. Where the relations go round in a circle, which boxes that overlap can bring
/// about, the unit that stands highest goes first.
std::vector<size_t> reading_order(const std::vector<Unit>& units) {
  const size_t count = units.size();
  std::vector<std::vector<size_t>> followers(count);
  std::vector<int> waits(count, 0);
  for (size_t a = 0; a < count; ++a) {
    for (size_t b = a + 1; b < count; ++b) {
      const bool forth = reads_before(units, a, b);
      followers[forth ? a : b].push_back(forth ? b : a);
      ++waits[forth ? b : a];
    }
  }
  std::vector<size_t> order;
  std::vector<bool> given(count, false);
  while (order.size() < count) {
    size_t next = count;
    for (size_t i = 0; i < count; ++i) {
      if (given[i]) continue;
      if (next == count || waits[i] < waits[next] ||
          (waits[i] == waits[next] && middle(units[i].box) < middle(units[next].box)))
        next = i;
    }
    given[next] = true;
    order.push_back(next);
    for (const size_t follower : followers[next]) --waits[follower];
  }
  return order;
}

}  // namespace

void join_rows(std::vector<Word>& words) {
  constexpr size_t most_units = 300;  // the order costs their cube; a page with more is noise
  if (words.empty()) return;
  const Layout layout = layout_of(words);
  if (has_columns(layout)) return;
  const std::vector<Unit> units = units_of(layout, groups_of(layout));
  std::vector<size_t> order(units.size());
  std::iota(order.begin(), order.end(), size_t{0});
  const bool joined = std::any_of(units.begin(), units.end(), [](const Unit& unit) { return unit.row; });
  if (!joined) return;
  if (units.size() <= most_units) order = reading_order(units);
  std::vector<Word> ordered;
  ordered.reserve(words.size());
  int block_number = -1;
  int line_number = 0;
  const Unit* before = nullptr;
  for (const size_t i : order) {
    const Unit& unit = units[i];
    if (before == nullptr || !unit.row || !before->row || before->group != unit.group) ++block_number;
    before = &unit;
    for (const auto& row : unit.rows) {
      for (const size_t line : row) {
        for (const size_t word : layout.lines[line].words) {
          ordered.push_back(words[word]);
          ordered.back().block = block_number;
          ordered.back().line = line_number;
        }
      }
      ++line_number;
    }
  }
  words = std::move(ordered);
}

}  // namespace eakte::ocr::reading

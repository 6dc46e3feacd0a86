#include "ocr/reading/name_lists.h"

#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <ranges>
#include <string_view>

namespace eakte::ocr::reading {
namespace {

constexpr double cell_gap = 1.5;      // heights of the print; blanks between words are narrower
constexpr double same_edge = 0.6;     // likewise, between left edges of one column
constexpr double next_row = 4.2;      // likewise; a row may be missing between two
constexpr int least_names = 4;        // of a column
constexpr int least_shared_rows = 3;  // of two columns
constexpr int longest_initial = 4;    // letters and stops: "A.H."

constexpr std::array titles{"Dr",  "Prof",     "Herr",       "Frau",        "Hr",
                            "Fr",  "Stadtrat", "Stadträtin", "Gemeinderat", "Gemeinderätin",
                            "StR", "StRin",    "Mr",         "Mrs",         "Ms"};
constexpr std::array particles{"von", "van", "de", "der", "den", "zu", "zur", "zum", "und"};

enum class Kind { initial, title, name, particle, mark, other };

bool is_one_of(std::string_view word, const auto& list) {
  return std::ranges::find(list, word) != list.end();
}

/// Stops, commas and what specks are read as.
bool is_mark(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return c > 0 && std::isalnum(static_cast<unsigned char>(c)) == 0; });
}

Kind kind_of(std::string_view text) {
  if (is_mark(text)) return Kind::mark;
  while (!text.empty() && std::string_view(".,;:*").find(text.back()) != text.npos) text.remove_suffix(1);
  if (is_one_of(text, titles)) return Kind::title;
  if (is_one_of(text, particles)) return Kind::particle;
  int capitals = 0;
  int small = 0;
  int rest = 0;
  bool begins_large = false;
  const icu::UnicodeString letters =
      icu::UnicodeString::fromUTF8({text.data(), static_cast<int32_t>(text.size())});
  for (int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) {
    const UChar32 c = letters.char32At(i);
    const bool capital = u_isupper(c) != 0;
    const bool joins = c == '.' || c == '-' || c == '\'';
    if (i == 0) begins_large = capital;
    capitals += capital ? 1 : 0;
    small += u_islower(c) != 0 ? 1 : 0;
    rest += capital || u_islower(c) != 0 || joins ? 0 : 1;
  }
  if (rest > 0 || !begins_large) return Kind::other;
  if (small == 0) return letters.length() <= longest_initial ? Kind::initial : Kind::other;
  return small > capitals ? Kind::name : Kind::other;
}

/// What stands together in a line, without wide gaps.
struct Cell {
  std::vector<size_t> words;
  Box box;
  bool person = false;   ///< holds the name of one
  bool address = false;  ///< with an initial or a title
};

int right(const Box& box) { return box.left + box.width; }
int bottom(const Box& box) { return box.top + box.height; }
double middle(const Box& box) { return box.top + box.height / 2.0; }

Box around(const Box& a, const Box& b) {
  const int left = std::min(a.left, b.left);
  const int top = std::min(a.top, b.top);
  return {left, top, std::max(right(a), right(b)) - left, std::max(bottom(a), bottom(b)) - top};
}

double usual_height(const std::vector<Word>& words) {
  std::vector<int> heights;
  for (const Word& word : words) heights.push_back(word.box.height);
  const auto half = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
  std::nth_element(heights.begin(), half, heights.end());
  return *half;
}

void judge(Cell& cell, const std::vector<Word>& words) {
  int names = 0;
  for (const size_t i : cell.words) {
    const Kind kind = kind_of(words[i].text);
    if (kind == Kind::other) return;
    if (kind == Kind::name) ++names;
    if (kind == Kind::initial || kind == Kind::title) cell.address = true;
  }
  cell.person = names >= 1 && names <= 3 && (names >= 2 || cell.address);
}

std::vector<Cell> cells_of(const std::vector<Word>& words, double height) {
  std::vector<Cell> cells;
  for (size_t i = 0; i < words.size(); ++i) {
    const Box& box = words[i].box;
    const bool goes_on = i > 0 && words[i].line == words[i - 1].line && box.left >= words[i - 1].box.left &&
                         box.left - right(words[i - 1].box) <= cell_gap * height;
    if (!goes_on) cells.push_back({{}, box});
    cells.back().words.push_back(i);
    cells.back().box = around(cells.back().box, box);
  }
  for (Cell& cell : cells) judge(cell, words);
  return cells;
}

/// Names below each other with one left edge; indices of cells from top to bottom.
using Column = std::vector<size_t>;

std::vector<Column> columns_of(const std::vector<Cell>& cells, double height) {
  std::vector<size_t> persons;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].person) persons.push_back(i);
  }
  std::ranges::sort(persons, {}, [&](size_t i) { return cells[i].box.top; });
  std::vector<Column> columns;
  for (const size_t i : persons) {
    const auto above = std::ranges::find_if(columns, [&](const Column& column) {
      const Box& last = cells[column.back()].box;
      const double step = middle(cells[i].box) - middle(last);
      return std::abs(cells[i].box.left - last.left) <= same_edge * height && step > 0.5 * height &&
             step <= next_row * height;
    });
    if (above == columns.end())
      columns.push_back({i});
    else
      above->push_back(i);
  }
  std::erase_if(columns, [&](const Column& column) {
    const auto addressed = std::ranges::count_if(column, [&](size_t i) { return cells[i].address; });
    return std::ssize(column) < least_names || 2 * addressed < std::ssize(column);
  });
  std::ranges::sort(columns, {}, [&](const Column& column) { return cells[column.front()].box.left; });
  return columns;
}

bool beside(const Column& a, const Column& b, const std::vector<Cell>& cells, double height) {
  const auto shared = std::ranges::count_if(a, [&](size_t i) {
    return std::ranges::any_of(
        b, [&](size_t j) { return std::abs(middle(cells[i].box) - middle(cells[j].box)) < 0.5 * height; });
  });
  return shared >= least_shared_rows;
}

/// Whether something that is no name stands right above the column, on its left edge.
bool has_heading(const Column& column, const std::vector<Cell>& cells, double height) {
  const Box& top = cells[column.front()].box;
  return std::ranges::any_of(cells, [&](const Cell& cell) {
    const double step = middle(top) - middle(cell.box);
    return !cell.person && step > 0.5 * height && step <= next_row * height &&
           std::abs(cell.box.left - top.left) <= same_edge * height;
  });
}

/// Columns side by side that make up one list.
std::vector<Column> first_list(std::vector<Column>& columns, const std::vector<Cell>& cells, double height) {
  std::vector<Column> list{std::move(columns.front())};
  columns.erase(columns.begin());
  for (auto next = columns.begin(); next != columns.end();) {
    if (!beside(list.back(), *next, cells, height)) {
      ++next;
      continue;
    }
    list.push_back(std::move(*next));
    next = columns.erase(next);
  }
  return list;
}

/// From top to bottom; what stands in one row from left to right.
void sort_by_rows(Column& column, const std::vector<Cell>& cells, double height) {
  const auto level = [&](size_t i) { return middle(cells[i].box); };
  std::ranges::sort(column, {}, level);
  for (auto row = column.begin(); row != column.end();) {
    const double here = level(*row);
    const auto next =
        std::find_if(row, column.end(), [&](size_t i) { return level(i) > here + 0.5 * height; });
    std::sort(row, next, [&](size_t a, size_t b) { return cells[a].box.left < cells[b].box.left; });
    row = next;
  }
}

/// All cells of the list, also those that are no names, by columns. Nothing when one reaches over two columns
/// or two columns have headings: then it is a table.
std::vector<Column> filled(const std::vector<Column>& list, const std::vector<Cell>& cells, double height) {
  const auto headings =
      std::ranges::count_if(list, [&](const Column& column) { return has_heading(column, cells, height); });
  if (list.size() < 2 || headings >= 2) return {};
  Box all = cells[list.front().front()].box;
  for (const Column& column : list) {
    for (const size_t i : column) all = around(all, cells[i].box);
  }
  std::vector<Column> columns(list.size());
  for (size_t i = 0; i < cells.size(); ++i) {
    const Box& box = cells[i].box;
    if (middle(box) < all.top || middle(box) > bottom(all) || right(box) <= all.left ||
        box.left >= right(all))
      continue;
    const auto left_of = [&](size_t column) { return cells[list[column].front()].box.left - height; };
    size_t column = 0;
    while (column + 1 < list.size() && box.left >= left_of(column + 1)) ++column;
    if (column + 1 < list.size() && right(box) > left_of(column + 1)) return {};
    columns[column].push_back(i);
  }
  for (Column& column : columns) sort_by_rows(column, cells, height);
  return columns;
}

/// Numbers blocks and lines anew while words are put one behind the other.
class Ordered {
public:
  explicit Ordered(size_t count) { words_.reserve(count); }

  void append(const Word& word, bool new_block, bool new_line) {
    block_ += new_block ? 1 : 0;
    line_ += new_block || new_line ? 1 : 0;
    words_.push_back(word);
    words_.back().block = block_;
    words_.back().line = line_;
  }

  void append(const Column& column, const std::vector<Cell>& cells, const std::vector<Word>& words) {
    const Cell* before = nullptr;
    for (const size_t i : column) {
      const Cell& cell = cells[i];
      bool new_line = before == nullptr || middle(cell.box) > bottom(before->box);
      for (const size_t word : cell.words) {
        append(words[word], before == nullptr, new_line);
        before = &cell;
        new_line = false;
      }
    }
  }

  std::vector<Word> taken() { return std::move(words_); }

private:
  std::vector<Word> words_;
  int block_ = -1;
  int line_ = -1;
};

/// The words with each list, column by column, where the first of its words stood.
std::vector<Word> reordered(const std::vector<Word>& words, const std::vector<Cell>& cells,
                            std::vector<std::vector<Column>> lists) {
  constexpr size_t none = ~size_t{0};
  std::vector<size_t> list_of(words.size(), none);
  for (size_t list = 0; list < lists.size(); ++list) {
    for (const size_t cell : lists[list] | std::views::join) {
      for (const size_t word : cells[cell].words) list_of[word] = list;
    }
  }
  Ordered ordered(words.size());
  size_t before = none;  // the word before that is of no list, if no list stands between
  for (size_t i = 0; i < words.size(); ++i) {
    if (list_of[i] == none) {
      const bool new_block = before == none || words[i].block != words[before].block;
      ordered.append(words[i], new_block, new_block || words[i].line != words[before].line);
      before = i;
      continue;
    }
    for (const Column& column : lists[list_of[i]]) ordered.append(column, cells, words);
    if (!lists[list_of[i]].empty()) before = none;
    lists[list_of[i]].clear();
  }
  return ordered.taken();
}

}  // namespace

void put_name_lists_in_columns(std::vector<Word>& words) {
  if (words.size() < 2 * least_names) return;
  const double height = usual_height(words);
  const std::vector<Cell> cells = cells_of(words, height);
  std::vector<Column> columns = columns_of(cells, height);
  std::vector<std::vector<Column>> lists;
  std::vector<bool> taken(cells.size(), false);
  while (!columns.empty()) {
    std::vector<Column> list = filled(first_list(columns, cells, height), cells, height);
    const auto is_taken = [&](size_t cell) { return taken[cell]; };
    if (list.empty() || std::ranges::any_of(list | std::views::join, is_taken)) continue;
    for (const size_t cell : list | std::views::join) taken[cell] = true;
    lists.push_back(std::move(list));
  }
  if (!lists.empty()) words = reordered(words, cells, std::move(lists));
}

}  // namespace eakte::ocr::reading

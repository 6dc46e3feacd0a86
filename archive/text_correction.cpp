#include "archive/text_correction.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

namespace eakte::archive {
namespace {

using ocr::Box;
using ocr::Word;

/// Letters, not bytes.
std::vector<char32_t> letters_of(std::string_view text) {
  std::vector<char32_t> letters;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) == 0x80U && !letters.empty()) {
      letters.back() = letters.back() << 6 | (byte & 0x3FU);
    } else {
      letters.push_back(byte);
    }
  }
  return letters;
}

using Letters = std::vector<char32_t>;

// Two words that differ more are not the same word.
constexpr float most_difference = 0.6F;

/// Levenshtein distance as a share of the longer word, 0..1.
float difference(const Letters& left, const Letters& right) {
  if (left == right) return 0;
  const std::size_t longer = std::max(left.size(), right.size());
  const std::size_t shorter = std::min(left.size(), right.size());
  if (static_cast<float>(longer - shorter) > most_difference * static_cast<float>(longer)) return 1;
  std::vector<int> row(right.size() + 1);
  for (std::size_t j = 0; j <= right.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= left.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
      const int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return static_cast<float>(row.back()) / static_cast<float>(longer);
}

// Leaving a word out or putting one in.
constexpr float gap_price = 0.55F;
// A page of 2000 words written anew from the first to the last; more is placed without alignment.
constexpr std::size_t most_cells = 4'000'000;
constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

/// For each word of `after` the word of `before` it is, or `none`; in order.
std::vector<std::size_t> aligned(const std::vector<Letters>& before, const std::vector<Letters>& after) {
  std::vector<std::size_t> partner(after.size(), none);
  std::size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) {
    partner[head] = head;
    ++head;
  }
  std::size_t tail = 0;
  while (tail + head < before.size() && tail + head < after.size() &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
    partner[after.size() - tail] = before.size() - tail;
  }
  const std::size_t rows = before.size() - head - tail;
  const std::size_t columns = after.size() - head - tail;
  if (rows == 0 || columns == 0 || (rows + 1) * (columns + 1) > most_cells) return partner;

  enum Step : std::uint8_t { pair, left_out, put_in };
  std::vector<Step> steps((rows + 1) * (columns + 1), put_in);
  std::vector<float> price(columns + 1);
  for (std::size_t j = 0; j <= columns; ++j) price[j] = gap_price * static_cast<float>(j);
  for (std::size_t i = 1; i <= rows; ++i) {
    float diagonal = price[0];
    price[0] = gap_price * static_cast<float>(i);
    steps[i * (columns + 1)] = left_out;
    for (std::size_t j = 1; j <= columns; ++j) {
      const Letters& old_word = before[head + i - 1];
      const Letters& new_word = after[head + j - 1];
      const float different = difference(old_word, new_word);
      const float paired = diagonal + (different <= most_difference ? different : 2 * gap_price + 1);
      const float without = price[j] + gap_price;
      const float with = price[j - 1] + gap_price;
      diagonal = price[j];
      price[j] = std::min({paired, without, with});
      steps[i * (columns + 1) + j] = price[j] == paired ? pair : price[j] == without ? left_out : put_in;
    }
  }
  for (std::size_t i = rows, j = columns; i > 0 && j > 0;) {
    const Step step = steps[i * (columns + 1) + j];
    if (step == pair) partner[head + j - 1] = head + i - 1;
    if (step != put_in) --i;
    if (step != left_out) --j;
  }
  return partner;
}

int right_of(const Box& box) { return box.left + box.width; }
int bottom_of(const Box& box) { return box.top + box.height; }

Box united(const Box& one, const Box& other) {
  const int left = std::min(one.left, other.left);
  const int top = std::min(one.top, other.top);
  return {left, top, std::max(right_of(one), right_of(other)) - left,
          std::max(bottom_of(one), bottom_of(other)) - top};
}

class Placement {
public:
  Placement(const ocr::PageText& machine, const std::vector<std::string>& lines) : machine_(machine) {
    page_.width = machine.width;
    page_.height = machine.height;
    page_.dpi = machine.dpi;
    take(lines);
  }

  ocr::PageText run() && {
    std::vector<Letters> before;
    before.reserve(machine_.words.size());
    for (const Word& word : machine_.words) before.push_back(letters_of(word.text));
    partner_ = aligned(before, letters_);
    for (std::size_t i = 0; i < words().size(); ++i) {
      if (partner_[i] != none) settle(i, machine_.words[partner_[i]].box);
    }
    share_what_was_between();
    for (std::size_t i = 0; i < words().size();) i = placed_[i] ? i + 1 : lay_run(i);
    number_blocks();
    page_.confidence = words().empty() ? 0.0F : 1.0F;
    return std::move(page_);
  }

private:
  std::vector<Word>& words() { return page_.words; }

  void take(const std::vector<std::string>& lines) {
    int number = 0;
    for (const std::string& line : lines) {
      bool anything = false;
      for (std::size_t at = 0; at < line.size();) {
        const std::size_t begin = line.find_first_not_of(" \t\r\n\f\v", at);
        if (begin == std::string::npos) break;
        at = std::min(line.find_first_of(" \t\r\n\f\v", begin), line.size());
        words().push_back(
            {.text = line.substr(begin, at - begin), .box = {}, .confidence = 1, .line = number});
        letters_.push_back(letters_of(words().back().text));
        anything = true;
      }
      if (anything) ++number;
    }
    placed_.assign(words().size(), false);
  }

  void settle(std::size_t word, Box box) {
    const int width = std::max(page_.width, 1);
    const int height = std::max(page_.height, 1);
    box.left = std::clamp(box.left, 0, width - 1);
    box.top = std::clamp(box.top, 0, height - 1);
    box.width = std::clamp(box.width, 1, width - box.left);
    box.height = std::clamp(box.height, 1, height - box.top);
    words()[word].box = box;
    placed_[word] = true;
  }

  /// Side by side in `box`, each as wide as it has letters.
  void divide(std::size_t first, std::size_t end, const Box& box) {
    std::size_t all = 0;
    for (std::size_t i = first; i < end; ++i) all += letters_[i].size() + 1;
    std::size_t done = 0;
    for (std::size_t i = first; i < end; ++i) {
      const auto at = [&](std::size_t letters) {
        return box.left + static_cast<int>(static_cast<std::size_t>(std::max(box.width, 0)) * letters / all);
      };
      const int left = at(done);
      done += letters_[i].size() + 1;
      settle(i, {left, box.top, at(i + 1 == end ? all : done - 1) - left, box.height});
    }
  }

  /// Words without a partner take over the boxes of machine words without one that stand between the same
  /// two.
  void share_what_was_between() {
    for (std::size_t first = 0; first < words().size();) {
      if (partner_[first] != none) {
        ++first;
        continue;
      }
      std::size_t end = first;
      while (end < words().size() && partner_[end] == none) ++end;
      const std::size_t old_first = first == 0 ? 0 : partner_[first - 1] + 1;
      const std::size_t old_end = end == words().size() ? machine_.words.size() : partner_[end];
      if (old_first < old_end) share(first, end, old_first, old_end);
      first = end;
    }
  }

  void share(std::size_t first, std::size_t end, std::size_t old_first, std::size_t old_end) {
    const std::size_t count = end - first;
    const std::size_t old_count = old_end - old_first;
    if (count >= old_count) {
      for (std::size_t k = 0; k < old_count; ++k) {
        divide(first + k * count / old_count, first + (k + 1) * count / old_count,
               machine_.words[old_first + k].box);
      }
      return;
    }
    for (std::size_t k = 0; k < count; ++k) {
      const Word& begin = machine_.words[old_first + k * old_count / count];
      Box box = begin.box;
      for (std::size_t i = old_first + k * old_count / count; i < old_first + (k + 1) * old_count / count;
           ++i) {
        if (machine_.words[i].line == begin.line) box = united(box, machine_.words[i].box);
      }
      settle(first + k, box);
    }
  }

  /// Lays words the machine did not see, up to the next placed one of their line. Returns where it stopped.
  std::size_t lay_run(std::size_t first) {
    const int line = words()[first].line;
    std::size_t end = first;
    int letters = 0;
    while (end < words().size() && !placed_[end] && words()[end].line == line) {
      letters += static_cast<int>(letters_[end].size()) + 1;
      ++end;
    }
    const bool has_left = first > 0 && words()[first - 1].line == line;
    const bool has_right = end < words().size() && words()[end].line == line;
    Box box = usual_box(first);
    if (has_left) {
      box = words()[first - 1].box;
      box.left = right_of(box) + box.height / 3;
    } else if (has_right) {
      box = words()[end].box;
    }
    box.width = letters * std::max(box.height / 2, 1);
    if (has_left && has_right) {
      const Box& next = words()[end].box;
      const int quarter = words()[first - 1].box.width / 4;
      if (next.left - box.left < box.height / 2) box.left -= box.height / 3 + quarter;
      box.width = next.left - box.height / 3 - box.left;
    } else if (has_right) {
      box.left = std::max(0, box.left - box.width - box.height / 3);
    }
    box.width = std::max(box.width, static_cast<int>(end - first));
    divide(first, end, box);
    return end;
  }

  /// For a line of its own: below the line before, else at the top left.
  Box usual_box(std::size_t first) {
    const int height = std::max(page_.dpi / 7, 8);
    if (first == 0) return {page_.width / 10, page_.height / 20, 0, height};
    std::size_t begin = first - 1;
    while (begin > 0 && words()[begin - 1].line == words()[first - 1].line) --begin;
    const Box& above = words()[begin].box;
    return {above.left, bottom_of(above) + above.height / 3, 0, std::max(above.height, 1)};
  }

  /// A line belongs to the block of the first machine word in it, else to that of the line before.
  void number_blocks() {
    int block = 0;
    for (std::size_t i = 0; i < words().size(); ++i) {
      if (i == 0 || words()[i].line != words()[i - 1].line) {
        for (std::size_t k = i; k < words().size() && words()[k].line == words()[i].line; ++k) {
          if (partner_[k] == none) continue;
          block = std::max(block, machine_.words[partner_[k]].block);
          break;
        }
      }
      words()[i].block = block;
    }
  }

  const ocr::PageText& machine_;
  ocr::PageText page_;
  std::vector<Letters> letters_;
  std::vector<std::size_t> partner_;
  std::vector<bool> placed_;
};

}  // namespace

ocr::PageText corrected_text(const ocr::PageText& machine, const std::vector<std::string>& lines) {
  return Placement(machine, lines).run();
}

std::vector<std::string> lines_of(const ocr::PageText& page) {
  std::vector<std::string> lines;
  const std::string text = ocr::plain_text(page);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

}  // namespace eakte::archive

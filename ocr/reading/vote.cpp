#include "ocr/reading/vote.h"

#include <algorithm>
#include <cctype>
#include <numeric>
#include <optional>

namespace eakte::ocr::reading {
namespace {

constexpr double rather_right = 0.5;   // confidence; above, a letter speaks for a wording
constexpr float sure_addition = 0.8F;  // of a word only the other reading has
constexpr int least_addition = 2;      // its letters; lone ones are mostly specks
constexpr int nearest_word = 4;        // heights; further away a word is a line of its own

int right(const Box& box) { return box.left + box.width; }
int bottom(const Box& box) { return box.top + box.height; }
int across(const Box& a, const Box& b) { return std::min(right(a), right(b)) - std::max(a.left, b.left); }
int down(const Box& a, const Box& b) { return std::min(bottom(a), bottom(b)) - std::max(a.top, b.top); }

bool level(const Box& a, const Box& b) { return 2 * down(a, b) > std::min(a.height, b.height); }

bool same_place(const Box& a, const Box& b) {
  return level(a, b) && 10 * across(a, b) > 3 * std::min(a.width, b.width);
}

/// Letters and digits; a character outside of ASCII counts as a letter.
int letters_in(const Word& word) {
  return static_cast<int>(std::ranges::count_if(word.text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte & 0xC0) == 0xC0 || (byte < 0x80 && std::isalnum(byte) != 0);
  }));
}

/// Words of both readings at one place.
struct Place {
  std::vector<size_t> words;   ///< of the first reading, in its order
  std::vector<size_t> others;  ///< of the other one
};

class Groups {
public:
  explicit Groups(size_t count) : parents_(count) { std::iota(parents_.begin(), parents_.end(), size_t{0}); }
  size_t of(size_t item) {
    while (parents_[item] != item) item = parents_[item] = parents_[parents_[item]];
    return item;
  }
  void join(size_t a, size_t b) { parents_[of(b)] = of(a); }

private:
  std::vector<size_t> parents_;
};

std::vector<Place> places_of(const std::vector<Word>& words, const std::vector<Word>& others) {
  const size_t count = words.size();
  Groups groups(count + others.size());
  for (size_t a = 0; a < count; ++a) {
    for (size_t b = 0; b < others.size(); ++b) {
      if (same_place(words[a].box, others[b].box)) groups.join(a, count + b);
    }
  }
  std::vector<Place> places(count + others.size());
  for (size_t a = 0; a < count; ++a) places[groups.of(a)].words.push_back(a);
  for (size_t b = 0; b < others.size(); ++b) places[groups.of(count + b)].others.push_back(b);
  std::erase_if(places, [](const Place& place) { return place.words.empty() && place.others.empty(); });
  return places;
}

double trust(const std::vector<Word>& words, const std::vector<size_t>& members) {
  double sum = 0;
  for (const size_t i : members)
    sum += std::max(0.5, static_cast<double>(letters_in(words[i]))) * (words[i].confidence - rather_right);
  return sum;
}

bool in_one_line(const std::vector<Word>& words, const std::vector<size_t>& members) {
  return std::ranges::all_of(members, [&](size_t i) { return words[i].line == words[members.front()].line; });
}

std::string wording(const std::vector<Word>& words, const std::vector<size_t>& members) {
  std::string text;
  for (const size_t i : members) text += words[i].text;
  return text;
}

/// The word beside which `added` stands, if one is near on its line.
std::optional<size_t> neighbour_of(const std::vector<Word>& words, const Word& added) {
  std::optional<size_t> nearest;
  int least = nearest_word * added.box.height;
  for (size_t i = 0; i < words.size(); ++i) {
    const int distance = -across(words[i].box, added.box);
    if (!level(words[i].box, added.box) || distance >= least) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

/// Puts `added` into the line of a word near it, else behind all.
void add(std::vector<Word>& words, Word added, int first_block, int first_line) {
  const auto neighbour = neighbour_of(words, added);
  added.block += first_block;
  added.line += first_line;
  if (!neighbour) {
    words.push_back(std::move(added));
    return;
  }
  added.block = words[*neighbour].block;
  added.line = words[*neighbour].line;
  size_t at = *neighbour;
  while (at > 0 && words[at - 1].line == added.line) --at;
  while (at < words.size() && words[at].line == added.line && words[at].box.left <= added.box.left) ++at;
  words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), std::move(added));
}

/// Whether the other reading's wording at a place where both have one is to stay.
bool outvoted(const std::vector<Word>& words, const std::vector<Word>& others, const Place& place) {
  return in_one_line(words, place.words) && in_one_line(others, place.others) &&
         wording(words, place.words) != wording(others, place.others) &&
         trust(others, place.others) > trust(words, place.words);
}

/// The words of the other reading at `place`, from left to right, in the block and line of `before`.
std::vector<Word> wording_of_other(const std::vector<Word>& others, const Place& place, const Word& before) {
  std::vector<Word> wording;
  for (const size_t i : place.others) {
    wording.push_back(others[i]);
    wording.back().block = before.block;
    wording.back().line = before.line;
  }
  std::ranges::sort(wording, {}, [](const Word& word) { return word.box.left; });
  return wording;
}

/// Decides on one place. `kept` has for each word of the first reading what stands in its stead; returns
/// words only the other reading has.
std::vector<size_t> decide(const std::vector<Word>& words, const std::vector<Word>& others,
                           const Place& place, std::vector<std::vector<Word>>& kept, Vote& result) {
  std::vector<size_t> additions;
  if (place.words.empty()) {
    std::ranges::copy_if(place.others, std::back_inserter(additions), [&](size_t i) {
      return others[i].confidence >= sure_addition && letters_in(others[i]) >= least_addition;
    });
  } else if (place.others.empty()) {
    for (const size_t i : place.words) {
      if (words[i].confidence >= rather_right) continue;
      kept[i].clear();
      ++result.dropped;
    }
  } else if (outvoted(words, others, place)) {
    const size_t first = place.words.front();
    for (const size_t i : place.words) kept[i].clear();
    kept[first] = wording_of_other(others, place, words[first]);
    result.replaced += static_cast<int>(place.words.size());
  }
  return additions;
}

}  // namespace

Vote vote(PageText& text, const PageText& other) {
  Vote result;
  std::vector<std::vector<Word>> kept;
  for (const Word& word : text.words) kept.push_back({word});
  std::vector<size_t> additions;
  for (const Place& place : places_of(text.words, other.words)) {
    const std::vector<size_t> more = decide(text.words, other.words, place, kept, result);
    additions.insert(additions.end(), more.begin(), more.end());
  }
  const int block = text.words.empty() ? 0 : text.words.back().block + 1;
  const int line = text.words.empty() ? 0 : text.words.back().line + 1;
  text.words.clear();
  for (const std::vector<Word>& words : kept) text.words.insert(text.words.end(), words.begin(), words.end());
  std::ranges::sort(additions);
  for (const size_t i : additions) add(text.words, other.words[i], block, line);
  result.added = static_cast<int>(additions.size());
  return result;
}

}  // namespace eakte::ocr::reading

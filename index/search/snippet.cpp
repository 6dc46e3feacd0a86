#include "index/search/snippet.h"

#include <algorithm>
#include <optional>

namespace eakte::index {
namespace {

constexpr std::size_t passage_length = 240;  // bytes
constexpr std::size_t lead = 60;             // bytes before the first marked word
// A hit far inside a very long document is still found; its passage then comes from the beginning.
constexpr std::size_t most_text = 4 << 20;

struct Page {
  std::string_view text;
  int number = 1;
  TokenizedText tokenized;
  Marks marks;
};

// The token to centre on: the one whose surroundings show most different leaves.
std::optional<std::size_t> best_token(const Page& page) {
  std::optional<std::size_t> best;
  std::size_t most = 0;
  const std::vector<Token>& tokens = page.tokenized.tokens;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (page.marks.leaf[i] < 0) continue;
    std::set<int> shown;
    for (std::size_t j = i; j < tokens.size() && tokens[j].end - tokens[i].begin < passage_length - lead;
         ++j) {
      if (page.marks.leaf[j] >= 0) shown.insert(page.marks.leaf[j]);
    }
    if (shown.size() > most) {
      most = shown.size();
      best = i;
    }
    if (most == page.marks.leaves_found.size()) break;
  }
  return best;
}

// One line of prose: runs of white space become a blank.
void append_plain(std::string& line, std::string_view raw) {
  for (const char c : raw) {
    const bool blank = static_cast<unsigned char>(c) <= ' ';
    if (!blank) line += c;
    if (blank && !line.ends_with(' ')) line += ' ';
  }
}

void append_part(std::vector<SnippetPart>& parts, std::string_view raw, bool matches) {
  std::string text;
  if (!parts.empty() && parts.back().text.ends_with(' ')) text = " ";
  const std::size_t skip = text.size();
  append_plain(text, raw);
  text.erase(0, skip);
  if (text.empty()) return;
  if (!parts.empty() && parts.back().matches == matches) {
    parts.back().text += text;
  } else {
    parts.push_back({std::move(text), matches});
  }
}

// A word divided at the line end is shown whole.
std::string undivided(std::string_view raw) {
  std::string word(raw);
  const std::size_t line_end = word.find('\n');
  if (line_end == std::string::npos) return word;
  std::size_t begin = line_end;
  while (begin > 0 && (word[begin - 1] == ' ' || word[begin - 1] == '\r' || word[begin - 1] == '-')) --begin;
  const std::size_t end = word.find_first_not_of(" \r\n\t", line_end);
  return word.substr(0, begin) + undivided(std::string_view(word).substr(std::min(end, word.size())));
}

std::vector<SnippetPart> passage_from(const Page& page, std::size_t centre) {
  const std::vector<Token>& tokens = page.tokenized.tokens;
  std::vector<SnippetPart> parts;
  if (tokens.empty()) return parts;
  std::size_t first = centre;
  while (first > 0 && tokens[centre].begin - tokens[first - 1].begin <= lead) --first;
  std::size_t last = first;
  while (last + 1 < tokens.size() && tokens[last + 1].end - tokens[first].begin <= passage_length) ++last;
  std::size_t at = tokens[first].begin;
  for (std::size_t i = first; i <= last; ++i) {
    append_part(parts, page.text.substr(at, tokens[i].begin - at), false);
    append_part(parts, undivided(page.text.substr(tokens[i].begin, tokens[i].end - tokens[i].begin)),
                page.marks.leaf[i] >= 0);
    at = tokens[i].end;
  }
  // The full stop belongs to the sentence.
  const std::size_t blank = std::min(page.text.find_first_of(" \n", at), page.text.size());
  if (last + 1 == tokens.size() || blank <= tokens[last + 1].begin) {
    append_part(parts, page.text.substr(at, blank - at), false);
  }
  return parts;
}

}  // namespace

Passage find_passage(std::string_view text, Marker& marker) {
  std::optional<Page> best;
  int number = 1;
  text = text.substr(0, most_text);
  for (std::size_t begin = 0; begin < text.size(); ++number) {
    const std::size_t end = std::min(text.find('\f', begin), text.size());
    Page page{text.substr(begin, end - begin), number, {}, {}};
    page.tokenized = tokenize(page.text);
    page.marks = marker.mark(page.tokenized);
    const std::size_t found = page.marks.leaves_found.size();
    if (!best || found > best->marks.leaves_found.size() ||
        (best->tokenized.tokens.empty() && best->marks.leaves_found.empty() && found == 0)) {
      best = std::move(page);
    }
    if (found == marker.leaf_count() && !best->tokenized.tokens.empty()) break;
    begin = end + 1;
  }
  if (!best) return {};
  const std::optional<std::size_t> centre = best_token(*best);
  return {centre ? best->number : 1, passage_from(*best, centre.value_or(0))};
}

}  // namespace eakte::index

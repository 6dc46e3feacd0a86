#include "ocr/text.h"

#include <algorithm>
#include <cctype>

namespace eakte::ocr {
namespace {

/// Letters in the sense of UTF-8: every byte that isn't a continuation of the one before.
int length(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Letters and digits; a character outside ASCII counts as a letter.
int alphanumeric(const std::string& text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte & 0xC0) == 0xC0 || (byte < 0x80 && std::isalnum(byte) != 0);
  }));
}

}  // namespace

std::string plain_text(const PageText& page) {
  std::string text;
  const Word* before = nullptr;
  for (const Word& word : page.words) {
    if (before != nullptr) {
      text += word.line == before->line ? " " : word.block == before->block ? "\n" : "\n\n";
    }
    text += word.text;
    before = &word;
  }
  if (!text.empty()) text += '\n';
  return text;
}

float page_confidence(const std::vector<Word>& words) {
  double weight = 0;
  double trusted = 0;
  for (const Word& word : words) {
    const int letters = length(word.text);
    weight += letters;
    // A stamp or a speckled margin is read as runs of punctuation; a lone dash or bullet is ordinary.
    const bool garbage = letters > 1 && 2 * alphanumeric(word.text) < letters;
    if (!garbage) trusted += letters * static_cast<double>(word.confidence);
  }
  return weight > 0 ? static_cast<float>(trusted / weight) : 0.0F;
}

}  // namespace eakte::ocr

#include "ocr/text.h"

namespace eakte::ocr {

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

}  // namespace eakte::ocr

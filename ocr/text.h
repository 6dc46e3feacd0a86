#pragma once
#include <string>
#include <vector>

namespace eakte::ocr {

/// A rectangle in pixels of the stored page picture, origin top left.
struct Box {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
  bool operator==(const Box&) const = default;
};

/// One word as read from the page.
struct Word {
  std::string text;         ///< UTF-8, NFC, without white space
  Box box;                  ///< in pixels of the page the word belongs to
  float confidence = 1.0F;  ///< 0..1; 1 for text taken from a born-digital page
  int block = 0;            ///< number of the block on the page, in reading order
  int line = 0;             ///< number of the line on the page (not in the block), in reading order
};

/// The words of one page in reading order.
struct PageText {
  int width = 0;   ///< of the page the boxes refer to, in pixels
  int height = 0;  ///< likewise
  int dpi = 300;
  std::vector<Word> words;
  float confidence = 0.0F;  ///< of the page as a whole, 0..1; 0 when there are no words
};

/// The text as a person reads it: words joined by blanks, one line per line, an empty line between blocks.
std::string plain_text(const PageText& page);

/// How far a reading can be trusted as a whole, 0..1: the confidences of the words weighted by their length,
/// where words that look like misread specks and pictures count as wrong. 0 without words. Pages with more
/// errors get lower values; it isn't the share of right letters.
float page_confidence(const std::vector<Word>& words);

}  // namespace eakte::ocr

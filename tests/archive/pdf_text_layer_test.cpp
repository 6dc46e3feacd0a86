#include "archive/pdf/text_layer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <sstream>

#include "archive/pdf/qpdf.h"
#include "archive/pdf/text_font.h"

namespace eakte::archive {
namespace {

/// A word as the content stream places it.
struct Shown {
  double size = 0;
  double x = 0;
  double y = 0;
};

/// Reads "/F 12 Tf ... 1 0 0 1 x y Tm <codes> Tj" from a text layer.
std::vector<Shown> shown_words(const std::string& content) {
  std::vector<Shown> words;
  std::istringstream tokens(content);
  std::vector<std::string> before;
  double size = 0;
  for (std::string token; tokens >> token;) {
    if (token == "Tf") size = std::stod(before.back());
    if (token == "Tm")
      words.push_back({size, std::stod(before[before.size() - 2]), std::stod(before.back())});
    before.push_back(token);
  }
  return words;
}

std::vector<Shown> written(const ocr::PageText& text) {
  QPDF pdf;
  pdf.emptyPDF();
  TextFont font(pdf);
  return shown_words(text_layer(text, 595, 842, font, "/F"));
}

ocr::Word word(ocr::Box box, int line) { return {"Wort", box, 0.9F, line, line}; }

TEST(TextLayer, EndsALineSoThatReadersSeeTheNextOneBegin) {
  std::mt19937 random(7);
  const auto between = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
  ocr::PageText page{2480, 3508, 300, {}, 0.9F};
  for (int line = 0; line < 400; ++line) {
    const int top = between(100, 3300);
    const int height = between(20, 160);
    const int first = between(50, 600);
    for (int i = 0; i < 3; ++i) page.words.push_back(word({first + i * 400, top, 300, height}, line));
  }
  const std::vector<Shown> words = written(page);
  ASSERT_EQ(words.size(), 1200U);
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].x > words[i - 1].x) continue;
    EXPECT_GT(std::abs(words[i].y - words[i - 1].y), 0.5 * words[i - 1].size) << "word " << i;
  }
}

TEST(TextLayer, KeepsTheSizeOfALineThatOthersFollowAtADistance) {
  ocr::PageText page{2480, 3508, 300, {}, 0.9F};
  for (int line = 0; line < 3; ++line)
    for (int i = 0; i < 2; ++i) page.words.push_back(word({200 + i * 400, 300 + line * 60, 300, 40}, line));
  const std::vector<Shown> words = written(page);
  ASSERT_EQ(words.size(), 6U);
  for (const Shown& shown : words) EXPECT_DOUBLE_EQ(shown.size, words.front().size);
}

}  // namespace
}  // namespace eakte::archive

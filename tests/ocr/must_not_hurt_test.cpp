#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "ocr/read_page.h"
#include "tests/ocr/painted.h"
#include "tests/support/page_painter.h"

namespace eakte::ocr {
namespace {

/// A clean page with something on it that a step could take for what it puts right.
struct Temptation {
  std::string step;
  std::string what;
  std::function<void(cv::Mat&)> paint;
};

const cv::Scalar black(0);

void caption(cv::Mat& page, const std::string& text, cv::Point at, double size,
             const cv::Scalar& ink = black) {
  cv::putText(page, text, at, cv::FONT_HERSHEY_SIMPLEX, size, ink, 3, cv::LINE_AA);
}

void ruled(cv::Mat& page, int left, int top, int right, int bottom) {
  for (int y = top; y <= bottom; y += 120) cv::line(page, {left, y}, {right, y}, black, 3);
  for (int x = left; x <= right; x += 300) cv::line(page, {x, top}, {x, bottom}, black, 3);
}

// The letter takes the upper half of an A5 page at 300 dpi; what tempts stands below and beside it.
std::vector<Temptation> temptations() {
  return {
      {"blank", "hardly anything on the page",
       [](cv::Mat& page) { page.rowRange(300, page.rows).setTo(255); }},
      {"orientation", "a serial number that reads either way up",
       [](cv::Mat& page) {
         for (int y = 1700; y < 2300; y += 150) caption(page, "8 6 9 8 1 1 8 9 6 0 0 8", {120, y}, 2);
       }},
      {"negative", "light writing on a dark picture over most of the page",
       [](cv::Mat& page) {
         page.rowRange(700, page.rows).setTo(20);
         for (int y = 850; y < 2350; y += 120)
           caption(page, "thank you for your letter", {120, y}, 2, cv::Scalar(235));
       }},
      {"streaks", "a black and white table of thin rulings that cut through what is written",
       [](cv::Mat& page) {
         for (int y = 1650; y < 2370; y += 40) cv::line(page, {100, y}, {1600, y + 8}, black, 2);
         for (int y = 1730; y < 2370; y += 120) caption(page, "25 Euro within 14 days", {130, y}, 1.6);
         page = page >= 128;
       }},
      {"sheet", "a printed frame all around",
       [](cv::Mat& page) {
         cv::rectangle(page, {40, 40}, {page.cols - 40, page.rows - 40}, black, 8);
       }},
      {"border", "a dark picture that runs off the edge",
       [](cv::Mat& page) { page(cv::Rect(page.cols - 500, 1700, 500, page.rows - 1700)).setTo(40); }},
      {"light", "tinted boxes",
       [](cv::Mat& page) {
         for (int i = 0; i < 3; ++i) {
           page(cv::Rect(100, 1650 + 220 * i, 1400, 200)).setTo(170 + 25 * i);
           caption(page, "Dear Mrs. Hoppe,", {150, 1780 + 220 * i}, 2);
         }
       }},
      {"inverted", "a dark picture with light spots, and a bold frame",
       [](cv::Mat& page) {
         page(cv::Rect(200, 1700, 900, 500)).setTo(30);
         for (int i = 0; i < 12; ++i)
           cv::circle(page, {260 + 70 * i, 1800 + 30 * i}, 20, cv::Scalar(220), -1);
         cv::rectangle(page, {1200, 1700}, {1600, 2200}, black, 40);
       }},
      {"scale", "a headline and small print",
       [](cv::Mat& page) {
         caption(page, "25 Euro", {150, 1850}, 6);
         for (int y = 1950; y < 2350; y += 60)
           caption(page, "thank you for your letter of 17 April", {150, y}, 0.9);
       }},
      {"deskew", "slanted strokes",
       [](cv::Mat& page) {
         for (int y = 1650; y < 2350; y += 70) cv::line(page, {100, y + 60}, {1600, y}, black, 4);
       }},
      {"curl", "arcs that lie below each other",
       [](cv::Mat& page) {
         for (int y = 1750; y < 2350; y += 80)
           cv::ellipse(page, {page.cols / 2, y + 900}, {1500, 900}, 0, 240, 300, black, 6);
       }},
      {"holes", "bullets at the margin",
       [](cv::Mat& page) {
         for (int y = 1650; y < 2350; y += 160) {
           cv::circle(page, {60, y - 15}, 28, black, -1);
           caption(page, "within 14 days of receipt.", {150, y}, 1.6);
         }
       }},
      {"motion", "hatching",
       [](cv::Mat& page) {
         for (int x = 100; x < 1500; x += 14) cv::line(page, {x, 2300}, {x + 150, 1700}, black, 2);
       }},
      {"rulings", "a table",
       [](cv::Mat& page) {
         ruled(page, 100, 1650, 1600, 2370);
         for (int y = 1730; y < 2370; y += 120)
           for (int x = 130; x < 1600; x += 300) caption(page, "25 Euro", {x, y}, 1.6);
       }},
      {"second_look", "a drawing of strokes like letters",
       [](cv::Mat& page) {
         cv::RNG random(5);
         for (int i = 0; i < 300; ++i) {
           const cv::Point from(random.uniform(150, 1500), random.uniform(1700, 2300));
           cv::line(page, from, from + cv::Point(random.uniform(-30, 30), random.uniform(-30, 30)), black, 4);
         }
       }},
      {"sideways", "rules that run up and down the page",
       [](cv::Mat& page) {
         for (int x = 1640; x < 1740; x += 25) cv::line(page, {x, 200}, {x, 2300}, black, 3);
       }},
      {"specks", "words of a single letter and of a digit",
       [](cv::Mat& page) {
         caption(page, "a 1    b 2    c 3    A 4", {150, 1800}, 2);
         caption(page, "5 Euro a day or 1 Euro a day", {150, 1950}, 2);
       }},
  };
}

/// How often each word stands in the reading.
std::map<std::string, int> counted(const PageText& text) {
  std::map<std::string, int> words;
  for (const Word& word : text.words) ++words[word.text];
  return words;
}

std::vector<std::string> words_of_the_letter() {
  std::vector<std::string> words;
  for (const std::string& line : painted::letter_lines()) {
    std::istringstream stream(line);
    for (std::string word; stream >> word;) words.push_back(word);
  }
  return words;
}

/// How many words of the letter are in the reading.
std::ptrdiff_t right_words(const PageText& text) {
  std::map<std::string, int> left = counted(text);
  const std::vector<std::string> words = words_of_the_letter();
  return std::ranges::count_if(words, [&](const std::string& word) { return left[word]-- > 0; });
}

TEST(CleaningAndSecondReadings, DoNotHurtPagesOnWhichThereIsNothingToPutRight) {
  Recognizer recognizer(RecognizerOptions{});
  const std::ptrdiff_t all = std::ssize(words_of_the_letter());
  for (const Temptation& each : temptations()) {
    PageImage page = painted::letter();
    each.paint(page.pixels);
    recognizer.reset();
    const ReadPage read = read_page(recognizer, page);
    const std::ptrdiff_t right = right_words(read.text);
    recognizer.reset();
    const std::ptrdiff_t untouched = right == all ? right : right_words(recognizer.recognize(page));
    EXPECT_GE(right, untouched) << each.step << ": " << each.what << '\n' << plain_text(read.text);
    EXPECT_FALSE(read.blank) << each.what;
    EXPECT_EQ(read.quarter_turns, 0) << each.what;
  }
}

}  // namespace
}  // namespace eakte::ocr

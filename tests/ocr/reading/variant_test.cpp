#include "ocr/reading/variant.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <set>
#include <sstream>
#include <string>

#include "ocr/reading/vote.h"
#include "tests/ocr/painted.h"

namespace eakte::ocr::reading {
namespace {

PageText words_of(int sure, int doubtful) {
  PageText text;
  for (int i = 0; i < sure; ++i) text.words.push_back({"Antrag", {}, 0.95F, 0, 0});
  for (int i = 0; i < doubtful; ++i) text.words.push_back({"Amtrag", {}, 0.5F, 0, 0});
  return text;
}

TEST(Variant, IsWorthReadingOfShortPagesWithDoubtfulWords) {
  EXPECT_TRUE(may_gain_by_vote(words_of(80, 20)));
  EXPECT_FALSE(may_gain_by_vote(words_of(95, 5))) << "too little to gain";
  EXPECT_FALSE(may_gain_by_vote(words_of(800, 200))) << "too long";
  EXPECT_FALSE(may_gain_by_vote({}));
}

class VariantTest : public ::testing::Test {
protected:
  static void SetUpTestSuite() { recognizer_ = std::make_unique<Recognizer>(RecognizerOptions{}); }
  static void TearDownTestSuite() { recognizer_.reset(); }
  void SetUp() override { recognizer_->reset(); }

  static std::unique_ptr<Recognizer> recognizer_;
};

std::unique_ptr<Recognizer> VariantTest::recognizer_;

/// The painted letter at 150 dpi without the white below it.
PageImage clean_scan() {
  PageImage page{{}, 150};
  cv::resize(painted::letter().pixels(cv::Rect(0, 0, 1748, 1300)), page.pixels, {}, 0.5, 0.5, cv::INTER_AREA);
  return page;
}

/// The painted letter as a poor scan: small, grainy, with a line under each row of print.
PageImage poor_scan(double scale, double noise, bool ruled, uint64_t seed) {
  cv::Mat form = painted::letter().pixels(cv::Rect(0, 0, 1748, 1300)).clone();
  if (ruled) {
    for (int y = 0; y < form.rows; y += 90) cv::line(form, {60, y}, {form.cols - 60, y}, 60, 3);
  }
  PageImage page{{}, 200};
  cv::resize(form, page.pixels, {}, scale, scale, cv::INTER_AREA);
  cv::Mat grain(page.pixels.size(), CV_16SC1);
  cv::RNG random(seed);
  random.fill(grain, cv::RNG::NORMAL, 0, noise);
  cv::add(page.pixels, grain, page.pixels, cv::noArray(), CV_8U);
  cv::resize(page.pixels, page.pixels, {}, 0.4 / scale, 0.4 / scale, cv::INTER_CUBIC);
  return page;
}

/// Words of the letter that are in the reading, each as often as it is in the letter.
int right_words(const PageText& text) {
  std::multiset<std::string> read;
  for (const Word& word : text.words) read.insert(word.text);
  int right = 0;
  for (const std::string& line : painted::letter_lines()) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      const auto found = read.find(word);
      if (found == read.end()) continue;
      read.erase(found);
      ++right;
    }
  }
  return right;
}

struct Change {
  int before = 0;
  int after = 0;
};

Change voted(Recognizer& recognizer, const PageImage& page) {
  recognizer.reset();
  PageText text = recognizer.recognize(page);
  Change change{right_words(text), 0};
  vote(text, read_variant(recognizer, page));
  change.after = right_words(text);
  return change;
}

TEST_F(VariantTest, HasItsBoxesOnTheCleanPage) {
  const PageImage page = clean_scan();
  const PageText plain = recognizer_->recognize(page);
  const PageText variant = read_variant(*recognizer_, page);
  size_t same = 0;
  for (const Word& word : plain.words) {
    for (const Word& other : variant.words) {
      const bool near = std::abs(word.box.left - other.box.left) < 8 &&
                        std::abs(word.box.top - other.box.top) < 8 &&
                        std::abs(word.box.width - other.box.width) < 12;
      same += word.text == other.text && near ? 1 : 0;
    }
  }
  EXPECT_GE(same * 10, plain.words.size() * 8) << plain_text(variant);
}

TEST_F(VariantTest, HelpsPoorScansAndHurtsNone) {
  int before = 0;
  int after = 0;
  uint64_t seed = 40;
  for (const double scale : {0.13, 0.16}) {
    for (const bool ruled : {false, true}) {
      const Change change = voted(*recognizer_, poor_scan(scale, 12, ruled, ++seed));
      EXPECT_GE(change.after, change.before - 1) << scale << (ruled ? " ruled" : "");
      before += change.before;
      after += change.after;
    }
  }
  EXPECT_GT(after, before);
}

TEST_F(VariantTest, ChangesNoWordOfACleanPage) {
  const Change change = voted(*recognizer_, clean_scan());
  EXPECT_EQ(change.after, change.before);
}

}  // namespace
}  // namespace eakte::ocr::reading

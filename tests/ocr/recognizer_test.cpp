#include "ocr/recognizer.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <leptonica/allheaders.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <sstream>

#include "ocr/error.h"
#include "ocr/inner_loops.h"
#include "ocr/read_page.h"
#include "tests/ocr/painted.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ocr {
namespace {

class RecognizerTest : public ::testing::Test {
protected:
  static void SetUpTestSuite() { recognizer_ = std::make_unique<Recognizer>(RecognizerOptions{}); }
  static void TearDownTestSuite() { recognizer_.reset(); }
  void SetUp() override { recognizer_->reset(); }

  static std::unique_ptr<Recognizer> recognizer_;
};

std::unique_ptr<Recognizer> RecognizerTest::recognizer_;

TEST_F(RecognizerTest, ReadsTheLinesOfAPage) {
  const PageText text = recognizer_->recognize(painted::letter());
  const std::string plain = plain_text(text);
  EXPECT_NE(plain.find("Town of Lindenfurt"), std::string::npos) << plain;
  EXPECT_NE(plain.find("The fee of 25 Euro is payable"), std::string::npos) << plain;
  EXPECT_GT(text.confidence, 0.8F);
  EXPECT_EQ(text.width, 1748);
  EXPECT_EQ(text.height, 2480);
}

TEST_F(RecognizerTest, NumbersLinesAndBlocksThroughThePageWithoutGaps) {
  const PageText text = recognizer_->recognize(painted::letter());
  ASSERT_FALSE(text.words.empty());
  EXPECT_EQ(text.words.front().line, 0);
  EXPECT_EQ(text.words.front().block, 0);
  for (size_t i = 1; i < text.words.size(); ++i) {
    const Word& before = text.words[i - 1];
    const Word& word = text.words[i];
    EXPECT_TRUE(word.line == before.line || word.line == before.line + 1);
    EXPECT_TRUE(word.block == before.block || word.block == before.block + 1);
    EXPECT_TRUE(word.block == before.block || word.line != before.line);
  }
}

TEST_F(RecognizerTest, PutsBoxesAroundTheWords) {
  const PageImage page = painted::letter();
  for (const Word& word : recognizer_->recognize(page).words) {
    const cv::Rect box(word.box.left, word.box.top, word.box.width, word.box.height);
    ASSERT_EQ(box & cv::Rect(0, 0, page.pixels.cols, page.pixels.rows), box);
    EXPECT_GT(cv::countNonZero(page.pixels(box) < 128), 0) << word.text;
    EXPECT_GE(word.confidence, 0.0F);
    EXPECT_LE(word.confidence, 1.0F);
  }
}

TEST_F(RecognizerTest, ReadsColourAndBlackAndWhiteLikeGrey) {
  PageImage colour = painted::letter();
  cv::cvtColor(colour.pixels, colour.pixels, cv::COLOR_GRAY2BGR);
  EXPECT_EQ(plain_text(recognizer_->recognize(colour)),
            plain_text(recognizer_->recognize(painted::letter())));
  PageImage bilevel = painted::letter();
  cv::threshold(bilevel.pixels, bilevel.pixels, 128, 255, cv::THRESH_BINARY);
  EXPECT_NE(plain_text(recognizer_->recognize(bilevel)).find("Town of Lindenfurt"), std::string::npos);
}

TEST_F(RecognizerTest, FindsNothingOnAnEmptyOrTinyPage) {
  const PageText text = recognizer_->recognize({cv::Mat(800, 600, CV_8UC1, cv::Scalar(255)), 100});
  EXPECT_TRUE(text.words.empty());
  EXPECT_EQ(text.confidence, 0.0F);
  EXPECT_TRUE(recognizer_->recognize({cv::Mat(1, 1, CV_8UC1, cv::Scalar(0)), 100}).words.empty());
}

TEST_F(RecognizerTest, RefusesAPageWithoutPixels) { EXPECT_THROW(recognizer_->recognize({}), Error); }

TEST_F(RecognizerTest, ReadsTheSameAfterResetWhateverWasReadBefore) {
  const PageText first = recognizer_->recognize(painted::letter());
  recognizer_->recognize(painted::noise(600, 400));
  recognizer_->recognize(turned(painted::letter(), 2));
  recognizer_->reset();
  const PageText again = recognizer_->recognize(painted::letter());
  ASSERT_EQ(again.words.size(), first.words.size());
  for (size_t i = 0; i < first.words.size(); ++i) {
    EXPECT_EQ(again.words[i].text, first.words[i].text);
    EXPECT_EQ(again.words[i].box, first.words[i].box);
    EXPECT_EQ(again.words[i].confidence, first.words[i].confidence);
  }
}

TEST_F(RecognizerTest, StandsInFrontOfLeptonicasPictureWriter) {
  Dl_info place{};
  ASSERT_NE(dladdr(dlsym(RTLD_DEFAULT, "pixWriteMem"), &place), 0);
  EXPECT_EQ(std::string(place.dli_fname).find("liblept"), std::string::npos)
      << "Tesseract compresses each line picture as PNG again: " << place.dli_fname;
}

TEST_F(RecognizerTest, SparesTheNeuralRecogniserTheTableOfConfusedLetters) {
  Dl_info place{};
  const char* name = "_ZN9tesseract13UnicharAmbigs13LoadUniversalERKNS_10UNICHARSETEPS1_";
  ASSERT_NE(dladdr(dlsym(RTLD_DEFAULT, name), &place), 0) << "Tesseract has no such function any more";
  EXPECT_EQ(std::string(place.dli_fname).find("libtesseract"), std::string::npos)
      << "each language takes a tenth of a second more to load: " << place.dli_fname;
}

/// Tesseract as it is, with its detour over PNG and all its tables.
std::string read_by_tesseract_alone(const PageImage& page) {
  tesseract::TessBaseAPI api;
  if (api.Init(nullptr, "deu+eng", tesseract::OEM_LSTM_ONLY) != 0) return "no models";
  api.SetPageSegMode(tesseract::PSM_AUTO);
  api.SetImage(page.pixels.data, page.pixels.cols, page.pixels.rows, 1, static_cast<int>(page.pixels.step));
  api.SetSourceResolution(page.dpi);
  api.Recognize(nullptr);
  const std::unique_ptr<tesseract::ResultIterator> position(api.GetIterator());
  std::string words;
  do {
    const std::unique_ptr<char[]> word(position->GetUTF8Text(tesseract::RIL_WORD));
    words += std::string(word.get()) + " " + std::to_string(position->Confidence(tesseract::RIL_WORD)) + "\n";
  } while (position->Next(tesseract::RIL_WORD));
  return words;
}

TEST_F(RecognizerTest, ReadsTheSameWithoutTheDetourOverPng) {
  std::string ours;
  for (const Word& word : recognizer_->recognize(painted::letter()).words) {
    ours += word.text + " " + std::to_string(word.confidence * 100.0F) + "\n";
  }
  const auto rounded = [](std::string text) {  // the share of 1 and back loses the last digits
    for (size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
      if (text.size() > dot + 3 && std::isdigit(static_cast<unsigned char>(text[dot + 1])) != 0) {
        text.erase(dot + 3, text.find('\n', dot) - dot - 3);
      }
    }
    return text;
  };
  EXPECT_EQ(rounded(ours), rounded(read_by_tesseract_alone(painted::letter())));
}

TEST_F(RecognizerTest, LeavesOtherUsersOfLeptonicaTheirPng) {
  PIX* pix = pixCreate(20, 20, 8);
  l_uint8* bytes = nullptr;
  size_t size = 0;
  ASSERT_EQ(pixWriteMem(&bytes, &size, pix, IFF_PNG), 0);
  EXPECT_EQ(std::string(reinterpret_cast<char*>(bytes) + 1, 3), "PNG");
  lept_free(bytes);
  pixDestroy(&pix);
}

TEST_F(RecognizerTest, ReadsTheSameAsTheTesseractProgramWithItsOwnInnerLoops) {
  if (std::string(tesseract::TessBaseAPI::Version()) != "5.3.0") {
    EXPECT_FALSE(inner_loops_replaced()) << "written for another version";
    GTEST_SKIP() << "Tesseract " << tesseract::TessBaseAPI::Version() << " runs its own inner loops";
  }
  EXPECT_TRUE(inner_loops_replaced());
  const testing::TemporaryDirectory directory;
  const std::string picture = (directory.path() / "page.png").string();
  const PageImage page = painted::letter();
  PIX* pix = pixCreate(page.pixels.cols, page.pixels.rows, 8);
  for (int y = 0; y < page.pixels.rows; ++y) {
    for (int x = 0; x < page.pixels.cols; ++x) pixSetPixel(pix, x, y, page.pixels.at<uchar>(y, x));
  }
  pixWrite(picture.c_str(), pix, IFF_PNG);
  pixDestroy(&pix);
  const std::string command = "OMP_THREAD_LIMIT=1 tesseract " + picture + " - -l deu+eng --oem 1 --dpi " +
                              std::to_string(page.dpi) + " 2>/dev/null";
  const std::unique_ptr<FILE, int (*)(FILE*)> program(popen(command.c_str(), "r"), pclose);
  ASSERT_NE(program, nullptr);
  std::istringstream words([&] {
    std::string text;
    for (int c = 0; (c = std::fgetc(program.get())) != EOF;) text += static_cast<char>(c);
    return text;
  }());
  const std::vector<std::string> theirs{std::istream_iterator<std::string>(words), {}};
  if (theirs.empty()) GTEST_SKIP() << "the program tesseract is not installed";
  std::vector<std::string> ours;
  for (const Word& word : recognizer_->recognize(page).words) ours.push_back(word.text);
  EXPECT_EQ(ours, theirs);
}

TEST_F(RecognizerTest, FindsTheOrientation) {
  for (int turns = 0; turns < 4; ++turns) {
    const auto found = recognizer_->detect_orientation(turned(painted::letter(), turns));
    if (!found && !std::filesystem::exists("/usr/share/tesseract-ocr/5/tessdata/osd.traineddata")) {
      GTEST_SKIP() << "osd.traineddata is not installed";
    }
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ((turns + found->quarter_turns) % 4, 0) << "page turned " << turns << " times";
    EXPECT_GT(found->confidence, 2.0);
  }
}

TEST_F(RecognizerTest, CannotTellTheOrientationOfAnEmptyPage) {
  EXPECT_FALSE(
      recognizer_->detect_orientation({cv::Mat(800, 600, CV_8UC1, cv::Scalar(255)), 100}).has_value());
}

TEST(Recognizer, RefusesModelsThatAreMissing) {
  EXPECT_THROW(Recognizer({.languages = "xyz", .tessdata = {}}), Error);
  EXPECT_THROW(Recognizer({.languages = "deu+xyz", .tessdata = {}}), Error);
  const testing::TemporaryDirectory empty;
  EXPECT_THROW(Recognizer({.languages = "deu", .tessdata = empty.path().string()}), Error);
}

TEST(Recognizer, WorksWithoutTheModelForOrientation) {
  const std::filesystem::path system = "/usr/share/tesseract-ocr/5/tessdata/eng.traineddata";
  if (!std::filesystem::exists(system)) GTEST_SKIP() << "no " << system;
  const testing::TemporaryDirectory only_english;
  std::filesystem::copy(system, only_english.path() / "eng.traineddata");
  Recognizer recognizer({.languages = "eng", .tessdata = only_english.path().string()});
  EXPECT_FALSE(recognizer.detect_orientation(painted::letter()).has_value());
  EXPECT_EQ(installed_languages(only_english.path().string()), std::vector<std::string>{"eng"});
}

TEST(InstalledLanguages, AreSortedAndWithoutOsd) {
  const std::vector<std::string> names = installed_languages();
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  EXPECT_NE(std::find(names.begin(), names.end(), "deu"), names.end());
  EXPECT_EQ(std::find(names.begin(), names.end(), "osd"), names.end());
}

TEST(RecognizerForASecondLook, HasTheLargerModelsWhereEachLanguageHasOne) {
  const std::filesystem::path system = "/usr/share/tesseract-ocr/5/tessdata";
  const eakte::testing::TemporaryDirectory best;
  std::filesystem::create_symlink(system / "eng.traineddata", best.path() / "eng.traineddata");
  Recognizer english({.languages = "eng", .tessdata = {}, .best_tessdata = best.path().string()});
  Recognizer& second = english.for_second_look();
  EXPECT_NE(&second, &english);
  EXPECT_EQ(&second, &english.for_second_look());
  const std::string plain = plain_text(second.recognize(painted::letter()));
  EXPECT_NE(plain.find("Town of Lindenfurt"), std::string::npos) << plain;
  Recognizer both({.languages = "eng+deu", .tessdata = {}, .best_tessdata = best.path().string()});
  EXPECT_EQ(&both.for_second_look(), &both);
  Recognizer without({.languages = "eng", .tessdata = {}});
  EXPECT_EQ(&without.for_second_look(), &without);
}

TEST(RecognizerForASecondLook, TellsOfALargerModelThatIsNone) {
  const eakte::testing::TemporaryDirectory best;
  std::ofstream(best.path() / "eng.traineddata") << "no model";
  Recognizer recognizer({.languages = "eng", .tessdata = {}, .best_tessdata = best.path().string()});
  EXPECT_THROW((void)recognizer.for_second_look(), Error);
}

}  // namespace
}  // namespace eakte::ocr

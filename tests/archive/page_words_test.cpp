#include "archive/page_words.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "archive/error.h"

namespace eakte::archive {
namespace {

std::vector<ocr::PageText> two_pages() {
  ocr::PageText first{2480, 3508, 300, {}, 0.93F};
  first.words = {{"Grüße", {120, 340, 210, 48}, 0.97F, 0, 0},
                 {"\"Stadt\"\\", {340, 340, 180, 48}, 0.42F, 0, 0}};
  ocr::PageText second{1240, 1754, 150, {}, 0.0F};
  return {first, second};
}

TEST(PageWords, HaveTheWrittenForm) {
  EXPECT_EQ(words_to_jsonl(two_pages()),
            R"({"number":1,"width":2480,"height":3508,"dpi":300,"confidence":0.93,"words":[)"
            R"(["Grüße",120,340,210,48,97,0,0],["\"Stadt\"\\",340,340,180,48,42,0,0]]})"
            "\n"
            R"({"number":2,"width":1240,"height":1754,"dpi":150,"confidence":0,"words":[]})"
            "\n");
}

TEST(PageWords, ComeBackAsTheyWere) {
  const auto pages = words_from_jsonl(words_to_jsonl(two_pages()));
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_EQ(pages[0].words.at(1).text, "\"Stadt\"\\");
  EXPECT_EQ(pages[0].words.at(0).box, (ocr::Box{120, 340, 210, 48}));
  EXPECT_FLOAT_EQ(pages[0].words.at(0).confidence, 0.97F);
  EXPECT_FLOAT_EQ(pages[0].confidence, 0.93F);
  EXPECT_EQ(pages[1].dpi, 150);
  EXPECT_EQ(words_to_jsonl(pages), words_to_jsonl(two_pages()));
}

TEST(PageWords, OnePageIsReadWithoutTheOthers) {
  const std::string jsonl =
      "not read\n" + words_to_jsonl(two_pages()).substr(words_to_jsonl(two_pages()).find('\n') + 1);
  EXPECT_EQ(page_words_from_jsonl(jsonl, 2).width, 1240);
  EXPECT_THROW(page_words_from_jsonl(jsonl, 1), Error);
  EXPECT_THROW(page_words_from_jsonl(jsonl, 3), NotFound);
  EXPECT_THROW(page_words_from_jsonl("", 1), NotFound);
}

TEST(PageWords, WhatIsNotWordsIsRefusedWithItsLine) {
  const std::string good = words_to_jsonl({ocr::PageText{10, 10, 300, {}, 1.0F}});
  for (const char* bad :
       {"{", "[]", R"({"number":2})",
        R"({"number":1,"width":1,"height":1,"dpi":1,"confidence":1,"words":[]})",
        R"({"number":2,"width":1e99,"height":1,"dpi":1,"confidence":1,"words":[]})",
        R"({"number":2,"width":99999999999,"height":1,"dpi":1,"confidence":1,"words":[]})",
        R"({"number":2,"width":18446744073709551615,"height":1,"dpi":1,"confidence":1,"words":[]})",
        R"({"number":2,"width":1,"height":1,"dpi":1,"confidence":7,"words":[]})",
        R"({"number":2,"width":1,"height":1,"dpi":1,"confidence":1,"words":[["a",1,2,3]]})",
        R"({"number":2,"width":1,"height":1,"dpi":1,"confidence":1,"words":[[1,1,2,3,4,5,6,7]]})"}) {
    try {
      words_from_jsonl(good + bad + "\n");
      ADD_FAILURE() << "accepted: " << bad;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos) << error.what();
    }
  }
}

TEST(PageWords, ForeignBytesDoNotBreakTheFile) {
  ocr::PageText page{10, 10, 300, {{"\xff\xfe", {}, 1.0F, 0, 0}}, 1.0F};
  EXPECT_EQ(words_from_jsonl(words_to_jsonl({page})).at(0).words.at(0).text, "\ufffd\ufffd");
}

TEST(PageWords, TextPagesEndWithAFormFeed) {
  const std::string text = pages_to_text(two_pages());
  EXPECT_EQ(std::ranges::count(text, '\f'), 2);
  EXPECT_TRUE(text.ends_with("\f"));
  EXPECT_TRUE(text.starts_with("Grüße "));
}

}  // namespace
}  // namespace eakte::archive

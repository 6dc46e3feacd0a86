#include "archive/pronom/pattern.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace eakte::archive {
namespace {

using namespace std::string_literals;

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

bool matches(const std::string& notation, const std::string& text, std::size_t first = 0,
             std::size_t last = 0) {
  const auto pattern = Pattern::parse(notation);
  if (!pattern) throw std::runtime_error(notation + " is not readable");
  return pattern->matches(ByteView(bytes_of(text)), first, last);
}

struct Case {
  const char* notation;
  std::string text;
  bool fits;
};

TEST(Pattern, UnderstandsTheNotationOfPronom) {
  const std::vector<Case> cases{
      {"255044462D312E34", "%PDF-1.4", true},
      {"255044462d312e34", "%PDF-1.4\n", true},
      {"255044462D312E34", "%PDF-1.5", false},
      {"255044462D312E[30:37]", "%PDF-1.7", true},
      {"255044462D312E[30:37]", "%PDF-1.8", false},
      {"41[!42]43", "AXC", true},
      {"41[!42]43", "ABC", false},
      {"41[!42:44]43", "ADC", false},
      {"41??43", "A\0C"s, true},
      {"41??43", "AC", false},
      {"41{2}43", "AxxC", true},
      {"41{2}43", "AxC", false},
      {"41{0-2}43", "AC", true},
      {"41{0-2}43", "AxxC", true},
      {"41{0-2}43", "AxxxC", false},
      {"41{3-*}43", "AxxC", false},
      {"41{3-*}43", "AxxxxxxxxxxC", true},
      {"41*43", "AxxxxxxxxC", true},
      {"41*43", "Axxxxxxxx", false},
      {"41(4242|43)44", "ACD", true},
      {"41(4242|43)44", "ABBD", true},
      {"41(4242|43)44", "ABD", false},
      {"(46|460A|460D0A)", "F", true},
      {"'Word.Document.' ['6'-'7'] 00", "Word.Document.7\0"s, true},
      {"'Word.Document.' ['6'-'7'] 00", "Word.Document.8\0"s, false},
      {"'office:version=' (22|27) '1.2' (22|27)", "office:version=\"1.2\"", true},
      {"[&01]", "\x03", true},
      {"[&01]", "\x02", false},
  };
  for (const Case& one : cases) EXPECT_EQ(matches(one.notation, one.text), one.fits) << one.notation;
}

TEST(Pattern, FindsEveryWayThroughAlternativesAndGaps) {
  EXPECT_TRUE(matches("(41|4142)*42", "AB"));
  EXPECT_TRUE(matches("(4142|41)*42", "AB"));
  EXPECT_TRUE(matches("41{0-5}42*43", "AxB-B-C"));
  EXPECT_TRUE(matches("(41|(42|4343)44)45", "CCDE"));
}

TEST(Pattern, BeginsWithinItsOffsets) {
  EXPECT_TRUE(matches("41", "xxA", 0, 2));
  EXPECT_FALSE(matches("41", "xxA", 0, 1));
  EXPECT_FALSE(matches("41", "xxA", 3, 100));
  EXPECT_FALSE(matches("41", "", 0, 100));
}

TEST(Pattern, ReadsFromTheEndWhenReversed) {
  const auto pattern = Pattern::parse("2525454F(46|460A)").value().reversed();
  const std::string text = "...%%EOF\n";
  const ByteView view(bytes_of(text), ByteView::From::end);
  EXPECT_TRUE(pattern.matches(view, 0, 0));
  EXPECT_FALSE(pattern.matches(view, 2, 5));
  const auto gap = Pattern::parse("504B0102{2-4}504B0506{3-9}").value().reversed();
  const std::string zip = "PK\1\2xxPK\5\6xxx";
  EXPECT_TRUE(gap.matches(ByteView(bytes_of(zip), ByteView::From::end), 0, 0));
}

TEST(Pattern, RefusesWhatItDoesNotKnow) {
  for (const char* notation : {"", "4", "4G", "(41", "41)", "[41", "{2", "{a}", "{3-2}", "''", "'ab", "[]",
                               "41|42", "(|41)", "&41", "{99999999999999999999}", "((((((((((41))))))))))"}) {
    EXPECT_FALSE(Pattern::parse(notation)) << notation;
  }
}

TEST(Pattern, GivesUpOnWhatIsMadeToBeSlow) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "AB";
  EXPECT_FALSE(matches("41*42*41*42*41*42*43", text, 0, text.size()));
  EXPECT_FALSE(matches("41{0-30000}41{0-30000}41{0-30000}43", text, 0, text.size()));
}

}  // namespace
}  // namespace eakte::archive

#include "ingest/separators.h"

#include <gtest/gtest.h>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

using ocr::Symbology;

/// Pages in shorthand: "." text, "_" empty, "T", "2", "3" patch codes, "P" a PATCHT bar code, "a" and "b"
/// numbers.
std::vector<archive::PageRecord> pages_of(const std::string& shorthand) {
  std::vector<archive::PageRecord> pages;
  for (const char c : shorthand) {
    archive::PageRecord page;
    page.number = static_cast<int>(pages.size()) + 1;
    page.blank = c == '_';
    std::vector<ocr::Code> codes;
    if (c == 'T' || c == '2' || c == '3' || c == '4')
      codes.push_back({Symbology::patch, std::string(1, c), {}});
    if (c == 'P') codes.push_back({Symbology::code39, "Patch T", {}});
    if (c == 'a') codes.push_back({Symbology::code128, "ASN00001", {}});
    if (c == 'b') codes.push_back({Symbology::qr, "ASN 00002", {}});
    if (c == 'x') codes.push_back({Symbology::code128, "ASNXYZ", {}});
    page.codes = codes_to_json(codes);
    pages.push_back(page);
  }
  return pages;
}

/// "1,2|4" for parts of pages 1 and 2, and 4.
std::string parts_of(const BatchPlan& plan) {
  std::string text;
  for (const std::vector<int>& part : plan.parts) {
    if (!text.empty()) text += '|';
    for (std::size_t i = 0; i < part.size(); ++i) text += (i > 0 ? "," : "") + std::to_string(part[i]);
  }
  return text;
}

TEST(Separators, CutABatchIntoItsDocuments) {
  const struct {
    const char* pages;
    const char* parts;
  } cases[] = {
      {"", ""},
      {"...", ""},
      {".T.", "1|3"},
      {"..T.P..", "1,2|4|6,7"},
      {"T..", "2,3"},           // a sheet in front makes no empty document
      {"..T", "1,2"},           // nor one behind
      {".TT.", "1|4"},          // nor two in a row
      {"TTT", ""},              // without a page beside them there is nothing to split
      {".T_.", "1|4"},          // the empty back of a sheet
      {"T_.._T_.", "3,4,5|8"},  // an empty page elsewhere stays
      {".T__.", "1|4,5"},       // a sheet has one back
      {"_.", ""},
      {".2.3", "1|2,3|4"},  // patch 2 and 3 stand on first pages
      {"2..", ""},          // one document, complete
      {"..4.", ""},         // patch 4 means something else
      {"a.b.", "1,2|3,4"},
      {"a.a.", ""},  // the label on every page
      {".Ta.b", "1|3,4|5"},
      {".x.", ""},  // no number
  };
  for (const auto& [pages, parts] : cases) {
    const BatchPlan plan = plan_batch(pages_of(pages), {});
    EXPECT_EQ(parts_of(plan), parts) << '"' << pages << '"';
    EXPECT_EQ(plan.roles.size(), std::string(pages).size());
  }
}

TEST(Separators, LoseNoPage) {
  for (const char* shorthand : {"T_.._T_.", ".TT.2_3a_b", "_T_T__"}) {
    const BatchPlan plan = plan_batch(pages_of(shorthand), {});
    if (plan.parts.empty()) continue;
    std::vector<int> all;
    for (const auto& part : plan.parts) all.insert(all.end(), part.begin(), part.end());
    for (std::size_t i = 0; i < plan.roles.size(); ++i) {
      const auto times = std::ranges::count(all, static_cast<int>(i) + 1);
      EXPECT_EQ(times, plan.roles[i] == BatchRole::page ? 1 : 0) << shorthand << ' ' << i;
    }
  }
}

TEST(Separators, FollowTheRulesThatAreSet) {
  EXPECT_EQ(parts_of(plan_batch(pages_of(".T."), {.split = false})), "");
  EXPECT_EQ(parts_of(plan_batch(pages_of(".2."), {.sheet_patches = "T2", .first_page_patches = ""})), "1|3");
  EXPECT_EQ(parts_of(plan_batch(pages_of("a.b."), {.number_prefix = ""})), "");
  EXPECT_EQ(parts_of(plan_batch(pages_of(".x."), {.sheet_texts = {"asn xyz"}})), "1|3");
}

TEST(Separators, KnowADocumentNumber) {
  const SeparatorRules rules;
  EXPECT_EQ(document_number("ASN00123", rules), "00123");
  EXPECT_EQ(document_number("asn 000123", rules), "000123");
  for (const char* text : {"ASN", "ASNXYZXYZ", "ASN12a", "00123", "XASN123", "ASN1234567890123456", ""})
    EXPECT_EQ(document_number(text, rules), "") << text;
}

TEST(Separators, ProposeNumbersAndCodesButNoSeparators) {
  auto pages = pages_of("aPT.a");
  pages[3].codes = codes_to_json({{Symbology::qr, "https://musterstadt.example/7", {}}});
  const auto proposals = proposals_of_codes(pages, {});
  ASSERT_EQ(proposals.size(), 2U);
  EXPECT_EQ(proposals[0].field, "archive_number");
  EXPECT_EQ(proposals[0].value, "ASN00001");
  EXPECT_EQ(proposals[0].reason, "Strichcode auf Seite 1");
  EXPECT_EQ(proposals[1].field, "code");
  EXPECT_EQ(proposals[1].reason, "QR-Code auf Seite 4");
}

TEST(Separators, ReadBackTheCodesTheyWrite) {
  const std::vector<ocr::Code> codes{{Symbology::data_matrix, "Größe \"7\"", {1, 2, 3, 4}},
                                     {Symbology::patch, "T", {}}};
  EXPECT_EQ(codes_from_json(codes_to_json(codes)), codes);
  EXPECT_TRUE(codes_from_json("[]").empty());
  for (const char* text : {"", "{}x", "[1]", R"([{"symbology":"qr","text":"a","box":[1,2,3]}])",
                           R"([{"symbology":"?","text":"a","box":[1,2,3,4]}])"})
    EXPECT_THROW(codes_from_json(text), Error) << text;
}

}  // namespace
}  // namespace eakte::ingest

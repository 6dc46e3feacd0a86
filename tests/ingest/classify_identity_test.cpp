#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "classify_sheet.h"
#include "ingest/classify.h"
#include "ingest/classify/identity_document.h"

namespace eakte::ingest {
namespace {

using eakte::testing::Sheet;

const archive::Date kToday{std::chrono::year(2026), std::chrono::March, std::chrono::day(10)};

/// The zone of the invented card of ICAO 9303's own example state.
Sheet card() {
  return Sheet()
      .at(30, 40, "Kopie des Ausweises", 4)
      .at(30, 60, "I<UTOD231458907<<<<<<<<<<<<<<<")
      .at(30, 65, "7408122F1204159UTO<<<<<<<<<<<6")
      .at(30, 70, "ERIKSSON<<ANNA<MARIA<<<<<<<<<<");
}

bool holds(const ocr::PageText& page, std::string_view piece) {
  return ocr::plain_text(page).find(piece) != std::string::npos;
}

/// All that a classification tells, in one text.
std::string told(const Classification& found) {
  const archive::DocumentFields& fields = found.fields;
  std::string text = fields.title + '\n' + fields.sender + '\n' + fields.recipient + '\n' + fields.reference;
  for (const archive::Proposal& proposal : found.proposals)
    text += '\n' + proposal.value + '\n' + proposal.reason;
  return text;
}

TEST(IdentityDocument, AZoneMarksItsPage) {
  const std::vector<ocr::PageText> pages{Sheet().at(25, 100, "Antrag auf Wohngeld").page(), card().page()};
  const Classification found = classify(pages, eakte::testing::small_plan(), nullptr, kToday);
  const auto mark = std::find_if(found.proposals.begin(), found.proposals.end(),
                                 [](const archive::Proposal& p) { return p.field == "identity_document"; });
  ASSERT_NE(mark, found.proposals.end());
  EXPECT_EQ(mark->value, "2");
  EXPECT_GT(mark->confidence, 0.9);
  EXPECT_FALSE(mark->reason.empty());
}

TEST(IdentityDocument, AZoneIsNeitherStoredNorToldButTheRestIs) {
  ocr::PageText page = card().page();
  withhold_from_storage(page);
  EXPECT_TRUE(holds(page, "Kopie des Ausweises"));
  EXPECT_FALSE(holds(page, "<"));
  EXPECT_FALSE(holds(page, "D231458907"));
  const std::string text = told(classify(card().pages(), eakte::testing::small_plan(), nullptr, kToday));
  EXPECT_EQ(text.find("D231458907"), std::string::npos);
  EXPECT_EQ(text.find("ERIKSSON"), std::string::npos);
}

TEST(IdentityDocument, AZoneIsKnownThoughMisreadOrCutIntoWords) {
  for (const char* line : {"IDD<<BRANDIS<<OLE<PAUL<<<<<<<<", "IDD KKBRANDISKKOLEKKKKKKKKKKKKKKK",
                           "P<D<<KÜHN<<IDA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
                           "LZ6311T475D<<8308126<2908017<<<<<<<4", "7408122F1204159UTO <<<< <<<<<<<6"}) {
    ocr::PageText page = Sheet().at(20, 100, line).page();
    EXPECT_TRUE(identity_page_of(page)) << line;
    withhold_from_storage(page);
    EXPECT_TRUE(page.words.empty()) << line;
  }
}

TEST(IdentityDocument, OrdinaryTextIsNoZone) {
  for (const char* line :
       {"BEKANNTMACHUNG DER GEMEINDE NIEDERBRUNN", "DE89 3704 0044 0532 0130 00", "<<< zurück zur Übersicht",
        "PLZ, ORT N RENTEN SEEN RE EEE EIS", "STRASSENVERKEHRSORDNUNGSWIDRIGKEIT",
        "5.4711.000382.6 55.10.10-382/26", "RE-26-004812 vom 12.02.2026"}) {
    ocr::PageText page = Sheet().at(20, 100, line).page();
    const std::size_t words = page.words.size();
    EXPECT_FALSE(identity_page_of(page)) << line;
    withhold_from_fields(page);
    EXPECT_EQ(page.words.size(), words) << line;
  }
}

TEST(IdentityDocument, TheFrontOfACardIsKnownByItsCaptions) {
  Sheet front;
  front.at(20, 20, "BUNDESREPUBLIK DEUTSCHLAND FEDERAL REPUBLIC OF GERMANY", 2)
      .at(20, 25, "PERSONALAUSWEIS IDENTITY CARD CARTE D'IDENTITÉ", 2)
      .at(20, 30, "Name/Surname/Nom", 2)
      .at(20, 34, "BRANDIS")
      .at(20, 38, "Staatsangehörigkeit/Nationality/Nationalité", 2)
      .at(20, 42, "DEUTSCH")
      .at(70, 20, "LZ6311T47");
  ASSERT_TRUE(identity_page_of(front.page()));
  ocr::PageText page = front.page();
  withhold_from_storage(page);
  EXPECT_FALSE(holds(page, "LZ6311T47"));
  EXPECT_TRUE(holds(page, "BRANDIS"));
}

TEST(IdentityDocument, ANumberALetterMentionsStaysInItsTextButBecomesNoField) {
  for (const char* line :
       {"Personalausweis Nr. LZ6311T47", "Ausweisnummer: LZ6311T475", "Reisepass-Nr.: C01X00T47",
        "Seriennummer LZ63 11T47", "Passport No. C01X00T47", "Ausweis-Nr. LZ63I1T4O7"}) {
    const Sheet letter =
        Sheet().at(25, 98, line).at(25, 108, "Sehr geehrte Frau Kühn,").at(25, 116, "anbei die Unterlagen.");
    EXPECT_FALSE(identity_page_of(letter.page())) << line;
    ocr::PageText page = letter.page();
    const std::size_t words = page.words.size();
    withhold_from_storage(page);
    EXPECT_EQ(page.words.size(), words) << line;
    const std::string text = told(classify(letter.pages(), eakte::testing::small_plan(), nullptr, kToday));
    EXPECT_EQ(text.find("T47"), std::string::npos) << line;
    EXPECT_EQ(text.find("LZ63"), std::string::npos) << line;
  }
}

TEST(IdentityDocument, TheCellBelowItsLabelIsWithheldToo) {
  const Sheet form = Sheet().at(22, 60, "Ausweis-Nr.", 1.8).at(24, 64, "LZ6311T47").at(80, 64, "Musterstadt");
  ocr::PageText page = form.page();
  withhold_from_fields(page);
  EXPECT_FALSE(holds(page, "LZ6311T47"));
  EXPECT_TRUE(holds(page, "Musterstadt"));
}

TEST(IdentityDocument, OtherNumbersStayFields) {
  const Sheet letter = Sheet()
                           .at(125, 53, "Unser Zeichen: LZ1234567")
                           .at(25, 98, "Rechnungsnummer: RG2024117")
                           .at(25, 104, "Kassenzeichen: 5.4711.000382.6");
  const Classification found = classify(letter.pages(), eakte::testing::small_plan(), nullptr, kToday);
  EXPECT_EQ(found.fields.reference, "LZ1234567");
  const std::string text = told(found);
  EXPECT_NE(text.find("RG2024117"), std::string::npos);
  EXPECT_NE(text.find("5.4711.000382.6"), std::string::npos);
}

}  // namespace
}  // namespace eakte::ingest

#include "ingest/classify/dates.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "classify_sheet.h"

namespace eakte::ingest {
namespace {

using eakte::testing::Sheet;

const archive::Date kToday{std::chrono::year(2026), std::chrono::March, std::chrono::day(10)};

struct Written {
  const char* text;
  const char* iso;  ///< of the first date; empty: none
};

class WrittenDates : public ::testing::TestWithParam<Written> {};

TEST_P(WrittenDates, AreReadAsPeopleWriteThem) {
  const std::vector<WrittenDate> found = dates_in(GetParam().text, kToday);
  EXPECT_EQ(found.empty() ? "" : archive::to_iso(found[0].date), GetParam().iso) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrittenDates,
    ::testing::Values(Written{"12.02.2026", "2026-02-12"}, Written{"1.2.2026", "2026-02-01"},
                      Written{"01. 02. 2026", "2026-02-01"}, Written{"09.12.25", "2025-12-09"},
                      Written{"9.12.87", "1987-12-09"}, Written{"31.12.27", "2027-12-31"},
                      Written{"31.12.28", "1928-12-31"}, Written{"12,02.2026", "2026-02-12"},
                      Written{"l2.02.2026", "2026-02-12"}, Written{"1O.03.2026", "2026-03-10"},
                      Written{"2026-02-12", "2026-02-12"}, Written{"12/02/2026", "2026-02-12"},
                      Written{"02/13/2026", "2026-02-13"}, Written{"12-02-2026", "2026-02-12"},
                      Written{"5. März 2026", "2026-03-05"}, Written{"5. Marz 2026", "2026-03-05"},
                      Written{"5. Mârz 2026", "2026-03-05"}, Written{"5.März 2026", "2026-03-05"},
                      Written{"05. Maerz 2026", "2026-03-05"}, Written{"den 21. Januar 2026", "2026-01-21"},
                      Written{"21. Januer 2026", "2026-01-21"}, Written{"21. Jänner 2026", "2026-01-21"},
                      Written{"14. Dczember 1987", "1987-12-14"}, Written{"14. Fcbruar 2026", "2026-02-14"},
                      Written{"20. Feb. 2026", "2026-02-20"}, Written{"20. FEB. 2026", "2026-02-20"},
                      Written{"3. Okt 25", "2025-10-03"}, Written{"1. Mai 2025", "2025-05-01"},
                      Written{"7. Juli 2025", "2025-07-07"}, Written{"7. Juni 2025", "2025-06-07"},
                      Written{"3 March 2026", "2026-03-03"}, Written{"3rd March 2026", "2026-03-03"},
                      Written{"March 3, 2026", "2026-03-03"}, Written{"Dec 24, 2025", "2025-12-24"},
                      Written{"2..-Juli 2023", "2023-07-02"}, Written{"(12.02.2026)", "2026-02-12"},
                      Written{"01.01.–31.01.2026", "2026-01-31"}, Written{"31.02.2026", ""},
                      Written{"32.01.2026", ""}, Written{"12.13.2026", ""}, Written{"0391 12.02", ""},
                      Written{"§ 12.2", ""}, Written{"1.234.567", ""}, Written{"192.168.10.20", ""},
                      Written{"5.4711.000382.6", ""}, Written{"A-12.02.2026", "2026-02-12"},
                      Written{"Version 3.10.2", ""}, Written{"12.02.202", ""}, Written{"12.02.20261", ""},
                      Written{"5. Straße 2026", ""}, Written{"", ""}, Written{"12.", ""},
                      Written{"12. 0ktober 2025", "2025-10-12"}, Written{"3. 0kt. 2025", "2025-10-03"},
                      Written{"5. Apri1 2025", "2025-04-05"}, Written{"5. Mrz. 2026", "2026-03-05"},
                      Written{"5. Sept. 2025", "2025-09-05"}, Written{"5. Mal 2025", "2025-05-05"},
                      Written{"5. Juii 2025", ""}, Written{"2026/02/12", "2026-02-12"},
                      Written{"2026-02/12", ""}, Written{"12.02 2026", "2026-02-12"}, Written{"12.02 26", ""},
                      Written{"12.02 1234", ""}, Written{"3rd of March 2026", "2026-03-03"},
                      Written{"March 3 2026", "2026-03-03"}, Written{"March 3rd, 2026", "2026-03-03"},
                      Written{"March 3, 3026", ""}, Written{"3. December 2025", "2025-12-03"},
                      Written{"3-Mar-2026", "2026-03-03"}, Written{"29.02.2024", "2024-02-29"},
                      Written{"29.02.2025", ""}));

TEST(WrittenDates, AllOfALineAreFoundWithTheirPlace) {
  const std::string line = "vom 01.01.2026 bis 31. Dezember 2027";
  const std::vector<WrittenDate> found = dates_in(line, kToday);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(line.substr(found[0].begin, found[0].end - found[0].begin), "01.01.2026");
  EXPECT_EQ(line.substr(found[1].begin, found[1].end - found[1].begin), "31. Dezember 2027");
}

TEST(WrittenDates, SlashesMayMeanEitherOrder) {
  EXPECT_TRUE(dates_in("03/04/2026", kToday)[0].ambiguous);
  EXPECT_FALSE(dates_in("13/04/2026", kToday)[0].ambiguous);
  EXPECT_FALSE(dates_in("03.04.2026", kToday)[0].ambiguous);
}

std::string date_of(const Sheet& sheet) {
  const std::optional<LetterDate> date = letter_date(layout_of(sheet.pages()), kToday);
  return date ? archive::to_iso(date->date) : "";
}

TEST(LetterDate, StandsInTheInformationBlock) {
  EXPECT_EQ(
      date_of(Sheet()
                  .at(125, 58, "Datum:")
                  .at(154, 58, "12.02.2026")
                  .at(25, 120, "Ihr Antrag vom 05.01.2026, geboren am 03.05.1980, fällig bis 16.03.2026")),
      "2026-02-12");
}

TEST(LetterDate, StandsBelowItsLabelInAReferenceLine) {
  EXPECT_EQ(date_of(Sheet()
                        .at(25, 95, "Ihr Zeichen")
                        .at(75, 95, "Unser Zeichen")
                        .at(150, 95, "Datum")
                        .at(25, 99, "51.10/17")
                        .at(75, 99, "Kä-22/26")
                        .at(150, 99, "03.02.2026")),
            "2026-02-03");
}

TEST(LetterDate, FollowsThePlaceInAPrivateLetter) {
  EXPECT_EQ(date_of(Sheet()
                        .at(140, 80, "Musterstadt, den 18. Februar 2026")
                        .at(25, 120, "Ihr Bescheid vom 27.01.2026")),
            "2026-02-18");
  EXPECT_EQ(date_of(Sheet().at(140, 80, "Klein Schönfeld, 27.01.2026")), "2026-01-27");
}

TEST(LetterDate, StandsAloneAtTheTopRight) {
  EXPECT_EQ(date_of(Sheet().at(160, 80, "3 March 2026")), "2026-03-03");
}

TEST(LetterDate, IsThatOfTheSignatureOnAForm) {
  EXPECT_EQ(date_of(Sheet()
                        .at(23, 40, "Geburtsdatum", 1.8)
                        .at(24, 44, "07.08.1991")
                        .at(24, 240, "Musterstadt, 23.02.2026")
                        .at(24, 247, "Ort, Datum", 1.8)),
            "2026-02-23");
}

TEST(LetterDate, IsNotTheStampOfReceipt) {
  EXPECT_EQ(date_of(Sheet()
                        .at(120, 36, "EINGEGANGEN", 4)
                        .at(122, 42, "20. Feb. 2026", 4)
                        .at(140, 80, "Musterstadt, 18.02.2026")),
            "2026-02-18");
}

TEST(LetterDate, IsNotADateInTheText) {
  EXPECT_EQ(date_of(Sheet().at(25, 120, "Der Bescheid vom 05.01.2026 ist am 07.01.2026 zugegangen.")), "");
  EXPECT_EQ(date_of(Sheet().at(125, 58, "Lieferdatum:").at(165, 58, "05.01.2026")), "");
  EXPECT_EQ(date_of(Sheet().at(125, 58, "Zeitraum:").at(165, 58, "01.01.2026")), "");
}

TEST(LetterDate, IsNotAfterTheDayAfterReceiptAndNotBefore1900) {
  EXPECT_EQ(date_of(Sheet().at(125, 58, "Datum: 11.03.2026")), "2026-03-11");
  EXPECT_EQ(date_of(Sheet().at(125, 58, "Datum: 12.03.2026")), "");
  EXPECT_EQ(date_of(Sheet().at(125, 58, "Datum: 31.12.1899")), "");
}

TEST(LetterDate, IsLessSureWhenTwoPlacesSpeakForDifferentDays) {
  const Sheet rivals = Sheet().at(125, 58, "Datum: 02.02.2026").at(125, 64, "Rechnungsdatum: 04.02.2026");
  EXPECT_LT(letter_date(layout_of(rivals.pages()), kToday)->confidence, 0.65);
}

}  // namespace
}  // namespace eakte::ingest

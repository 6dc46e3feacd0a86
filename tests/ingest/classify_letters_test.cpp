#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "classify_sheet.h"
#include "ingest/classify/dates.h"
#include "ingest/classify/deadlines.h"

namespace eakte::ingest {
namespace {

using eakte::testing::Sheet;

const archive::Date kToday{std::chrono::year(2026), std::chrono::March, std::chrono::day(10)};

struct Line {
  double x;
  double y;
  const char* text;
  double height = 2.8;
};

/// A letter whose places try to mislead.
struct Tricky {
  const char* name;
  std::vector<Line> lines;
  const char* date;  ///< ISO; empty: better unknown
};

void PrintTo(const Tricky& letter, std::ostream* out) { *out << letter.name; }

class TrickyLetters : public ::testing::TestWithParam<Tricky> {};

TEST_P(TrickyLetters, AreDatedByTheirOwnDateOrNotAtAll) {
  Sheet sheet;
  for (const Line& line : GetParam().lines) sheet.at(line.x, line.y, line.text, line.height);
  const std::optional<LetterDate> date = letter_date(layout_of(sheet.pages()), kToday);
  const bool believed = date && date->confidence >= 0.5;
  EXPECT_EQ(believed ? archive::to_iso(date->date) : "", GetParam().date)
      << GetParam().name << (date ? ": " + date->reason : "");
}

std::vector<Tricky> tricky_letters() {
  return {
      {"birth date above the letter's date",
       {{25, 53, "Herrn"}, {25, 58, "Ole Brandis, geb. 04.07.1978"}, {140, 85, "Musterstadt, 12.02.2026"}},
       "2026-02-12"},
      {"birth date alone beside its label",
       {{125, 53, "Geburtsdatum:"}, {160, 53, "04.07.1978"}, {125, 58, "Datum:"}, {160, 58, "12.02.2026"}},
       "2026-02-12"},
      {"only a birth date below its label", {{25, 60, "Geburtsdatum", 1.8}, {25, 64, "04.07.1978"}}, ""},
      {"a name with its birth date looks like a place",
       {{25, 130, "Anna Brandis, 12.03.1960"}, {25, 140, "wohnhaft in der Lindenstraße"}},
       ""},
      {"invoice with a period of service",
       {{125, 50, "Rechnungsdatum:"},
        {165, 50, "03.02.2026"},
        {125, 55, "Leistungszeitraum:"},
        {165, 55, "01.01.2026 - 31.01.2026"}},
       "2026-02-03"},
      {"invoice that names only the day of delivery",
       {{125, 50, "Lieferdatum:"},
        {165, 50, "03.02.2026"},
        {125, 55, "Bestelldatum:"},
        {165, 55, "01.02.2026"}},
       ""},
      {"invoice with both in one label", {{125, 50, "Rechnungs-/Lieferdatum: 03.02.2026"}}, "2026-02-03"},
      {"answer to a letter of another day",
       {{25, 95, "Ihr Schreiben vom"},
        {75, 95, "Unser Zeichen"},
        {150, 95, "Datum"},
        {25, 99, "12.01.2026"},
        {75, 99, "UV 17/26"},
        {150, 99, "03.02.2026"}},
       "2026-02-03"},
      {"answer whose own date is missing", {{25, 95, "Ihr Schreiben vom"}, {25, 99, "12.01.2026"}}, ""},
      {"DIN 5008 information block",
       {{125, 50, "Ihr Zeichen:"},
        {125, 54, "Ihre Nachricht vom: 05.01.2026"},
        {125, 58, "Unser Zeichen: 32.1-17/26"},
        {125, 62, "Unsere Nachricht vom: 20.12.2025"},
        {125, 66, "Datum: 09.02.2026"}},
       "2026-02-09"},
      {"information block of two columns without colons",
       {{125, 50, "Ihre Nachricht vom"},
        {165, 50, "05.01.2026"},
        {125, 55, "Datum"},
        {165, 55, "09.02.2026"}},
       "2026-02-09"},
      {"an unknown label is no date of the letter",
       {{125, 50, "Zählerstand am"}, {165, 50, "05.01.2026"}},
       ""},
      {"court letter with a hearing",
       {{150, 50, "Datum: 02.02.2026"},
        {25, 120, "Termin zur mündlichen Verhandlung:"},
        {60, 128, "Dienstag, 10. März 2026, 09:30 Uhr, Saal 12"}},
       "2026-02-02"},
      {"court letter with a hearing only", {{60, 90, "Dienstag, 10. März 2026, 09:30 Uhr, Saal 12"}}, ""},
      {"letter without a date",
       {{25, 53, "Frau"}, {25, 58, "Ida Kühn"}, {25, 110, "anbei der Bescheid vom 05.01.2026."}},
       ""},
      {"label in the footer",
       {{25, 100, "Sehr geehrte Damen und Herren,"}, {25, 282, "Datum: 02.02.2026", 2}},
       "2026-02-02"},
      {"edition of the form in the footer", {{25, 285, "Vordruck 112, Stand: 01.02.2024", 1.8}}, ""},
      {"a bare date in the footer", {{25, 285, "01.02.2024", 1.8}}, ""},
      {"label on the left", {{125, 60, "Datum"}, {150, 60, "02.02.2026"}}, "2026-02-02"},
      {"label above", {{150, 60, "Datum"}, {150, 64, "02.02.2026"}}, "2026-02-02"},
      {"label below, as on forms",
       {{25, 240, "Musterstadt, 02.02.2026"}, {25, 247, "Ort, Datum", 1.8}},
       "2026-02-02"},
      {"label with a misread letter", {{125, 60, "Dalum:"}, {150, 60, "02.02.2026"}}, "2026-02-02"},
      {"place and date written out", {{130, 80, "Musterstadt, den 3. März 2025"}}, "2025-03-03"},
      {"place without comma", {{130, 80, "Musterstadt den 03.03.2025"}}, "2025-03-03"},
      {"place with its postcode", {{130, 80, "39999 Musterstadt, den 03.03.2025"}}, "2025-03-03"},
      {"only den", {{150, 80, "den 03.03.2025"}}, "2025-03-03"},
      {"a committee is no place", {{25, 60, "Hauptausschuss, 03.03.2025"}}, ""},
      {"month with a slip", {{130, 80, "Musterstadt, den 3. Marz 2025"}}, "2025-03-03"},
      {"zero for O", {{130, 80, "Musterstadt, 12. 0ktober 2025"}}, "2025-10-12"},
      {"l for one", {{125, 60, "Datum: l2.03.2024"}}, "2024-03-12"},
      {"American order", {{150, 40, "March 3, 2025"}, {25, 90, "Dear Sir or Madam,"}}, "2025-03-03"},
      {"English with an ordinal", {{150, 40, "3rd of March 2025"}, {25, 90, "Dear Mr Kühn,"}}, "2025-03-03"},
      {"English at the left", {{25, 45, "3 March 2025"}, {25, 90, "Dear Ms Kühn,"}}, "2025-03-03"},
      {"slashes in an English letter may be either",
       {{150, 40, "Date: 03/04/2025"}, {25, 90, "Dear Sir, thank you for the letter and the form of May."}},
       ""},
      {"slashes in a German letter",
       {{150, 40, "Datum: 03/04/2025"}, {25, 90, "mit der Bitte um Prüfung und Rückgabe"}},
       "2025-04-03"},
      {"another date shows the order",
       {{150, 40, "Date: 03/04/2025"}, {25, 90, "Thank you for the order of 02/25/2025."}},
       "2025-03-04"},
      {"one order would lie in the future",
       {{150, 40, "Date: 02/04/2026"}, {25, 90, "for the attention of the clerk"}},
       "2026-02-04"},
      {"ISO", {{125, 60, "Datum: 2025-03-04"}}, "2025-03-04"},
      {"two-digit year", {{130, 80, "Musterstadt, 04.03.25"}}, "2025-03-04"},
      {"stamp of receipt beside the own date",
       {{120, 30, "EINGEGANGEN", 4},
        {122, 36, "20. FEB. 2026", 4},
        {125, 66, "Datum:"},
        {154, 66, "16.02.2026"}},
       "2026-02-16"},
      {"stamp of receipt only", {{120, 30, "EINGEGANGEN", 4}, {122, 36, "20.02.2026", 4}}, ""},
      {"stamp whose words were not read", {{122, 36, "20. FEB. 2026", 4}}, ""},
      {"received stamp in English", {{130, 30, "RECEIVED", 4}, {130, 36, "20 February 2026", 4}}, ""},
      {"stamp of the cash office", {{110, 90, "sachlich richtig", 3.5}, {110, 96, "20.02.2026", 3.5}}, ""},
      {"line of a fax machine",
       {{20, 4, "03.02.2026 14:33 FAX 03939 555", 2}, {140, 80, "Musterstadt, 02.02.2026"}},
       "2026-02-02"},
      {"line of a fax machine only", {{20, 4, "03.02.2026 14:33", 2}, {120, 4, "S. 1/2", 2}}, ""},
      {"printed mail",
       {{25, 30, "Von: Ole Brandis"},
        {25, 35, "Gesendet: Montag, 2. Februar 2026 14:33"},
        {25, 40, "An: Bauamt"}},
       "2026-02-02"},
      {"printed by a browser", {{15, 5, "02.02.2026, 14:33", 2}, {120, 5, "Terminvergabe online", 2}}, ""},
      {"a list of dates below its head",
       {{25, 60, "Datum"},
        {60, 60, "Vorgang"},
        {25, 65, "02.02.2026"},
        {60, 65, "Mahnung"},
        {25, 70, "04.02.2026"},
        {60, 70, "Zahlung"}},
       ""},
      {"meetings in a table",
       {{22, 34, "Gremium"},
        {102, 34, "Termin"},
        {22, 41, "Hauptausschuss"},
        {102, 41, "02.02.2026"},
        {22, 48, "Gemeinderat"},
        {102, 48, "09.02.2026"}},
       ""},
      {"issue of a gazette", {{20, 10, "AMTSBLATT", 8}, {150, 24, "Nr. 7 - 2. Februar 2026"}}, "2026-02-02"},
      {"gazette without issue line", {{20, 10, "AMTSBLATT", 8}, {20, 60, "Satzung vom 2. Februar 2026"}}, ""},
      {"validity",
       {{125, 60, "gültig bis: 02.02.2026"}, {125, 66, "gültig ab"}, {160, 66, "02.02.2025"}},
       ""},
      {"two labelled days", {{125, 58, "Datum: 02.02.2026"}, {125, 64, "Rechnungsdatum: 04.02.2026"}}, ""},
      {"date after the day of receipt", {{125, 58, "Datum: 02.04.2026"}}, ""},
      {"hand-dated form with the label below and cells",
       {{24, 60, "02.02.2026"}, {24, 66, "Datum, Unterschrift", 1.8}},
       "2026-02-02"},
  };
}

INSTANTIATE_TEST_SUITE_P(Table, TrickyLetters, ::testing::ValuesIn(tricky_letters()));

struct Due {
  const char* name;
  std::vector<Line> lines;
  const char* first;  ///< value of the best deadline; empty: none
};

void PrintTo(const Due& due, std::ostream* out) { *out << due.name; }

class Deadlines : public ::testing::TestWithParam<Due> {};

TEST_P(Deadlines, AreTheDaysByWhichTheReaderMustAct) {
  Sheet sheet;
  for (const Line& line : GetParam().lines) sheet.at(line.x, line.y, line.text, line.height);
  const Layout layout = layout_of(sheet.pages());
  const archive::Date letter{std::chrono::year(2026), std::chrono::February, std::chrono::day(12)};
  const std::vector<Finding> found = deadlines_of(layout, letter, kToday);
  EXPECT_EQ(found.empty() || found[0].confidence < 0.5 ? "" : found[0].value, GetParam().first)
      << GetParam().name << (found.empty() ? "" : ": " + found[0].reason);
}

std::vector<Due> due_letters() {
  return {
      {"payment",
       {{25, 120, "Bitte überweisen Sie 482,50 EUR bis zum 12.04.2026 auf unser Konto."}},
       "2026-04-12"},
      {"over the end of a line",
       {{25, 120, "Bitte legen Sie die Unterlagen bis zum"}, {25, 125, "12. April 2026 hier vor."}},
       "2026-04-12"},
      {"label", {{125, 60, "Frist:"}, {150, 60, "12.04.2026"}}, "2026-04-12"},
      {"label above", {{25, 60, "Zahlbar bis"}, {25, 64, "12.04.2026"}}, "2026-04-12"},
      {"payable by", {{25, 120, "zahlbar bis 12.04.2026"}}, "2026-04-12"},
      {"at the latest", {{25, 120, "Ihre Antwort erwarten wir spätestens am 12.04.2026."}}, "2026-04-12"},
      {"due on", {{25, 120, "Der Betrag wird am 12.04.2026 fällig."}}, "2026-04-12"},
      {"English", {{25, 120, "Due date: 12 April 2026"}}, "2026-04-12"},
      {"fourteen days, of an invoice",
       {{25, 120, "Zahlbar innerhalb von 14 Tagen ohne Abzug."}},
       "2026-02-26"},
      {"a month from the date of the invoice",
       {{25, 120, "Bitte zahlen Sie binnen eines Monats nach Rechnungsdatum."}},
       "2026-03-12"},
      {"a remedy",
       {{25, 220,
         "Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Widerspruch erhoben werden."}},
       "1 Monat nach Bekanntgabe"},
      {"two weeks in other words",
       {{25, 220, "Sie können innerhalb einer Frist von zwei Wochen nach Zustellung Einspruch einlegen."}},
       "2 Wochen nach Zustellung"},
      {"discount is no deadline", {{25, 220, "Bei Zahlung innerhalb von 10 Tagen 2 % Skonto."}}, ""},
      {"a period is none",
       {{25, 120, "Bitte beachten Sie den Zeitraum vom 01.03.2026 bis zum 31.03.2026."}},
       ""},
      {"validity is none", {{25, 120, "Der Ausweis ist bis zum 12.04.2026 gültig."}}, ""},
      {"opening times are none", {{25, 120, "Die Ausstellung ist bis zum 12.04.2026 geöffnet."}}, ""},
      {"a day before the letter is none", {{25, 120, "Sie wollten bis zum 10.02.2026 zahlen."}}, ""},
      {"the letter's date is none", {{125, 60, "Datum: 12.02.2026"}}, ""},
      {"a law of other years", {{25, 120, "Die Länder teilen dies spätestens bis zum 30.11.2034 mit."}}, ""},
  };
}

INSTANTIATE_TEST_SUITE_P(Table, Deadlines, ::testing::ValuesIn(due_letters()));

TEST(Deadlines, CountedMonthsEndWithTheMonth) {
  const archive::Date letter{std::chrono::year(2026), std::chrono::January, std::chrono::day(31)};
  const Layout layout =
      layout_of(Sheet().at(25, 120, "Zahlbar innerhalb eines Monats nach Rechnungsdatum.").pages());
  ASSERT_FALSE(deadlines_of(layout, letter, kToday).empty());
  EXPECT_EQ(deadlines_of(layout, letter, kToday)[0].value, "2026-02-28");
}

TEST(Deadlines, WithoutTheLettersDateStayWords) {
  const Layout layout = layout_of(Sheet().at(25, 120, "Zahlbar innerhalb von 14 Tagen.").pages());
  ASSERT_FALSE(deadlines_of(layout, std::nullopt, kToday).empty());
  EXPECT_EQ(deadlines_of(layout, std::nullopt, kToday)[0].value, "14 Tage ab dem Datum des Schreibens");
}

}  // namespace
}  // namespace eakte::ingest

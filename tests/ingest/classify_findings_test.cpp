#include <gtest/gtest.h>

#include <string>

#include "classify_sheet.h"
#include "ingest/classify/amounts.h"
#include "ingest/classify/folding.h"
#include "ingest/classify/ibans.h"
#include "ingest/classify/parties.h"
#include "ingest/classify/references.h"
#include "ingest/classify/subject.h"

namespace eakte::ingest {
namespace {

using eakte::testing::Sheet;

std::string best(const std::vector<Finding>& findings) { return findings.empty() ? "" : findings[0].value; }

Layout line(const char* text) { return layout_of(Sheet().at(25, 110, text).pages()); }

TEST(Folding, MakesWordsAlikeWhateverTheirMarks) {
  EXPECT_EQ(folded("Große GEBÜHR – „Höhe“"), "grosse gebuhr - \"hohe\"");
  EXPECT_EQ(folded("a\xFF\xC3"), "a??");
  EXPECT_TRUE(nearly_equal("geschaftszeichcn", "geschaftszeichen", 1));
  EXPECT_FALSE(nearly_equal("mai", "juni", 1));
}

struct ReferenceCase {
  const char* line;
  const char* reference;
};

class References : public ::testing::TestWithParam<ReferenceCase> {};

TEST_P(References, AreReadAfterTheirLabel) {
  EXPECT_EQ(best(references_of(line(GetParam().line))), GetParam().reference) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Table, References,
    ::testing::Values(ReferenceCase{"Unser Zeichen: 55.10.10-382/26", "55.10.10-382/26"},
                      ReferenceCase{"Aktenzeichen 61.10.30/1187", "61.10.30/1187"},
                      ReferenceCase{"Az.: 12.40.30-02217/26", "12.40.30-02217/26"},
                      ReferenceCase{"Az 5 K 112/25", "5 K 112/25"},
                      ReferenceCase{"Geschäftszeichen: UV-OM 112/2026", "UV-OM 112/2026"},
                      ReferenceCase{"Geschaftszeichen: Ku 4/88-3", "Ku 4/88-3"},
                      ReferenceCase{"Mein Zeichen: 2025-031 gw", "2025-031 gw"},
                      ReferenceCase{"Vorlage Nr.: 2026/0012", "2026/0012"},
                      ReferenceCase{
                          "Widerspruch gegen den Bescheid, Aktenzeichen 54.10.10-077/26, erhalten am",
                          "54.10.10-077/26"},
                      ReferenceCase{"Ihr Zeichen: 51.10.10-17", "51.10.10-17"},
                      ReferenceCase{"Unser Zeicben: 55.10.10-382/26", "55.10.10-382/26"},
                      ReferenceCase{"Unser Zeichen: 59,6-7136/24", "59.6-7136/24"},
                      ReferenceCase{"(siehe Aktenzeichen 54.10.10-077/26)", "54.10.10-077/26"},
                      ReferenceCase{"Das Aktenzeichen 54.10.10-077/26 an alle", "54.10.10-077/26"},
                      ReferenceCase{"Unser Zeichen: Frau Müller", ""}, ReferenceCase{"Unser Zeichen:", ""},
                      ReferenceCase{"Az.: vom 12.02.2026", ""},
                      ReferenceCase{"Das Aktenzeichen steht im Briefkopf.", ""}));

TEST(References, OwnOnesComeBeforeTheOneAnswered) {
  const Layout layout = layout_of(Sheet()
                                      .at(125, 53, "Ihr Zeichen:")
                                      .at(154, 53, "51.10.10-17")
                                      .at(125, 58, "Unser Zeichen:")
                                      .at(154, 58, "UV 112/26")
                                      .pages());
  const std::vector<Finding> found = references_of(layout);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].value, "UV 112/26");
  EXPECT_EQ(found[1].value, "51.10.10-17");
  EXPECT_GT(found[0].confidence, found[1].confidence);
  EXPECT_NE(found[0].reason.find("Unser Zeichen"), std::string::npos);
}

TEST(References, PaymentAndInvoiceNumbersAreFindingsOfTheirOwn) {
  EXPECT_EQ(best(payment_references_of(line("Kassenzeichen: 5.4711.000382.6"))), "5.4711.000382.6");
  EXPECT_EQ(best(payment_references_of(line("unter Angabe des Kassenzeichens 5.6130.001187.2 oder"))),
            "5.6130.001187.2");
  EXPECT_EQ(best(invoice_numbers_of(line("Rechnungs-Nr.: RE-26-004812"))), "RE-26-004812");
  EXPECT_EQ(best(invoice_numbers_of(line("Rechnung Nr. 25/1873"))), "25/1873");
  EXPECT_EQ(best(invoice_numbers_of(line("Rechnung über Büromaterial"))), "");
}

struct IbanCase {
  const char* text;
  const char* iban;
};

class Ibans : public ::testing::TestWithParam<IbanCase> {};

TEST_P(Ibans, CountOnlyWithRightCheckDigits) {
  EXPECT_EQ(best(ibans_of(line(GetParam().text))), GetParam().iban) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Ibans,
    ::testing::Values(
        IbanCase{"IBAN DE89 3704 0044 0532 0130 00", "DE89370400440532013000"},
        IbanCase{"DE89370400440532013000", "DE89370400440532013000"},
        IbanCase{"IBAN: DE89 3704 0044 0532 0130 00, BIC COBADEFFXXX", "DE89370400440532013000"},
        IbanCase{"de89 3704 0044 0532 0130 00", "DE89370400440532013000"},
        IbanCase{"IBAN DE89 37O4 0044 0532 0130 00", "DE89370400440532013000"},
        IbanCase{"IBAN DE89 3704 0044 0532 0l30 00", "DE89370400440532013000"},
        IbanCase{"IBAN DE88 3704 0044 0532 0130 00", ""}, IbanCase{"IBAN DE89 3704 0044 0532 0130 0", ""},
        IbanCase{"IBAN DE89 3704 0044 0532 0130 001", ""},
        IbanCase{"AT61 1904 3002 3457 3201", "AT611904300234573201"},
        IbanCase{"GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"},
        IbanCase{"XX89 3704 0044 0532 0130 00", ""}, IbanCase{"FADE89 3704 0044 0532 0130 00", ""}));

TEST(Ibans, AreOnlyPutRightWhereOneWayFits) {
  // B stands for 8 or 3, S for 5 or 8: of all ways one has right check digits.
  EXPECT_EQ(best(ibans_of(line("IBAN DEB9 37O4 0044 0S32 0I30 00"))), "DE89370400440532013000");
  EXPECT_EQ(best(ibans_of(line("IBAN 0E89 3704 0044 0532 0130 00"))), "DE89370400440532013000");
  EXPECT_EQ(best(ibans_of(line("IBAN DE89 | 3704 | 0044 | 0532 | 0130 | 00"))), "DE89370400440532013000");
  // A digit misread for another one fits in several ways and is left alone.
  EXPECT_EQ(best(ibans_of(line("IBAN DE89 3704 0044 0532 0130 08"))), "");
}

TEST(Ibans, MayGoOnInTheNextLine) {
  EXPECT_EQ(best(ibans_of(layout_of(Sheet()
                                        .at(25, 200, "auf unser Konto DE89 3704")
                                        .at(25, 205, "0044 0532 0130 00. Vielen Dank")
                                        .pages()))),
            "DE89370400440532013000");
}

TEST(Ibans, PutRightAreLessSure) {
  EXPECT_GT(ibans_of(line("DE89 3704 0044 0532 0130 00"))[0].confidence,
            ibans_of(line("DE89 37O4 0044 0532 0130 00"))[0].confidence);
}

struct AmountCase {
  const char* line;
  const char* amount;
};

class Amounts : public ::testing::TestWithParam<AmountCase> {};

TEST_P(Amounts, AreReadInGermanAndEnglishSpelling) {
  EXPECT_EQ(best(amounts_of(line(GetParam().line))), GetParam().amount) << GetParam().line;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Amounts,
    ::testing::Values(AmountCase{"Gesamtbetrag 482,50 EUR", "482.50"},
                      AmountCase{"Rechnungsbetrag in EUR 3.080,43", "3080.43"},
                      AmountCase{"EUR 12,00", "12.00"}, AmountCase{"1.234.567,89 €", "1234567.89"},
                      AmountCase{"2.500 EUR", "2500.00"}, AmountCase{"Total due 1,302.46 EUR", "1302.46"},
                      AmountCase{"0,50 €", "0.50"}, AmountCase{"12.02.2026", ""},
                      AmountCase{"§ 4 Nr. 2.1", ""}, AmountCase{"5.4711.000382.6", ""},
                      AmountCase{"eine Breite von 1,80 m", ""}, AmountCase{"Wohnfläche 71,50 m²", ""},
                      AmountCase{"zzgl. 19,00 % USt.", ""}, AmountCase{"03939 555-231", ""},
                      AmountCase{"0,00 EUR", ""}, AmountCase{"im Jahr 2026", ""}));

TEST(Amounts, TheTotalToPayComesFirst) {
  const Layout layout = layout_of(Sheet()
                                      .at(125, 150, "Nettobetrag")
                                      .at(180, 150, "2.588,60")
                                      .at(125, 156, "zzgl. 19 % USt.")
                                      .at(180, 156, "491,83")
                                      .at(125, 162, "Rechnungsbetrag in EUR")
                                      .at(180, 162, "3.080,43")
                                      .pages());
  const std::vector<Finding> found = amounts_of(layout);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].value, "3080.43");
  EXPECT_EQ(found[0].reason, "Gesamtbetrag");
  EXPECT_GT(found[0].confidence, 0.9);
  EXPECT_LT(found[1].confidence, 0.5);
}

double confidence_of(const std::vector<Finding>& findings, const char* value) {
  for (const Finding& finding : findings) {
    if (finding.value == value) return finding.confidence;
  }
  return 0;
}

TEST(Amounts, WithoutATotalNoneIsLikely) {
  const Layout layout =
      layout_of(Sheet()
                    .at(25, 110, "Die Gebühr je Stunde beträgt 24,50 EUR, für Kinder 12,00 EUR.")
                    .at(25, 116, "Im Haushalt stehen Mittel in Höhe von 150.612,36 Euro.")
                    .pages());
  for (const Finding& amount : amounts_of(layout)) EXPECT_LT(amount.confidence, 0.5) << amount.value;
}

TEST(Amounts, ThatAddUpAreATotalWithoutItsLabel) {
  const Layout layout = layout_of(Sheet()
                                      .at(25, 110, "Miete Festzelt")
                                      .at(170, 110, "1.200,00")
                                      .at(25, 116, "Aufbau")
                                      .at(173.5, 116, "350,50")
                                      .at(170, 124, "1.550,50")
                                      .pages());
  EXPECT_EQ(best(amounts_of(layout)), "1550.50");
  EXPECT_GT(amounts_of(layout)[0].confidence, 0.6);
}

TEST(Amounts, TwoTotalsThatDifferWeakenEachOther) {
  const Layout layout = layout_of(
      Sheet().at(25, 110, "Gesamtbetrag 482,50 EUR").at(25, 130, "Rechnungsbetrag 512,00 EUR").pages());
  EXPECT_LT(amounts_of(layout)[0].confidence, 0.7);
}

TEST(Amounts, OfASentenceAreTheLettersWhenTheyAreToBePaid) {
  EXPECT_GT(
      confidence_of(
          amounts_of(line(
              "Bitte überweisen Sie den Gesamtbetrag von 482,50 EUR bis zum Monatsende auf unser Konto.")),
          "482.50"),
      0.7);
  EXPECT_LT(confidence_of(
                amounts_of(line(
                    "Die Gesamtsumme der Maßnahme in der Südstadt liegt nach Schätzung bei 3.000.000 Euro.")),
                "3000000.00"),
            0.5);
}

TEST(Amounts, AreReadThoughLabelOrBlankWasMisread) {
  EXPECT_EQ(best(amounts_of(line("Rechnungsbetrag in EUR24.375,19"))), "24375.19");
  EXPECT_GT(amounts_of(line("Gesamtbetrog 482,50"))[0].confidence, 0.9);
}

TEST(Parties, TheSmallLineAboveTheWindowNamesTheSender) {
  const Layout layout =
      layout_of(Sheet()
                    .at(25, 46, "Stadt Musterstadt (Altmark) · Marktplatz 1 · 39999 Musterstadt", 1.8)
                    .at(25, 53, "Frau")
                    .at(25, 58, "Gisela Körtge")
                    .at(25, 63, "Lindenstraße 14")
                    .at(25, 68, "39999 Musterstadt")
                    .at(25, 120, "für die Wahlgrabstätte setzen wir folgende Gebühren fest:")
                    .at(25, 126, "Bitte zahlen Sie den Betrag bis zum Monatsende.")
                    .pages());
  EXPECT_EQ(best(senders_of(layout)), "Stadt Musterstadt (Altmark)");
  EXPECT_EQ(best(recipients_of(layout)), "Gisela Körtge");
}

TEST(Parties, TheSmallLineEndsItsNameAtADashOnTheWord) {
  for (const auto& [line, name] :
       {std::pair{"Kreisstadt Bergnau- Obere Mühlgasse 16b, 39999 Bergnau", "Kreisstadt Bergnau"},
        {"Gemeinde Ober- und Unterdorf · Anger 1 · 39999 Oberdorf", "Gemeinde Ober- und Unterdorf"}}) {
    const Layout layout = layout_of(Sheet()
                                        .at(25, 46, line, 1.8)
                                        .at(25, 53, "Frau")
                                        .at(25, 58, "Gisela Körtge")
                                        .at(25, 68, "39999 Musterstadt")
                                        .at(25, 120, "für die Wahlgrabstätte setzen wir Gebühren fest:")
                                        .pages());
    EXPECT_EQ(best(senders_of(layout)), name);
  }
}

TEST(Parties, APrivateLetterBeginsWithItsSender) {
  const Layout layout = layout_of(Sheet()
                                      .at(25, 14, "Renate Süßmilch")
                                      .at(25, 19, "Am Mühlengraben 9")
                                      .at(25, 24, "39999 Musterstadt")
                                      .at(25, 53, "Stadt Musterstadt")
                                      .at(25, 58, "Bauamt")
                                      .at(25, 63, "Marktplatz 1")
                                      .at(25, 68, "39999 Musterstadt")
                                      .pages());
  EXPECT_EQ(best(senders_of(layout)), "Renate Süßmilch");
  EXPECT_EQ(best(recipients_of(layout)), "Stadt Musterstadt");
}

TEST(Parties, AFirmInTheHeadIsTheSenderThoughItsLogoIsTaller) {
  const Layout layout = layout_of(Sheet()
                                      .at(25, 14, "STRASSENBAU", 7)
                                      .at(120, 15, "Straßenbau Weißgerber KG", 4)
                                      .at(120, 21, "Am Kieswerk 2")
                                      .pages());
  EXPECT_EQ(best(senders_of(layout)), "Straßenbau Weißgerber KG");
}

TEST(Parties, AFormNamesThePersonInItsCells) {
  const Layout layout = layout_of(Sheet()
                                      .at(22, 12, "Stadt Musterstadt", 3)
                                      .at(23, 38, "Familienname", 1.8)
                                      .at(109, 38, "Vorname", 1.8)
                                      .at(24, 42, "Jänicke")
                                      .at(110, 42, "Änne")
                                      .pages());
  EXPECT_EQ(best(senders_of(layout)), "Änne Jänicke");
}

TEST(Subject, IsTheLineBeforeTheSalutation) {
  const Layout layout = layout_of(Sheet()
                                      .at(25, 98, "Gebührenbescheid", 4.2)
                                      .at(25, 107, "Festsetzung der Hundesteuer für das")
                                      .at(25, 112, "Kalenderjahr 2026")
                                      .at(25, 121, "Sehr geehrter Herr Wößner,")
                                      .pages());
  ASSERT_TRUE(subject_of(layout));
  EXPECT_EQ(subject_of(layout)->value, "Festsetzung der Hundesteuer für das Kalenderjahr 2026");
}

TEST(Subject, FollowsItsLabel) {
  EXPECT_EQ(subject_of(line("Betreff: Straßenbeleuchtung am Friedhof"))->value,
            "Straßenbeleuchtung am Friedhof");
  EXPECT_FALSE(subject_of(line("Nur ein Satz.")));
}

}  // namespace
}  // namespace eakte::ingest

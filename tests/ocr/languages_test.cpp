#include "ocr/languages.h"

#include <gtest/gtest.h>

#include "tests/support/page_painter.h"

namespace eakte::ocr {
namespace {

struct Sample {
  const char* language;
  const char* text;
};

// Invented sentences of letters to an office; each also with its marks lost, as a reading in German leaves
// them.
const Sample samples[] = {
    {"deu",
     "Sehr geehrte Damen und Herren, hiermit beantrage ich die Erstattung der Gebühren für das Jahr 2026. "
     "Das Formular ist von mir ausgefüllt und liegt bei. Ich bitte um eine Antwort bis zum 1. März."},
    {"eng",
     "Dear Sir or Madam, I would like to ask for a copy of the certificate which was issued to you by the "
     "office. The fee has been paid and the receipt is enclosed with this letter."},
    {"fra",
     "Madame, Monsieur, je vous prie de trouver dans cette enveloppe les documents que vous avez demandés "
     "pour le dossier de la famille. Nous sommes à votre disposition et restons dans l'attente."},
    {"fra",
     "je vous prie de trouver dans cette enveloppe les documents que vous avez demandes pour le dossier"},
    {"pol",
     "Szanowni Państwo, proszę o wydanie zaświadczenia, które jest potrzebne dla mojej rodziny. Dokumenty "
     "zostały złożone w roku 2025 i nie zostały zwrócone przez urząd. Proszę o odpowiedź na ten list."},
    {"pol",
     "prosze o wydanie zaswiadczenia, ktore jest potrzebne dla mojej rodziny, nie zostaly zwrocone przez "
     "urzad"},
    {"tur",
     "Sayın yetkili, bu belge ile birlikte oturma izni için başvuru yapmak istiyorum. Gerekli evraklar ekte "
     "ve bir kopya olarak gönderilmiştir. Daha sonra bilgi verilmesi için teşekkür ederim."},
    {"", "12.03.2026 4711 EUR 30,00"},
    {"", ""},
    {"", "Müller Schmidt Hauptstraße Musterstadt"},
};

TEST(Languages, AreGuessedFromFunctionWords) {
  for (const Sample& sample : samples) {
    EXPECT_EQ(guess_language(sample.text).language, sample.language) << sample.text;
  }
}

TEST(Languages, OfATextOfTwoAreNotGuessed) {
  EXPECT_EQ(guess_language("der die das und ist nicht mit von the of and to is that for with").language, "");
}

TEST(Languages, WithoutAnInstalledModelLeaveTheFirstReading) {
  Recognizer usual({.languages = "deu+eng", .tessdata = {}});
  const auto none_but_usual = [&](const std::string& languages) {
    return languages == usual_languages ? &usual : nullptr;
  };
  const ReadPage page = read_page_in_its_language(
      none_but_usual,
      testing::painted_page({"JE VOUS PRIE DE TROUVER DANS CETTE ENVELOPPE",
                             "LES DOCUMENTS POUR LE DOSSIER DE LA",
                             "FAMILLE QUE VOUS AVEZ DEMANDES ET QUI EST", "SUR LA TABLE AVEC NOUS"}));
  EXPECT_NE(plain_text(page.text).find("ENVELOPPE"), std::string::npos) << plain_text(page.text);
  ASSERT_FALSE(page.steps.empty());
  EXPECT_EQ(page.steps.back().name, "language");
  EXPECT_FALSE(page.steps.back().applied);
}

TEST(Languages, OfAGermanPageCostNoSecondReading) {
  Recognizer usual({.languages = "deu+eng", .tessdata = {}});
  int asked = 0;
  const ReadPage page = read_page_in_its_language(
      [&](const std::string&) {
        ++asked;
        return &usual;
      },
      testing::painted_page({"DER ANTRAG IST MIT DER POST GEKOMMEN UND", "WIRD VON UNS BEARBEITET"}));
  EXPECT_EQ(asked, 1);
  EXPECT_NE(plain_text(page.text).find("ANTRAG"), std::string::npos);
}

}  // namespace
}  // namespace eakte::ocr

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "ingest/classify.h"
#include "ingest/error.h"
#include "tests/support/temporary_directory.h"

namespace eakte::ingest {
namespace {

std::vector<TrainingText> sample_texts(const char* file) {
  return read_training_texts(std::filesystem::path(EAKTE_SAMPLES) / file);
}

const TypeModel& sample_model() {
  static const TypeModel model = TypeModel::train(sample_texts("training.tsv"));
  return model;
}

const std::vector<TrainingText> kTwoTypes{{"Rechnung", "Rechnung Nettobetrag Umsatzsteuer zahlbar"},
                                          {"Rechnung", "Rechnung Betrag Umsatzsteuer Konto"},
                                          {"Rechnung", "Rechnung Nettobetrag Konto zahlbar"},
                                          {"Satzung", "Satzung Paragraph Inkrafttreten Geltungsbereich"},
                                          {"Satzung", "Satzung Inkrafttreten beschlossen"},
                                          {"Satzung", "Satzung Paragraph beschlossen Geltungsbereich"}};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(TypeModel, RecognisesThreeOfFourTextsInWordingItHasNotSeen) {
  const std::vector<TrainingText> texts = sample_texts("training_held_out.tsv");
  std::size_t right = 0, sure = 0, sure_and_right = 0;
  for (const TrainingText& text : texts) {
    const std::vector<TypeModel::Guess> guesses = sample_model().guess(text.text);
    const bool hit = guesses[0].value == text.document_type;
    right += hit ? 1 : 0;
    sure += guesses[0].confidence >= 0.6 ? 1 : 0;
    sure_and_right += hit && guesses[0].confidence >= 0.6 ? 1 : 0;
  }
  ASSERT_GT(texts.size(), 300U);
  std::printf("%zu of %zu right; of %zu sure ones %zu right\n", right, texts.size(), sure, sure_and_right);
  EXPECT_GE(static_cast<double>(right), 0.75 * static_cast<double>(texts.size()));
  // The belief is honest: what it is sure of is nearly always right.
  EXPECT_GT(sure, texts.size() / 3);
  EXPECT_GE(static_cast<double>(sure_and_right), 0.82 * static_cast<double>(sure));
}

TEST(TypeModel, BeliefsOfItsTypesAddUpToAtMostOne) {
  double sum = 0;
  for (const TypeModel::Guess& guess :
       sample_model().guess("Gegen diesen Bescheid kann Widerspruch erhoben werden."))
    sum += guess.confidence;
  EXPECT_LE(sum, 1.0001);
}

TEST(TypeModel, IsNotSureOfATextThatIsNoneOfItsTypes) {
  for (const char* text :
       {"", "qwrtz 12 xx",
        "Die Amsel sang im Apfelbaum, und der Wind trug den Duft von Heu über die Hügel."}) {
    EXPECT_LT(sample_model().guess(text)[0].confidence, 0.5) << text;
  }
}

TEST(TypeModel, GuessesTheSameAfterSavingAndLoading) {
  const eakte::testing::TemporaryDirectory directory;
  const auto file = directory.path() / "types.model";
  sample_model().save(file);
  EXPECT_LT(std::filesystem::file_size(file), 3'000'000U);
  const TypeModel loaded = TypeModel::load(file);
  for (const char* text : {"Rechnung Nr. 12 Nettobetrag", "hiermit kündige ich den Mietvertrag",
                           "Beschlussvorlage für den Stadtrat"}) {
    const auto before = sample_model().guess(text);
    const auto after = loaded.guess(text);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].value, after[i].value);
      EXPECT_NEAR(before[i].confidence, after[i].confidence, 1e-5);
    }
  }
}

TEST(TypeModel, TrainsToTheSameBytes) {
  const eakte::testing::TemporaryDirectory directory;
  TypeModel::train(kTwoTypes).save(directory.path() / "a");
  TypeModel::train(kTwoTypes).save(directory.path() / "b");
  EXPECT_EQ(bytes_of(directory.path() / "a"), bytes_of(directory.path() / "b"));
}

TEST(TypeModel, LearnsTwoTypes) {
  const TypeModel model = TypeModel::train(kTwoTypes);
  EXPECT_EQ(model.guess("Rechnung Umsatzsteuer")[0].value, "Rechnung");
  EXPECT_EQ(model.guess("Satzung beschlossen")[0].value, "Satzung");
}

TEST(TypeModel, NeedsTwoTypes) {
  EXPECT_THROW(TypeModel::train({}), Error);
  EXPECT_THROW(TypeModel::train({{"Rechnung", "a b c d"}, {"Rechnung", "b c d e"}}), Error);
}

TEST(TypeModel, TellsHowGoodItIsOnTextsItHasNotSeen) {
  const ModelReport& report = sample_model().type_report();
  EXPECT_EQ(report.texts, static_cast<int>(sample_texts("training.tsv").size()));
  EXPECT_GT(report.accuracy, 0.5);
  EXPECT_LT(report.accuracy, 0.999);
  EXPECT_EQ(sample_model().entry_report().texts, 0);
  EXPECT_TRUE(sample_model().guess_entry("Rechnung").empty());
  EXPECT_EQ(sample_model().generation(), 0U);
}

TEST(TypeModel, RefusesADamagedFile) {
  const eakte::testing::TemporaryDirectory directory;
  const auto file = directory.path() / "types.model";
  TypeModel::train(kTwoTypes).save(file);
  const std::string good = bytes_of(file);
  EXPECT_NO_THROW(TypeModel::load(file));
  for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 97) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    write(file, bad);
    EXPECT_THROW(TypeModel::load(file), Error) << "byte " << at;
    write(file, good.substr(0, at));
    EXPECT_THROW(TypeModel::load(file), Error) << "cut at " << at;
  }
  write(file, good + "x");
  EXPECT_THROW(TypeModel::load(file), Error);
  EXPECT_THROW(TypeModel::load(directory.path() / "absent"), Error);
}

TEST(TypeModel, RefusesAnInvalidFileWithARightChecksum) {
  const eakte::testing::TemporaryDirectory directory;
  const auto file = directory.path() / "types.model";
  TypeModel::train(kTwoTypes).save(file);
  const std::string good = bytes_of(file);
  // Every single byte of the content is changed and the checksum made to fit; loading and guessing must stay
  // sound.
  int refused = 0;
  for (std::size_t at = 20; at + 8 < good.size(); at += 1 + good.size() / 211) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x81);
    std::uint64_t hash = 14695981039346656037ULL;
    for (std::size_t i = 20; i + 8 < bad.size(); ++i)
      hash = (hash ^ static_cast<unsigned char>(bad[i])) * 1099511628211ULL;
    for (std::size_t i = 0; i < 8; ++i)
      bad[bad.size() - 8 + i] = static_cast<char>(static_cast<unsigned char>(hash >> (8 * i)));
    write(file, bad);
    try {
      EXPECT_EQ(TypeModel::load(file).guess("Rechnung Satzung").size(), 2U);
    } catch (const Error&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
}

TEST(TrainingTexts, NameTheLineThatIsWrong) {
  const eakte::testing::TemporaryDirectory directory;
  write(directory.path() / "t.tsv", "Rechnung\tein Text\nohne Tabulator\n");
  try {
    read_training_texts(directory.path() / "t.tsv");
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("line 2"), std::string::npos);
  }
}

TEST(TrainingTexts, MayHaveAGroupAndLineBreaks) {
  const eakte::testing::TemporaryDirectory directory;
  write(directory.path() / "t.tsv", "Rechnung\terste\\nzweite\tAkte 1\nSatzung\tText\n");
  const std::vector<TrainingText> texts = read_training_texts(directory.path() / "t.tsv");
  ASSERT_EQ(texts.size(), 2U);
  EXPECT_EQ(texts[0].text, "erste\nzweite");
  EXPECT_EQ(texts[0].group, "Akte 1");
  EXPECT_EQ(texts[1].group, "");
}

TEST(TrainingTexts, HeldOutWordingIsNotTrainedOn) {
  std::map<std::string, int> seen;
  for (const TrainingText& text : sample_texts("training.tsv")) ++seen[text.text];
  for (const TrainingText& text : sample_texts("training_held_out.tsv")) EXPECT_EQ(seen.count(text.text), 0U);
}

}  // namespace
}  // namespace eakte::ingest

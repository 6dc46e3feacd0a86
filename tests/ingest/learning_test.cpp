#include "ingest/learning.h"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <fstream>
#include <stop_token>

#include "ingest/background_command.h"
#include "ingest/error.h"
#include "ingest/intake_queue.h"
#include "tests/archive/tenant.h"

namespace eakte::ingest {
namespace {

struct Kind {
  const char* type;
  const char* entry;
  const char* text;
};

const Kind kInvoice{
    "Rechnung", "11.50.20",
    "Rechnung Nr. %\nNettobetrag Umsatzsteuer Gesamtbetrag\nzahlbar binnen 14 Tagen auf das Konto"};
const Kind kMinutes{
    "Niederschrift", "11.10.10",
    "Niederschrift der Sitzung Nr. %\nTagesordnung Anwesende Beschluss\neinstimmig angenommen"};

/// A tenant's archive into which texts are filed and confirmed, as the pipeline and people do it.
class LearningFromFilings : public ::testing::Test {
protected:
  archive::Document file(const std::string& text) {
    const archive::IntakeId intake = tenant_.accept(text);
    archive::NewDocument document = tenant_.letter(intake, text);
    document.fields.document_type = "Unbekannt";
    document.fields.plan_entry.clear();
    document.state = archive::DocumentState::review;
    document.renditions[0].object = tenant_.archive.objects().put(text);
    return tenant_.archive.file(
        document, "system", [&](archive::Connection& connection, const archive::DocumentId& id) {
          IntakeQueue::mark_filed(connection, intake, id, archive::DocumentState::review);
        });
  }
  void file_and_confirm(const Kind& kind, int number) {
    std::string text = kind.text;
    text.replace(text.find('%'), 1, std::to_string(number));
    const archive::Document document = file(text);
    archive::DocumentFields fields = document.content.fields;
    fields.document_type = kind.type;
    fields.plan_entry = kind.entry;
    tenant_.archive.confirm(document.id, fields, "web", [&](archive::Connection& connection) {
      IntakeQueue::mark_filed(connection, document.content.intake, document.id,
                              archive::DocumentState::filed);
    });
  }
  void confirm_some(int count) {
    for (int i = 0; i < count; ++i) {
      file_and_confirm(kInvoice, ++number_);
      file_and_confirm(kMinutes, ++number_);
    }
  }
  TypeModel model() { return TypeModel::load(model_file(tenant_.path())); }
  std::int64_t audit_entries(const std::string& action) {
    return tenant_.archive.database()
        .query("SELECT count(*) AS entries FROM audit_trail WHERE action = ?", {action})
        .at(0)
        .integer("entries");
  }

  eakte::testing::Tenant tenant_;
  int number_ = 0;
};

TEST_F(LearningFromFilings, ProposesTypeAndEntryAsPeopleConfirmedThem) {
  confirm_some(6);
  const Learned learned = learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(learned.generation, 1U);
  EXPECT_EQ(learned.confirmed, 12);
  EXPECT_EQ(learned.read, 12);
  const TypeModel trained = model();
  const std::string text = "Rechnung Nr. 4711\nNettobetrag und Umsatzsteuer, zahlbar auf das Konto";
  EXPECT_EQ(trained.guess(text).at(0).value, "Rechnung");
  EXPECT_EQ(trained.guess_entry(text).at(0).value, "11.50.20");
  EXPECT_GT(trained.guess_entry(text).at(0).confidence, 0.6);
  EXPECT_EQ(trained.confirmed(), 12U);
}

TEST_F(LearningFromFilings, LearnsNothingFromWhatNobodyConfirmed) {
  file("Rechnung Nettobetrag");
  EXPECT_THROW(learn_from_filings(tenant_.archive, {}), Error);
  confirm_some(3);
  file("Rechnung Umsatzsteuer");
  EXPECT_EQ(learn_from_filings(tenant_.archive, {}).confirmed, 6);
  for (const TypeModel::Guess& guess : model().guess("Rechnung")) EXPECT_NE(guess.value, "Unbekannt");
}

TEST_F(LearningFromFilings, ReadsOnlyTheTextsThatAreNew) {
  confirm_some(3);
  EXPECT_EQ(learn_from_filings(tenant_.archive, {}).read, 6);
  confirm_some(1);
  const Learned again = learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(again.read, 2);
  EXPECT_EQ(again.confirmed, 8);
  EXPECT_EQ(again.generation, 2U);
  // What was kept is only a view: without it, or with a damaged one, all texts are read again.
  std::ofstream(tenant_.path() / "type.features") << "damaged";
  const Learned anew = learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(anew.read, 8);
  EXPECT_EQ(anew.confirmed, 8);
}

TEST_F(LearningFromFilings, GivesTheSameModelForTheSameFilings) {
  confirm_some(3);
  learn_from_filings(tenant_.archive, {});
  const std::string text = "Niederschrift der Sitzung\nTagesordnung";
  const auto before = model().guess(text);
  learn_from_filings(tenant_.archive, {});
  const auto after = model().guess(text);
  ASSERT_EQ(before.size(), after.size());
  for (std::size_t i = 0; i < before.size(); ++i) EXPECT_EQ(before[i].confidence, after[i].confidence);
}

TEST_F(LearningFromFilings, RecordsTheModelInTheAuditTrailAndKeepsTheOneBefore) {
  confirm_some(3);
  const std::string first = learn_from_filings(tenant_.archive, {}).sha256;
  EXPECT_EQ(archive::sha256_hex(eakte::testing::file_content(model_file(tenant_.path()))), first);
  learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(archive::sha256_hex(eakte::testing::file_content(tenant_.path() / "type.model.previous")), first);
  EXPECT_EQ(audit_entries("model.trained"), 2);
  const auto detail =
      tenant_.archive.database()
          .query("SELECT detail FROM audit_trail WHERE action = 'model.trained' ORDER BY sequence LIMIT 1")
          .at(0)
          .text("detail");
  EXPECT_NE(detail.find(first), std::string::npos);
  EXPECT_EQ(verify_archive(tenant_.archive).problems, std::vector<std::string>{});
}

TEST_F(LearningFromFilings, CountsConfirmationsSinceTheLastTraining) {
  EXPECT_EQ(confirmations_since_learning(tenant_.archive), 0);
  confirm_some(2);
  EXPECT_EQ(confirmations_since_learning(tenant_.archive), 4);
  learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(confirmations_since_learning(tenant_.archive), 0);
  confirm_some(1);
  EXPECT_EQ(confirmations_since_learning(tenant_.archive), 2);
}

TEST_F(LearningFromFilings, KnowsTheTypesOfOtherTextsToo) {
  confirm_some(3);
  std::ofstream(tenant_.path() / "training.tsv")
      << "Satzung\tSatzung Paragraph Inkrafttreten\nSatzung\tSatzung Geltungsbereich Inkrafttreten\n";
  LearningOptions options;
  options.texts = tenant_.path() / "training.tsv";
  EXPECT_EQ(learn_from_filings(tenant_.archive, options).texts, 2);
  EXPECT_EQ(model().guess("Satzung\nInkrafttreten, Geltungsbereich").at(0).value, "Satzung");
}

TEST_F(LearningFromFilings, IsUnsureWhereMostEntriesWereSeenOnlyOnce) {
  confirm_some(2);
  const std::array<const char*, 6> entries{"11.10.20", "11.20.10", "11.50.10",
                                           "12.10.10", "12.20.10", "12.30.10"};
  int known = 0;
  for (const char* entry : entries) {
    const archive::FilePlanEntry* there = tenant_.archive.file_plan().find(entry);
    if (there == nullptr || !there->takes_folders) continue;
    ++known;
    const std::string words = std::string("Schreiben von Amt ") + entry;
    file_and_confirm({"Schreiben", entry, (words + " Nr. %").c_str()}, ++number_);
  }
  ASSERT_GT(known, 1);
  learn_from_filings(tenant_.archive, {});
  double sum = 0;
  for (const TypeModel::Guess& guess : model().guess_entry("Rechnung Nettobetrag")) sum += guess.confidence;
  // Good-Turing: `known` of the filings stand alone with their entry.
  EXPECT_LE(sum, 1.0001 - known / (4.0 + known));
}

TEST_F(LearningFromFilings, RemovesTheModelWhenADestructionLeavesNothingToLearnFrom) {
  confirm_some(4);
  learn_from_filings(tenant_.archive, {});
  learn_from_filings(tenant_.archive, {});
  const auto file = model_file(tenant_.path());
  ASSERT_TRUE(std::filesystem::exists(file.string() + ".previous"));
  // As a destruction leaves it: the documents are gone, and the trail tells of it.
  tenant_.archive.database().write([&](archive::Connection& connection) {
    for (const char* table : {"page", "proposal", "rendition", "document"})
      connection.execute(std::string("DELETE FROM ") + table);
    tenant_.archive.record(connection, {"system", "destruction.begun", "", ""});
  });
  ASSERT_TRUE(must_forget(tenant_.archive));
  const Learned nothing = learn_from_filings(tenant_.archive, {});
  EXPECT_TRUE(nothing.removed);
  EXPECT_FALSE(std::filesystem::exists(file));
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".previous"));
  EXPECT_EQ(audit_entries("model.removed"), 1);
  EXPECT_FALSE(must_forget(tenant_.archive)) << "nothing is left that could know of it";
  EXPECT_THROW(learn_from_filings(tenant_.archive, {}), Error)
      << "without a reason to forget it stays an error";
  confirm_some(4);
  EXPECT_FALSE(learn_from_filings(tenant_.archive, {}).removed);
  EXPECT_TRUE(std::filesystem::exists(file));
}

TEST_F(LearningFromFilings, ReplacesADamagedModel) {
  confirm_some(2);
  std::ofstream(model_file(tenant_.path())) << "damaged";
  EXPECT_EQ(learn_from_filings(tenant_.archive, {}).generation, 1U);
  EXPECT_NO_THROW(model());
}

TEST_F(LearningFromFilings, LeavesOutAFilingWhoseTextIsDamaged) {
  confirm_some(3);
  const archive::Document last = tenant_.archive.documents(std::nullopt, "", 1).documents.at(0);
  const std::string sha256 = tenant_.archive.rendition(last, archive::RenditionRole::text).object.sha256;
  const auto object = tenant_.path() / "objects" / sha256.substr(0, 2) / sha256.substr(2, 2) / sha256;
  std::filesystem::permissions(object, std::filesystem::perms::owner_all);
  std::ofstream(object) << "anders";
  const Learned learned = learn_from_filings(tenant_.archive, {});
  EXPECT_EQ(learned.confirmed, 5);
  EXPECT_EQ(learned.left_out, 1);
}

TEST(BackgroundCommand, GivesTheExitStatus) {
  EXPECT_EQ(run_in_background({"/bin/sh", "-c", "exit 3"}, {}), 3);
  EXPECT_THROW(run_in_background({"/nonexistent/program"}, {}), Error);
}

TEST(BackgroundCommand, IsEndedByAStop) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(run_in_background({"/bin/sleep", "600"}, stop.get_token()), 128 + SIGTERM);
}

}  // namespace
}  // namespace eakte::ingest

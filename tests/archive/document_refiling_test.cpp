#include "archive/document_refiling.h"

#include <gtest/gtest.h>

#include "archive/accounts.h"
#include "tests/support/day.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

using testing::day;

const Date today = day("2027-06-01");

constexpr const char* plan = R"(aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: B}
einheiten:
- {kz: "1", titel: Eins, aktenbildend: true}
- {kz: "2", titel: Länger, aktenbildend: true, frist: {jahre: 10, beginn: zdA, rundung: jahresende}}
- {kz: "3", titel: Kürzer, aktenbildend: true, frist: {jahre: 2, beginn: zdA, rundung: jahresende}}
)";

class DocumentRefilings : public ::testing::Test {
protected:
  DocumentRefilings() : directory_(temporary_.path() / "probe") {
    Archive::create(directory_, "probe", plan);
    archive_ = std::make_unique<Archive>(directory_);
    const PasswordCost cheap{1, 8};
    add_account(*archive_, {"chef", "Chef", {Role::administrator}, "ein langes passwort"}, "cli", cheap, 0);
    for (const char* name : {"erste", "zweite"})
      add_account(*archive_, {name, name, {Role::records_manager}, "ein langes passwort"}, "chef", cheap, 0);
    NewDocument letter{.intake = {new_id_text()}, .received_on = day("2026-02-02")};
    letter.fields.title = "Brief";
    letter.fields.plan_entry = "1";
    letter.renditions = {{RenditionRole::original, archive_->objects().put("bytes"), "image/tiff"}};
    document_ = archive_->file(letter, "system").id;
  }

  Document confirm(const std::string& entry) {
    DocumentFields fields = archive_->document(document_).content.fields;
    fields.plan_entry = entry;
    return archive_->confirm(document_, fields, "erste");
  }
  std::string refused(const std::function<void()>& what) {
    try {
      what();
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  std::string entry() { return archive_->document(document_).content.fields.plan_entry; }

  testing::TemporaryDirectory temporary_;
  std::filesystem::path directory_;
  std::unique_ptr<Archive> archive_;
  DocumentId document_;
};

TEST_F(DocumentRefilings, CorrectingTheMachineShortensNothing) {
  EXPECT_EQ(confirm("3").content.fields.plan_entry, "3") << "1 was what the machine proposed";
  EXPECT_EQ(confirm("2").content.fields.plan_entry, "2") << "longer";
}

TEST_F(DocumentRefilings, WhatAPersonConfirmedGoesToAShorterRuleByTwoPeopleOnly) {
  confirm("1");
  const std::vector<std::string> orphans = verify_archive(*archive_).orphans;
  EXPECT_EQ(refused([&] { confirm("3"); }), "document_second_person");
  EXPECT_EQ(verify_archive(*archive_).orphans, orphans) << "what is refused leaves nothing behind";
  const auto proposed = propose_document_refiling(*archive_, document_, "3", "verwechselt", today, "erste");
  EXPECT_EQ(refused([&] { confirm("3"); }), "document_second_person") << "a proposal is no release";
  EXPECT_EQ(refused([&] { release_document_refiling(*archive_, proposed.id, "ja", "erste"); }),
            "same_person");
  EXPECT_EQ(waiting_document_refilings(*archive_).size(), 1U);
  const auto done = release_document_refiling(*archive_, proposed.id, "geprüft", "zweite");
  EXPECT_EQ(done.state, DocumentRefiling::State::done);
  EXPECT_EQ(entry(), "3");
  EXPECT_EQ(refused([&] { release_document_refiling(*archive_, proposed.id, "ja", "zweite"); }),
            "refiling_decided");
  EXPECT_TRUE(waiting_document_refilings(*archive_).empty());
}

TEST_F(DocumentRefilings, AnEntryLeftOpenInBetweenIsNoWayAround) {
  confirm("1");
  confirm("");
  EXPECT_EQ(refused([&] { confirm("3"); }), "document_second_person");
  EXPECT_EQ(confirm("2").content.fields.plan_entry, "2");
  EXPECT_EQ(refused([&] { confirm("1"); }), "document_second_person");
}

TEST_F(DocumentRefilings, OneThatIsRejectedStaysWhereItIs) {
  confirm("1");
  EXPECT_EQ(refused([&] { propose_document_refiling(*archive_, document_, "3", "", today, "erste"); }),
            "reason_missing");
  EXPECT_EQ(refused([&] { propose_document_refiling(*archive_, document_, "2", "x", today, "erste"); }),
            "second_person_not_needed");
  const auto proposed = propose_document_refiling(*archive_, document_, "3", "verwechselt", today, "erste");
  reject_document_refiling(*archive_, proposed.id, "stimmt nicht", "zweite");
  EXPECT_EQ(entry(), "1");
  EXPECT_EQ(refused([&] { confirm("3"); }), "document_second_person");
  EXPECT_EQ(refilings_of(*archive_, document_).at(0).decision_reason, "stimmt nicht");
}

}  // namespace
}  // namespace eakte::archive

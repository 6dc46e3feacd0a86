#include "archive/paper_handover.h"

#include <gtest/gtest.h>

#include "archive/appraisal.h"
#include "archive/destruction.h"
#include "archive/folder_structure.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"
#include "archive/offers.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

Date day(const char* iso) { return date_from_iso(iso).value(); }
const Date today = day("2037-06-01");

/// A folder that is paper only, closed, due, and appraised A by a letter.
class OnPaper : public ::testing::Test {
protected:
  OnPaper() : folder_(made(Medium::paper)) { decide(folder_, AppraisalDecision::transfer); }

  FolderId made(Medium medium) {
    const NewFolder folder{.plan_entry = "12.40.40",
                           .title = "Grabakte",
                           .begins_on = day("2000-01-01"),
                           .medium = medium,
                           .place = medium == Medium::electronic ? "" : "Altregistratur, Regal 12"};
    return add_folder(tenant_.archive, folder, "{plan}-{number:04}/{year}", day("2000-02-02"), "cli");
  }
  void close(const FolderId& id) { close_folder(tenant_.archive, id, day("2002-02-02"), today, "cli"); }
  void decide(const FolderId& id, AppraisalDecision decision) {
    close(id);
    tenant_.archive.database().write([&](Connection& connection) {
      connection.execute("UPDATE folder SET status = 'offered' WHERE id = ?", {id.text});
    });
    record_appraisal(tenant_.archive, {id, decision, "KA 7/37", day("2037-05-05")}, today, "cli");
  }
  std::string refused(NewPaperHandover handover) {
    try {
      record_paper_handover(tenant_.archive, handover, today, "cli");
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  NewPaperHandover handover(const FolderId& id) {
    return {id, day("2037-05-20"), "Frau Lese, Kreisarchiv", "Übergabe 3/2037", "1 Stehordner, Blatt 1-212"};
  }
  FolderStatus status(const FolderId& id) { return folder_record(tenant_.archive, id).status; }

  testing::Tenant tenant_;
  FolderId folder_;
};

TEST_F(OnPaper, IsTransferredByAProtocolAndMayThenBeDestroyed) {
  EXPECT_EQ(why_not_destroyable(tenant_.archive, folder_, today), "transfer_unconfirmed");
  ASSERT_EQ(open_transfers(tenant_.archive, 10).size(), 1U);
  EXPECT_EQ(refused(handover(folder_)), "");
  EXPECT_EQ(status(folder_), FolderStatus::transferred);
  EXPECT_TRUE(open_transfers(tenant_.archive, 10).empty());
  const auto recorded = paper_handover_of(tenant_.archive, folder_);
  ASSERT_TRUE(recorded);
  EXPECT_EQ(recorded->received_by, "Frau Lese, Kreisarchiv");
  EXPECT_EQ(recorded->items, "1 Stehordner, Blatt 1-212");
  EXPECT_NE(why_not_destroyable(tenant_.archive, folder_, today), "transfer_unconfirmed");
  const Row entry =
      tenant_.archive.database().query("SELECT * FROM audit_trail ORDER BY sequence DESC LIMIT 1").at(0);
  EXPECT_EQ(entry.text("action"), "folder.paper_handed_over");
  EXPECT_EQ(entry.text("detail").find("Stehordner"), std::string::npos) << "no content in the trail";
  EXPECT_EQ(refused(handover(folder_)), "transferred_already");
  EXPECT_THROW(tenant_.archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE paper_handover SET protocol = 'x'");
  }),
               Error);
  EXPECT_TRUE(verify_archive(tenant_.archive).problems.empty());
}

TEST_F(OnPaper, IsRefusedWhatIsIncompleteOrAtTheWrongTime) {
  NewPaperHandover wrong = handover(folder_);
  wrong.received_by = " ";
  EXPECT_EQ(refused(wrong), "handover_incomplete");
  wrong = handover(folder_);
  wrong.items.clear();
  EXPECT_EQ(refused(wrong), "handover_incomplete");
  wrong = handover(folder_);
  wrong.on = day("2037-05-04");
  EXPECT_EQ(refused(wrong), "day_too_early");
  wrong.on = day("2037-06-02");
  EXPECT_EQ(refused(wrong), "day_in_future");
  place_hold(tenant_.archive, {folder_}, {"Klage", "Rechtsamt", day("2038-01-01")}, "cli");
  EXPECT_EQ(refused(handover(folder_)), "hold_standing");
  EXPECT_EQ(status(folder_), FolderStatus::appraised);
}

TEST_F(OnPaper, WhatIsElectronicOrNotDecidedIsNotHandedOverThatWay) {
  const FolderId electronic = made(Medium::electronic);
  decide(electronic, AppraisalDecision::transfer);
  EXPECT_EQ(refused(handover(electronic)), "not_on_paper");

  const FolderId hybrid = made(Medium::hybrid);
  const Document document = tenant_.file("gescannt");
  DocumentFields fields = document.content.fields;
  fields.plan_entry = "12.40.40";
  fields.folder = hybrid;
  tenant_.archive.confirm(document.id, fields, "cli");
  tenant_.archive.database().write([&](Connection& connection) {
    connection.execute("UPDATE document SET received_on = '2001-01-01' WHERE id = ?", {document.id.text});
  });
  decide(hybrid, AppraisalDecision::transfer);
  EXPECT_EQ(refused(handover(hybrid)), "handover_electronic") << "files go by 0503 and 0506";

  const FolderId waived = made(Medium::paper);
  decide(waived, AppraisalDecision::destroy);
  EXPECT_EQ(refused(handover(waived)), "transfer_undecided");
  EXPECT_EQ(refused(handover(made(Medium::paper))), "transfer_undecided");
}

}  // namespace
}  // namespace eakte::archive

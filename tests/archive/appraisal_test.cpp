#include "archive/appraisal.h"

#include <gtest/gtest.h>

#include "archive/due_list.h"
#include "archive/life_cycle.h"
#include "tests/archive/tenant.h"
#include "tests/support/day.h"

namespace eakte::archive {
namespace {

using testing::day;

class Appraisals : public ::testing::Test {
protected:
  /// Dog tax, eight years: closed in 2018, due from 2027 on.
  FolderId closed(const std::string& reference = "61.10.30/77") {
    const FolderId id =
        tenant_.archive.add_folder("61.10.30", reference, "Hundesteuer", "cli", day("2015-01-01"));
    close_folder(tenant_.archive, id, day("2018-05-05"), day("2018-05-05"), "cli");
    return id;
  }
  std::string refusal(const NewAppraisal& appraisal, const char* today) {
    try {
      record_appraisal(tenant_.archive, appraisal, day(today), "cli");
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return "";
  }
  bool destruction_permitted(const FolderId& id) {
    bool permitted = false;
    tenant_.archive.database().read(
        [&](Connection& connection) { permitted = archive_permits_destruction(connection, id); });
    return permitted;
  }
  eakte::testing::Tenant tenant_;
};

TEST_F(Appraisals, ADecisionOnPaperAppraisesADueFolder) {
  const FolderId id = closed();
  EXPECT_FALSE(appraisal_of(tenant_.archive, id));
  EXPECT_FALSE(destruction_permitted(id));
  const NewAppraisal letter{id, AppraisalDecision::destroy, "Stadtarchiv 41.2-17/2027", day("2027-02-01")};
  record_appraisal(tenant_.archive, letter, day("2027-02-03"), "cli");
  const auto appraisal = appraisal_of(tenant_.archive, id);
  ASSERT_TRUE(appraisal);
  EXPECT_EQ(appraisal->decision, AppraisalDecision::destroy);
  EXPECT_EQ(appraisal->source, "Stadtarchiv 41.2-17/2027");
  EXPECT_EQ(appraisal->decided_on, day("2027-02-01"));
  EXPECT_EQ(appraisal->recorded_by, "cli");
  EXPECT_FALSE(appraisal->transfer_confirmed_at);
  EXPECT_EQ(folder_record(tenant_.archive, id).status, FolderStatus::appraised);
  EXPECT_TRUE(destruction_permitted(id));
}

TEST_F(Appraisals, WhatTheArchiveWantsIsNotDestroyedBeforeItsImportIsConfirmed) {
  const FolderId id = closed();
  record_appraisal(tenant_.archive, {id, AppraisalDecision::transfer, "41.2-17/2027", day("2027-02-01")},
                   day("2027-02-03"), "cli");
  EXPECT_FALSE(destruction_permitted(id));
}

TEST_F(Appraisals, TheSameDecisionAgainChangesNothingAndAnotherOneIsRefused) {
  const FolderId id = closed();
  const NewAppraisal letter{id, AppraisalDecision::destroy, "41.2-17/2027", day("2027-02-01")};
  record_appraisal(tenant_.archive, letter, day("2027-02-03"), "cli");
  const std::string recorded = appraisal_of(tenant_.archive, id)->recorded_at;
  record_appraisal(tenant_.archive, letter, day("2027-02-04"), "other");
  EXPECT_EQ(appraisal_of(tenant_.archive, id)->recorded_at, recorded);
  NewAppraisal other = letter;
  other.decision = AppraisalDecision::transfer;
  EXPECT_EQ(refusal(other, "2027-02-04"), "appraised_already");
  EXPECT_EQ(
      tenant_.archive.database().query("SELECT 1 FROM audit_trail WHERE action = 'folder.appraised'").size(),
      1U);
}

TEST_F(Appraisals, RefusedAreFoldersNotDueOpenOnesAndDaysToCome) {
  const FolderId id = closed();
  const NewAppraisal letter{id, AppraisalDecision::destroy, "41.2-17/2027", day("2026-12-01")};
  EXPECT_EQ(refusal(letter, "2026-12-31"), "folder_not_due");
  EXPECT_EQ(refusal(letter, "2026-11-30"), "day_in_future");
  const FolderId open = tenant_.archive.add_folder("61.10.30", "61.10.30/78", "Hundesteuer", "cli");
  EXPECT_EQ(refusal({open, AppraisalDecision::destroy, "41.2", day("2027-02-01")}, "2027-02-03"),
            "folder_not_due");
  EXPECT_FALSE(appraisal_of(tenant_.archive, id));
  EXPECT_THROW(record_appraisal(tenant_.archive, {id, AppraisalDecision::destroy, "", day("2027-02-01")},
                                day("2027-02-03"), "cli"),
               Error);
  EXPECT_THROW(
      record_appraisal(tenant_.archive, {{"nothing"}, AppraisalDecision::destroy, "x", day("2027-02-01")},
                       day("2027-02-03"), "cli"),
      NotFound);
}

TEST_F(Appraisals, ARecordedDecisionIsNeverChangedOrTakenBack) {
  const FolderId id = closed();
  record_appraisal(tenant_.archive, {id, AppraisalDecision::transfer, "41.2", day("2027-02-01")},
                   day("2027-02-03"), "cli");
  const auto change = [&](const char* sql) {
    tenant_.archive.database().write([&](Connection& connection) { connection.execute(sql); });
  };
  EXPECT_THROW(change("UPDATE appraisal SET decision = 'V'"), Error);
  EXPECT_THROW(change("DELETE FROM appraisal"), Error);
}

TEST_F(Appraisals, AFolderThatWaitsThirtyYearsForItsEventIsDue) {
  FolderRecord folder;
  folder.status = FolderStatus::closed;
  folder.closed_on = day("2000-05-05");
  EXPECT_FALSE(is_due(folder, day("2030-05-05")));
  EXPECT_TRUE(is_due(folder, day("2030-05-06")));
  folder.retention.unlimited = true;
  EXPECT_FALSE(is_due(folder, day("2030-05-06")));
}

}  // namespace
}  // namespace eakte::archive

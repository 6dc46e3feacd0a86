#include "archive/scan_audit.h"

#include <gtest/gtest.h>

#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

Date day(const char* iso) { return date_from_iso(iso).value(); }

class ScanAudits : public ::testing::Test {
protected:
  /// Somebody held a scan against its paper on that day.
  void checked(const char* at) {
    const Document document = tenant_.file(at);
    tenant_.archive.database().write([&](Connection& connection) {
      connection.execute("INSERT INTO scan_check VALUES(?, 1, ?, ?, 'm.muster', 1, 1, 1, 1, 1, '')",
                         {document.id.text, sha256_hex(at), std::string(at) + "T10:00:00.000Z"});
    });
  }
  bool warned(const char* on) { return scan_audit_warning(tenant_.archive, day(on)).has_value(); }

  testing::Tenant tenant_;
};

TEST_F(ScanAudits, AreNotMissedWhereNoPaperIsReplaced) { EXPECT_FALSE(warned("2099-01-01")); }

TEST_F(ScanAudits, AreMissedAYearAfterTheFirstCheckAndAfterTheLastAudit) {
  checked("2026-02-28");
  EXPECT_FALSE(warned("2027-02-27"));
  EXPECT_TRUE(warned("2027-02-28"));
  record_scan_audit(tenant_.archive, day("2027-03-31"), "VD 1.2", true, day("2027-04-01"), "cli");
  EXPECT_FALSE(warned("2028-03-30"));
  EXPECT_TRUE(warned("2028-03-31"));
  // One that is entered late does not count as later than it was.
  record_scan_audit(tenant_.archive, day("2026-12-01"), "VD 1.1", true, day("2028-04-01"), "cli");
  const auto last = last_scan_audit(tenant_.archive);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->procedure, "VD 1.2");
  EXPECT_EQ(last->recorded_by, "cli");
}

TEST_F(ScanAudits, AreMissedAtOnceWhenTheyWereNotPassed) {
  record_scan_audit(tenant_.archive, day("2027-03-31"), "VD 1.2", false, day("2027-04-01"), "cli");
  EXPECT_TRUE(warned("2027-04-02"));
  record_scan_audit(tenant_.archive, day("2027-05-01"), "VD 1.3", true, day("2027-05-01"), "cli");
  EXPECT_FALSE(warned("2027-05-02"));
}

TEST_F(ScanAudits, AreOfAVersionAndNotOfAComingDay) {
  const auto refused = [&](const char* on, const char* procedure) {
    try {
      record_scan_audit(tenant_.archive, day(on), procedure, true, day("2027-04-01"), "cli");
    } catch (const Forbidden& forbidden) {
      return forbidden.code;
    }
    return std::string();
  };
  EXPECT_EQ(refused("2027-04-02", "VD 1"), "day_in_future");
  EXPECT_EQ(refused("2027-04-01", ""), "procedure_missing");
}

}  // namespace
}  // namespace eakte::archive

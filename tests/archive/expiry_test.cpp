#include "archive/expiry.h"

#include <gtest/gtest.h>

#include "archive/evidence_keeping.h"
#include "archive/installation_key.h"
#include "evidence/time_stamp_authority.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

struct Case {
  const char* stamps;
  const char* installation;
  const char* today;
  std::vector<std::string> words;  ///< one for each warning
};

TEST(Expiry, IsWarnedOfInTime) {
  for (const Case& one : std::initializer_list<Case>{
           {"", "", "2026-11-22", {}},
           {"2027-02-21T10:00:00Z", "2056-01-01T00:00:00Z", "2026-11-22", {}},
           {"2027-02-20T10:00:00Z",
            "2056-01-01T00:00:00Z",
            "2026-11-22",
            {"läuft am 20.02.2027 ab (in 90 Tagen)"}},
           {"2026-11-22T10:00:00Z", "", "2026-11-22", {"(in 0 Tagen)"}},
           {"2026-11-21T10:00:00Z",
            "2026-12-01T00:00:00Z",
            "2026-11-22",
            {"seit dem 21.11.2026 abgelaufen", "Zertifikat der Installation läuft am 01.12.2026 ab"}}}) {
    const auto warnings = expiry_warnings({one.stamps, one.installation}, date_from_iso(one.today).value());
    ASSERT_EQ(warnings.size(), one.words.size()) << one.stamps;
    for (std::size_t i = 0; i < warnings.size(); ++i)
      EXPECT_NE(warnings[i].find(one.words[i]), std::string::npos) << warnings[i];
  }
}

TEST(Expiry, IsThatOfTheNewestStampsAndOfTheInstallation) {
  if (!TimeStampAuthority::available()) GTEST_SKIP() << "no program openssl";
  const testing::TemporaryDirectory data;
  testing::Tenant tenant;
  const InstallationKey key = InstallationKey::of(data.path());
  EXPECT_EQ(expiries(tenant.archive, key.certificate()).stamps, "");
  const TimeStampAuthority authority(data.path());  // its certificate is for 30 days
  tenant.file("a");
  make_evidence(
      tenant.archive, today(),
      {[&](const std::string& request) { return authority.answer(request); }, authority.certificate()},
      "system");
  const Expiries found = expiries(tenant.archive, key.certificate());
  EXPECT_EQ(found.stamps, certificate_ends(authority.certificate()));
  EXPECT_EQ(found.installation, certificate_ends(key.certificate()));
  EXPECT_EQ(expiry_warnings(found, today()).size(), 1U);
  note_expiries(tenant.archive, found);
  note_expiries(tenant.archive, found);
  EXPECT_EQ(noted_expiries(tenant.archive).stamps, found.stamps);
}

}  // namespace
}  // namespace eakte::archive

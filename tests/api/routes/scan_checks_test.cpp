#include <fstream>

#include "archive/accounts.h"
#include "archive/installation_key.h"
#include "archive/scan_check.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using ScanChecks = ServedArchive;
using nlohmann::json;

TEST_F(ScanChecks, LeadFromTheDrawingToTheRelease) {
  const auto document = file_document("Rechnung");  // its entry asks for high integrity
  const std::string path = "/api/v1/documents/" + document.id.text;
  EXPECT_EQ(json_of(get(path + "/scan-check"))["missing"], "scan_undecided");
  EXPECT_EQ(json_of(post("/api/v1/scan-checks/draw"))["chosen"], 1);
  EXPECT_TRUE(json_of(post("/api/v1/scan-checks/draw"))["number"].is_null());
  const json open = json_of(get("/api/v1/scan-checks"))["scans"];
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0]["document"], document.id.text);
  EXPECT_EQ(open[0]["thoroughness"], "each");
  EXPECT_EQ(post(path + "/scan-check", R"({"good":true})").status, 400);
  for (const char* pages : {"1e300", "1.5", "99999999999", "-1"})
    EXPECT_EQ(post(path + "/scan-check", std::string(R"({"good":true,"paper_pages":)") + pages + "}").status,
              400)
        << pages;
  EXPECT_EQ(post(path + "/scan-check", R"({"good":true,"paper_pages":7,"fields_confirmed":true})").status,
            409);
  const json checked =
      json_of(post(path + "/scan-check",
                   R"({"good":true,"paper_pages":1,"fields_confirmed":true,"remark":"in Ordnung"})"));
  EXPECT_EQ(checked["missing"], "scan_note_missing");
  EXPECT_EQ(checked["checks"][0]["remark"], "in Ordnung");
  EXPECT_EQ(post(path + "/transfer-note").status, 409) << "nothing is set";
  EXPECT_EQ(json_of(get("/api/v1/scan-checks"))["scans"].size(), 0U);
  const json waiting = json_of(get("/api/v1/scan-checks?state=checked"))["scans"];
  ASSERT_EQ(waiting.size(), 1U);
  EXPECT_EQ(waiting[0]["about"]["id"], waiting[0]["document"]);
  EXPECT_EQ(get("/api/v1/scan-checks?state=else").status, 400);

  std::ofstream(service_.data / "eakte.toml") << "[scan]\nprocedure = \"VD 1\"\nprofile = \"p\"\n";
  archive::add_scan_profile(tenant().archive, "p", "300 dpi", "m.muster");
  tenant().archive.database().write([](archive::Connection& connection) {
    connection.execute(
        "UPDATE scan_profile SET released_at = '2026-11-22T00:00:00.000Z', released_by = 'b.b'");
  });
  EXPECT_EQ(post(path + "/paper-release").status, 409) << "no note";
  EXPECT_EQ(json_of(post(path + "/transfer-note"))["missing"], "");
  const HttpAnswer note = get(path + "/transfer-note");
  const HttpAnswer seal = get(path + "/transfer-note/seal");
  EXPECT_NE(note.body.find("<Verfahrensdokumentation>VD 1<"), std::string::npos);
  EXPECT_TRUE(
      archive::verify_seal(seal.body, note.body, archive::InstallationKey::of(service_.data).certificate())
          .errors.empty());
  EXPECT_EQ(json_of(post(path + "/paper-release"))["released_by"], "web");
  EXPECT_EQ(json_of(get("/api/v1/scan-checks?state=checked"))["scans"].size(), 0U);
  EXPECT_EQ(post(path + "/paper-release").status, 409);
}

TEST_F(ScanChecks, EvidenceThatIsNotThereYetIsNotFound) {
  const auto document = file_document("Bescheid");
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text + "/evidence").status, 404);
  const json status = json_of(get("/api/v1/evidence"));
  EXPECT_EQ(status["configured"], false);
  EXPECT_EQ(status["records"], 0);
  EXPECT_NE(status["waiting_since"], "");
}

}  // namespace
}  // namespace eakte::testing

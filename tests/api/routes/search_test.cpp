#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using Search = ServedArchive;
using nlohmann::json;

TEST_F(Search, FindsDocumentsWithFacetsAndSnippets) {
  const auto salt = file_document("Rechnung Streusalz Winterdienst");
  file_document("Rechnung Hundesteuer");
  const json found = json_of(get("/api/v1/search?q=Streusalz"));
  EXPECT_EQ(found["total"], 1);
  ASSERT_EQ(found["hits"].size(), 1U);
  EXPECT_EQ(found["hits"][0]["document"]["id"], salt.id.text);
  EXPECT_EQ(found["hits"][0]["document"]["page_count"], 1);
  EXPECT_EQ(found["hits"][0]["page"], 1);
  bool marked = false;
  for (const json& part : found["hits"][0]["snippet"]) {
    marked = marked || (part["matches"].get<bool>() && part["text"] == "Streusalz");
  }
  EXPECT_TRUE(marked) << found["hits"][0]["snippet"];
  bool labelled = false;
  for (const json& facet : found["facets"]) {
    if (facet["name"] == "plan")
      labelled = facet["values"][0]["label"].get<std::string>().starts_with("11.50.20 Eingangsrechnungen");
  }
  EXPECT_TRUE(labelled) << found["facets"];
}

TEST_F(Search, FiltersSortsAndPages) {
  for (int i = 0; i < 5; ++i) file_document("Rechnung Nummer" + std::to_string(i));
  EXPECT_EQ(
      json_of(get("/api/v1/search?q=Rechnung&filter=typ%3DRechnung&sort=newest&limit=2&offset=4"))["hits"]
          .size(),
      1U);
  EXPECT_EQ(json_of(get("/api/v1/search?q=Rechnung&filter=typ%3DBescheid"))["total"], 0);
}

TEST_F(Search, RefusesWhatIsAskedWrongly) {
  for (const char* query : {"sort=upwards", "limit=101", "offset=-1", "filter=typ"}) {
    EXPECT_EQ(get("/api/v1/search?q=x&" + std::string(query)).error_code(), "bad_request") << query;
  }
  EXPECT_EQ(get("/api/v1/search?q=" + std::string(2001, 'x')).error_code(), "bad_query");
  EXPECT_EQ(get("/api/v1/search?q=datum%3Aunsinn").error_code(), "bad_query");
  EXPECT_EQ(get("/api/v1/search?q=%zz").error_code(), "bad_request");
}

TEST_F(Search, FindsSimilarDocuments) {
  for (const char* other : {"Hundesteuer Bescheid", "Satzung Friedhof", "Bauantrag Garage"})
    file_document(other);
  const auto one = file_document("Streusalz Winterdienst Lieferung Tonne Schnee");
  const auto two = file_document("Streusalz Winterdienst Lieferung Tonne Eis");
  const json similar = json_of(get("/api/v1/documents/" + one.id.text + "/similar"));
  ASSERT_FALSE(similar["hits"].empty());
  EXPECT_EQ(similar["hits"][0]["document"]["id"], two.id.text);
  EXPECT_EQ(get("/api/v1/documents/01k00000000000000000000000/similar").status, 404);
}

TEST_F(Search, StatusCountsAndNamesRevisions) {
  file_document("Rechnung");
  post("/api/v1/intakes", "waits");
  const json status = json_of(get("/api/v1/status"));
  EXPECT_EQ(status["tenant"], "musterstadt");
  EXPECT_EQ(status["counts"]["filed"], 1);
  EXPECT_EQ(status["counts"]["queued"], 1);
  EXPECT_EQ(status["counts"]["quarantined"], 0);
  EXPECT_EQ(status["archive_revision"], status["index_revision"]);
  EXPECT_GT(status["free_bytes"].get<std::uint64_t>(), 0U);
  EXPECT_FALSE(status["version"].get<std::string>().empty());
}

TEST_F(Search, ReasonsAndFilePlanAreListed) {
  const json reasons = json_of(get("/api/v1/reasons"))["reasons"];
  EXPECT_GT(reasons.size(), 10U);
  EXPECT_EQ(reasons[0]["code"], "empty_file");
  const json plan = json_of(get("/api/v1/file-plan"));
  EXPECT_EQ(plan["title"], "Aktenplan Musterstadt (Altmark)");
  bool found = false;
  for (const json& entry : plan["entries"]) {
    if (entry["number"] != "11.50.20") continue;
    found = true;
    EXPECT_EQ(entry["parent"], "11.50");
    EXPECT_EQ(entry["takes_folders"], true);
    EXPECT_EQ(entry["disposal"], "V");
    EXPECT_TRUE(entry["retention"].get<std::string>().starts_with("8 Jahre"));
  }
  EXPECT_TRUE(found);
}

}  // namespace
}  // namespace eakte::testing

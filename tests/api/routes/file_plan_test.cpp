#include <algorithm>

#include "archive/life_cycle.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using FilePlanRoutes = ServedArchive;
using nlohmann::json;

constexpr const char* invoices = "11.50.20";

TEST_F(FilePlanRoutes, ThePlanIsShownWithItsRulesAndGoesOutInEveryForm) {
  const json plan = json_of(get("/api/v1/file-plan"));
  EXPECT_EQ(plan["entries"].size(), 86U);
  const auto& entry =
      *std::ranges::find_if(plan["entries"], [](const json& one) { return one["number"] == invoices; });
  EXPECT_EQ(entry["rule"],
            "mindest / 8 Jahre ab rechnung_ausgestellt (jahresende) / ablaufhemmung festsetzungsfrist");
  EXPECT_EQ(entry["id"].get<std::string>().size(), 36U);
  EXPECT_EQ(entry["rule_parts"]["periods"][0]["years"], 8);
  EXPECT_EQ(entry["rule_parts"]["suspension"], "festsetzungsfrist");
  EXPECT_TRUE(plan["code_lists"]["ereignis"].is_array());
  EXPECT_TRUE(get("/api/v1/file-plan/export?format=csv").body.starts_with("#Bezeichnung;"));
  EXPECT_TRUE(get("/api/v1/file-plan/export?format=xdomea").body.starts_with("<?xml"));
  EXPECT_EQ(get("/api/v1/file-plan/export").headers.at("content-type"), "application/yaml");
  EXPECT_EQ(get("/api/v1/file-plan/export?format=odt").error_code(), "bad_request");
}

TEST_F(FilePlanRoutes, AnEditIsPreviewedAndALongerRuleTakesEffectAtOnce) {
  archive::Archive& archive = tenant().archive;
  const auto id =
      archive.add_folder("61.10.30", "H 1", "Hundesteuer", "web", archive::date_from_iso("2015-01-01"));
  // The service asks the clock: last year's folder is not due yet, whenever this runs.
  const int closed = int(archive::today().year()) - 1;
  const auto end_of = [](int year) { return std::to_string(year) + "-12-31"; };
  archive::close_folder(archive, id, *archive::date_from_iso(std::to_string(closed) + "-05-05"),
                        archive::today(), "web");
  const json edits = {
      {"version", "2026.2"},
      {"reason", "Satzung geändert"},
      {"edits",
       {{{"number", "61.10.30"},
         {"retention", "mindest / 12 Jahre ab zdA (jahresende) / ablaufhemmung festsetzungsfrist"}}}}};
  const json preview = json_of(post("/api/v1/file-plan/preview", edits.dump()));
  EXPECT_EQ(preview["problems"].size(), 0U) << preview.dump();
  EXPECT_EQ(preview["second_person"], false);
  EXPECT_EQ(preview["folders"]["longer"], 1);
  ASSERT_EQ(preview["examples"].size(), 1U);
  EXPECT_EQ(preview["examples"][0]["before"], end_of(closed + 8));
  EXPECT_EQ(preview["examples"][0]["after"], end_of(closed + 12));
  const json proposed = json_of(post("/api/v1/file-plan/versions", edits.dump()));
  EXPECT_EQ(proposed["state"], "in_force");
  EXPECT_EQ(json_of(get("/api/v1/file-plan"))["version"], "2026.2");
  const json versions = json_of(get("/api/v1/file-plan/versions"));
  EXPECT_EQ(versions["versions"].size(), 2U);
  EXPECT_EQ(versions["versions"][0]["in_force"], true);
  const json differences = json_of(get("/api/v1/file-plan/differences?from=2026.1"));
  EXPECT_EQ(differences["to"], "2026.2");
  ASSERT_EQ(differences["entries"].size(), 1U);
  EXPECT_EQ(differences["entries"][0]["number"], "61.10.30");
  EXPECT_EQ(json_of(get("/api/v1/file-plan/differences?from=2026.1&to=2026.1"))["entries"].size(), 0U);
  EXPECT_EQ(get("/api/v1/file-plan/differences?from=1848").error_code(), "not_found");
  EXPECT_NE(get("/api/v1/file-plan/export?format=csv&version=2026.1").body.find("#Version;2026.1"),
            std::string::npos);
}

TEST_F(FilePlanRoutes, AShorterRuleWaitsAndMistakesAreTold) {
  json edits = {
      {"version", "2026.2"},
      {"reason", "Kürzer"},
      {"edits", {{{"number", "61.10.30"}, {"retention", "mindest / 2 Jahre ab zdA (jahresende)"}}}}};
  const json proposed = json_of(post("/api/v1/file-plan/versions", edits.dump()));
  EXPECT_EQ(proposed["state"], "proposed");
  const std::string at = "/api/v1/file-plan/proposals/" + proposed["id"].get<std::string>();
  EXPECT_EQ(json_of(get(at))["preview"]["second_person"], true);
  EXPECT_EQ(post(at + "/release", R"({"reason":"geprüft"})").error_code(), "account_needed");
  EXPECT_EQ(json_of(post(at + "/reject", R"({"reason":"nein"})"))["state"], "rejected");
  EXPECT_EQ(post(at + "/reject", R"({"reason":"nein"})").error_code(), "plan_decided");
  EXPECT_EQ(post(at + "/reject", "{}").error_code(), "bad_request");
  EXPECT_EQ(get("/api/v1/file-plan/proposals/01k00000000000000000000000").error_code(), "not_found");

  edits["edits"][0]["retention"] = "acht Jahre";
  const HttpAnswer faulty = post("/api/v1/file-plan/versions", edits.dump());
  EXPECT_EQ(faulty.status, 422);
  EXPECT_EQ(faulty.error_code(), "plan_faulty");
  EXPECT_EQ(json_of(faulty)["problems"][0]["code"], "rule_unreadable");
  // A file is read in a worker only, and this server has none.
  EXPECT_EQ(post("/api/v1/file-plan/preview", R"({"text":"[]"})").error_code(), "busy");
  EXPECT_EQ(post("/api/v1/file-plan/preview", R"({"text":"[]","format":"odt"})").error_code(), "bad_request");
  EXPECT_EQ(post("/api/v1/file-plan/preview", R"({"version":"3","edits":[{"number":"61","colour":"blue"}]})")
                .error_code(),
            "bad_request");
  EXPECT_EQ(post("/api/v1/file-plan/preview", "[]").error_code(), "bad_request");
  EXPECT_EQ(json_of(get("/api/v1/file-plan"))["version"], "2026.1");
}

}  // namespace
}  // namespace eakte::testing

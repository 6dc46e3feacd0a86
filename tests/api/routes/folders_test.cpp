#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using nlohmann::json;

class FolderRoutes : public ServedArchive {
protected:
  json add(const std::string& reference, const std::string& title) {
    const json body{
        {"plan_entry", "61.10.30"}, {"reference", reference}, {"title", title}, {"begins_on", "2012-01-01"}};
    const HttpAnswer answer = post("/api/v1/folders", body.dump());
    EXPECT_EQ(answer.status, 201) << answer.body;
    return json_of(answer);
  }
  HttpAnswer act(const json& folder, const std::string& what, const json& body = json::object()) {
    return post("/api/v1/folders/" + folder["id"].get<std::string>() + "/" + what, body.dump());
  }
};

TEST_F(FolderRoutes, AFolderIsMadeFoundClosedAndReopened) {
  const json folder = add("61.10.30/7", "Hundesteuer 7");
  EXPECT_EQ(folder["stage"], "open");
  EXPECT_EQ(folder["plan_entry"]["number"], "61.10.30");
  const json found = json_of(get("/api/v1/folders?q=steuer%207"))["folders"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["id"], folder["id"]);

  const json with_case =
      json_of(act(folder, "cases", {{"reference", "61.10.30/7-1"}, {"title", "Veranlagung"}}));
  const std::string one = with_case["cases"][0]["id"];
  EXPECT_EQ(act(folder, "close", {{"on", "2018-05-05"}}).error_code(), "case_open");
  EXPECT_EQ(post("/api/v1/cases/" + one + "/close", R"({"on":"2018-05-05"})").status, 200);
  const json closed = json_of(act(folder, "close", {{"on", "2018-05-05"}}));
  EXPECT_EQ(closed["closed_on"], "2018-05-05");
  EXPECT_EQ(closed["retention_end"], "2026-12-31");
  EXPECT_EQ(act(folder, "close", {{"on", "2018-05-05"}}).error_code(), "folder_closed");
  EXPECT_EQ(json_of(post("/api/v1/cases/" + one + "/reopen"))["stage"], "open");
}

TEST_F(FolderRoutes, WhatIsWrongIsRefusedWithASentence) {
  const json folder = add("61.10.30/7", "Hundesteuer 7");
  const json again{{"plan_entry", "61.10.30"}, {"reference", "61.10.30 / 7"}, {"title", "Noch einmal"}};
  EXPECT_EQ(post("/api/v1/folders", again.dump()).error_code(), "reference_taken");
  const json nowhere{{"plan_entry", "99"}, {"reference", "99/1"}, {"title", "Nirgends"}};
  EXPECT_EQ(post("/api/v1/folders", nowhere.dump()).error_code(), "bad_plan_entry");
  EXPECT_EQ(act(folder, "close", {{"on", "2999-01-01"}}).error_code(), "day_in_future");
  EXPECT_EQ(act(folder, "close", {{"on", "gestern"}}).error_code(), "bad_request");
  EXPECT_EQ(act(folder, "events", {{"event", "mondlandung"}, {"on", "2015-01-01"}}).error_code(),
            "event_unknown");
  EXPECT_EQ(act(folder, "reopen").error_code(), "folder_open");
  EXPECT_EQ(get("/api/v1/folders/01k00000000000000000000000").error_code(), "not_found");
  EXPECT_EQ(get("/api/v1/folders/x").error_code(), "not_found");
  EXPECT_EQ(get("/api/v1/folders?status=verschwunden").error_code(), "bad_request");
}

TEST_F(FolderRoutes, FoldersFallDueAreHeldTogetherAndHoldsAreReviewed) {
  const json first = add("61.10.30/1", "Hundesteuer 1");
  const json second = add("61.10.30/2", "Hundesteuer 2");
  for (const json& folder : {first, second})
    EXPECT_EQ(act(folder, "close", {{"on", "2018-05-05"}}).status, 200);
  EXPECT_TRUE(json_of(get("/api/v1/retention/due?on=2026-12-31"))["folders"].empty());
  const json due = json_of(get("/api/v1/retention/due?on=2027-01-01&plan_entry=61&limit=1"));
  ASSERT_EQ(due["folders"].size(), 1U);
  EXPECT_EQ(due["folders"][0]["reason"], "period_over");
  const json rest =
      json_of(get("/api/v1/retention/due?on=2027-01-01&cursor=" + due["next"].get<std::string>()));
  EXPECT_EQ(rest["folders"].size(), 1U);
  EXPECT_EQ(rest["next"], "");
  EXPECT_EQ(get("/api/v1/retention/due?cursor=x").error_code(), "bad_request");
  EXPECT_EQ(json_of(get("/api/v1/retention/years"))["years"],
            json::parse(R"([{"year":2026,"A":0,"B":0,"V":2}])"));

  const json hold{{"folders", {first["id"], second["id"]}},
                  {"reason", "Klage"},
                  {"owner", "Rechtsamt"},
                  {"review_on", "2027-06-30"}};
  const json placed = json_of(post("/api/v1/holds", hold.dump()))["holds"];
  ASSERT_EQ(placed.size(), 2U);
  EXPECT_EQ(json_of(get("/api/v1/retention/due?on=2027-01-01"))["folders"][0]["standing_holds"], 1);
  EXPECT_TRUE(json_of(get("/api/v1/holds?until=2027-06-29"))["holds"].empty());
  const json holds = json_of(get("/api/v1/holds?until=2027-06-30"))["holds"];
  ASSERT_EQ(holds.size(), 2U);
  EXPECT_EQ(holds[0]["folder"]["reference"], "61.10.30/1");
  EXPECT_EQ(holds[0]["placed_by"], "web");
  const std::string lift = "/api/v1/holds/" + placed[0].get<std::string>() + "/lift";
  EXPECT_EQ(post(lift, R"({"reason":""})").error_code(), "bad_request");
  EXPECT_EQ(post(lift, R"({"reason":"Urteil"})").status, 204);
  EXPECT_EQ(post(lift, R"({"reason":"Urteil"})").error_code(), "hold_lifted");
  EXPECT_EQ(json_of(get("/api/v1/holds?until=2027-06-30"))["holds"].size(), 1U);
  json nobody = hold;
  nobody["owner"] = "";
  EXPECT_EQ(post("/api/v1/holds", nobody.dump()).error_code(), "bad_request");
}

}  // namespace
}  // namespace eakte::testing

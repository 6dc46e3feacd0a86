#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "archive/relations.h"
#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using nlohmann::json;

class StructureRoutes : public ServedArchive {
protected:
  json add(const std::string& title, const std::string& entry = "61.10.30") {
    const HttpAnswer answer = post("/api/v1/folders", json{{"plan_entry", entry}, {"title", title}}.dump());
    EXPECT_EQ(answer.status, 201) << answer.body;
    return json_of(answer);
  }
  HttpAnswer act(const json& thing, const std::string& what, const json& body) {
    return post("/api/v1/" + what_is(thing) + "/" + thing["id"].get<std::string>() + "/" + what, body.dump());
  }
  json shown(const json& folder) {
    return json_of(get("/api/v1/folders/" + folder["id"].get<std::string>()));
  }
  HttpAnswer put(const std::string& target, const json& body) {
    return http(port(), "PUT", target, {}, body.dump());
  }
  json case_in(const json& folder, const std::string& title) {
    return json_of(act(folder, "cases", {{"title", title}}))["cases"].back();
  }

private:
  static std::string what_is(const json& thing) { return thing.contains("status") ? "folders" : "cases"; }
};

TEST_F(StructureRoutes, FoldersCasesAndPartsAreNumberedByThemselves) {
  const json folder = add("Hundesteuer");
  EXPECT_NE(folder["reference"].get<std::string>().find("61.10.30-0001/"), std::string::npos);
  EXPECT_EQ(case_in(folder, "Veranlagung")["reference"], folder["reference"].get<std::string>() + "/1");
  const json part = json_of(act(folder, "parts", {{"title", "Band 2"}}));
  EXPECT_EQ(part["reference"], folder["reference"].get<std::string>() + "-1");
  EXPECT_EQ(part["parent"]["id"], folder["id"]);
  const json again = shown(folder);
  ASSERT_EQ(again["parts"].size(), 1U);
  EXPECT_EQ(again["parts"][0]["title"], "Band 2");
  EXPECT_EQ(act(folder, "parts", {{"title", ""}}).error_code(), "bad_request");
  EXPECT_EQ(act(part, "refile", {{"plan_entry", "61.10.10"}, {"reason", "x"}}).error_code(), "part_of_whole");
}

TEST_F(StructureRoutes, ThePlaceOfPaperIsKnown) {
  const json folder = add("Hundesteuer");
  const std::string at = "/api/v1/folders/" + folder["id"].get<std::string>() + "/medium";
  EXPECT_EQ(folder["medium"], "electronic");
  EXPECT_EQ(put(at, {{"medium", "hybrid"}}).error_code(), "place_missing");
  EXPECT_EQ(put(at, {{"medium", "stone"}}).error_code(), "bad_request");
  const json hybrid = json_of(put(at, {{"medium", "hybrid"}, {"place", "Altregistratur, Regal 12"}}));
  EXPECT_EQ(hybrid["medium"], "hybrid");
  EXPECT_EQ(hybrid["place"], "Altregistratur, Regal 12");
}

TEST_F(StructureRoutes, ALongerEntryTakesAFolderAtOnceAndAShorterOneNeedsASecondPerson) {
  const json folder = add("Hundesteuer");
  const json done =
      json_of(act(folder, "refile", {{"plan_entry", "61.10.10"}, {"reason", "falsch abgelegt"}}));
  EXPECT_EQ(done["state"], "done");
  EXPECT_EQ(shown(folder)["plan_entry"]["number"], "61.10.10");
  EXPECT_EQ(act(folder, "refile", {{"plan_entry", "61.10.10"}, {"reason", "x"}}).error_code(), "same_place");
  EXPECT_EQ(act(folder, "refile", {{"plan_entry", "61"}, {"reason", "x"}}).error_code(), "bad_plan_entry");
  const json waits = json_of(act(folder, "refile", {{"plan_entry", "61.10.30"}, {"reason", "doch"}}));
  EXPECT_EQ(waits["state"], "proposed");
  EXPECT_EQ(json_of(get("/api/v1/refilings"))["refilings"].size(), 1U);
  const std::string at = "/api/v1/refilings/" + waits["id"].get<std::string>();
  EXPECT_EQ(post(at + "/release", R"({"reason":"ja"})").error_code(), "account_needed");
  EXPECT_EQ(json_of(post(at + "/reject", R"({"reason":"nein"})"))["state"], "rejected");
  EXPECT_EQ(shown(folder)["refilings"].size(), 2U);
}

TEST_F(StructureRoutes, FoldersAreMergedAndSplitAndCasesMoved) {
  const json folder = add("Eins");
  const json other = add("Zwei");
  const json first = case_in(folder, "Erster");
  const json second = case_in(folder, "Zweiter");
  EXPECT_EQ(act(second, "move", {{"folder", other["id"]}}).status, 200);
  EXPECT_EQ(shown(other)["cases"].size(), 1U);
  const json split =
      json_of(act(folder, "split", {{"title", "Abgetrennt"}, {"cases", json::array({first["id"]})}}));
  EXPECT_EQ(split["relations"][0]["kind"], "split_from");
  EXPECT_EQ(split["relations"][0]["outgoing"], true);
  EXPECT_EQ(act(folder, "split", {{"title", "Nichts"}}).error_code(), "nothing_to_split");
  const json merged = json_of(act(folder, "merge", {{"into", other["id"]}}));
  EXPECT_EQ(merged["id"], other["id"]);
  EXPECT_EQ(shown(folder)["status"], "closed");
  EXPECT_EQ(act(folder, "merge", {{"into", folder["id"]}}).error_code(), "same_place");
  const json third = case_in(other, "Dritter");
  EXPECT_EQ(act(third, "merge", {{"into", second["id"]}}).status, 200);
}

TEST_F(StructureRoutes, DocumentsHaveDraftsVersionsAndRelations) {
  const std::string first = file_document("Bescheid, erste Fassung").id.text;
  const std::string second = file_document("Bescheid, zweite Fassung").id.text;
  const std::string answer = file_document("Widerspruch").id.text;
  EXPECT_EQ(json_of(put("/api/v1/documents/" + first + "/draft", {{"draft", true}}))["draft"], true);
  const auto relate = [&](const char* kind, const std::string& source, const std::string& target) {
    return post("/api/v1/relations", json{{"kind", kind}, {"source", source}, {"target", target}}.dump());
  };
  EXPECT_EQ(relate("replaces", second, first).status, 201);
  EXPECT_EQ(relate("replaces", answer, first).error_code(), "version_taken");
  EXPECT_EQ(relate("replies_to", answer, second).status, 201);
  EXPECT_EQ(relate("replies_to", answer, answer).error_code(), "relation_unfit");
  EXPECT_EQ(relate("befreundet", answer, second).error_code(), "bad_request");
  const json shown_second = json_of(get("/api/v1/documents/" + second));
  ASSERT_EQ(shown_second["versions"].size(), 2U);
  EXPECT_EQ(shown_second["versions"][0]["id"], first);
  EXPECT_EQ(shown_second["relations"].size(), 2U);
  const json gone{{"kind", "replies_to"}, {"source", answer}, {"target", second}};
  EXPECT_EQ(post("/api/v1/relations/remove", gone.dump()).status, 204);
  const json stays{{"kind", "replaces"}, {"source", second}, {"target", first}};
  EXPECT_EQ(post("/api/v1/relations/remove", stays.dump()).error_code(), "relation_stays");
}

}  // namespace
}  // namespace eakte::testing

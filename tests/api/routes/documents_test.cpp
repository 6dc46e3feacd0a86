#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using Documents = ServedArchive;
using archive::DocumentState;
using nlohmann::json;

TEST_F(Documents, EverythingAboutOneDocumentIsShown) {
  const auto document = file_document("Rechnung über Streusalz");
  const json shown = json_of(get("/api/v1/documents/" + document.id.text));
  EXPECT_EQ(shown["id"], document.id.text);
  EXPECT_EQ(shown["state"], "filed");
  EXPECT_EQ(shown["document_date"], "2026-11-03");
  EXPECT_EQ(shown["received_on"], "2026-11-21");
  EXPECT_EQ(shown["plan_entry"]["number"], "11.50.20");
  EXPECT_TRUE(shown["folder"].is_null());
  EXPECT_TRUE(shown["case"].is_null());
  EXPECT_EQ(shown["retention"]["end"], "2034-12-31");
  EXPECT_EQ(shown["retention"]["disposal"], "V");
  EXPECT_EQ(shown["retention"]["disposal_name"], "vernichten");
  EXPECT_EQ(shown["pages"][0]["width"], 1240);
  EXPECT_EQ(shown["pages"][0]["steps"][0]["step"], "skew");
  EXPECT_EQ(shown["proposals"][0]["reason"], "Datum im Informationsblock");
  EXPECT_EQ(shown["renditions"].size(), 4U);
  EXPECT_EQ(get("/api/v1/documents/01k00000000000000000000000").error_code(), "not_found");
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text + "?tenant=elsewhere").error_code(), "not_found");
}

TEST_F(Documents, TheReviewListShowsWhatAPersonHasToLookAt) {
  file_document("sicher");
  const auto unsure = file_document("unsicher", DocumentState::review);
  EXPECT_EQ(json_of(get("/api/v1/documents"))["documents"].size(), 2U);
  const json review = json_of(get("/api/v1/documents?state=review"))["documents"];
  ASSERT_EQ(review.size(), 1U);
  EXPECT_EQ(review[0]["id"], unsure.id.text);
  EXPECT_EQ(review[0]["page_count"], 1);
  EXPECT_FALSE(review[0].contains("pages"));
  EXPECT_EQ(review[0]["review_reasons"][0]["code"], "plan_entry_unclear");
  EXPECT_EQ(get("/api/v1/documents?state=lost").status, 400);
}

TEST_F(Documents, ConfirmingTakesADocumentOffTheReviewList) {
  const auto unsure = file_document("unsicher", DocumentState::review);
  const auto answer = post(
      "/api/v1/documents/" + unsure.id.text + "/confirm",
      R"({"title":"Widerspruch Müller","document_type":"Widerspruch","sender":"Erika Müller","recipient":"",
                               "reference":"11.20.20/7","document_date":null,"plan_entry":"11.20.20"})");
  ASSERT_EQ(answer.status, 200) << answer.body;
  const json confirmed = json_of(answer);
  EXPECT_EQ(confirmed["state"], "filed");
  EXPECT_TRUE(confirmed["review_reasons"].empty());
  EXPECT_EQ(confirmed["title"], "Widerspruch Müller");
  EXPECT_TRUE(confirmed["document_date"].is_null());
  EXPECT_EQ(confirmed["plan_entry"]["number"], "11.20.20");
  EXPECT_GT(confirmed["revision"].get<int>(), unsure.revision);
  EXPECT_EQ(json_of(get("/api/v1/intakes/" + unsure.content.intake.text))["state"], "filed");
}

TEST_F(Documents, WhatIsNotNamedWhenConfirmingStays) {
  const auto unsure = file_document("unsicher", DocumentState::review);
  const json confirmed =
      json_of(post("/api/v1/documents/" + unsure.id.text + "/confirm", R"({"title":"Neu"})"));
  EXPECT_EQ(confirmed["title"], "Neu");
  EXPECT_EQ(confirmed["document_type"], "Rechnung");
  EXPECT_EQ(confirmed["document_date"], "2026-11-03");
}

TEST_F(Documents, ConfirmingRefusesWhatMakesNoSense) {
  const auto unsure = file_document("unsicher", DocumentState::review);
  const std::string address = "/api/v1/documents/" + unsure.id.text + "/confirm";
  struct Row {
    const char* body;
    int status;
  };
  for (const Row& row : {Row{"", 400}, Row{"{", 400}, Row{"[]", 400}, Row{R"({"title":7})", 400},
                         Row{R"({"unknown":"x"})", 400}, Row{R"({"document_date":"2026-02-30"})", 400},
                         Row{R"({"plan_entry":"99.99"})", 422}, Row{R"({"plan_entry":"11.50"})", 422}}) {
    EXPECT_EQ(post(address, row.body).status, row.status) << row.body;
  }
  EXPECT_EQ(post(address, std::string(1024 * 1024 + 1, ' ')).status, 413);
  EXPECT_EQ(post("/api/v1/documents/01k00000000000000000000000/confirm", "{}").status, 404);
  EXPECT_EQ(json_of(get("/api/v1/documents?state=review"))["documents"].size(), 1U);
}

TEST_F(Documents, RenditionsAreGivenWholeAndInRanges) {
  const auto document = file_document("Rechnung über Streusalz");
  const std::string address = "/api/v1/documents/" + document.id.text + "/renditions/";
  const HttpAnswer whole = get(address + "original");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, "Rechnung über Streusalz");
  EXPECT_EQ(whole.headers.at("etag"), "\"" + archive::sha256_hex(whole.body) + "\"");
  EXPECT_EQ(whole.headers.at("accept-ranges"), "bytes");

  const HttpAnswer part = get(address + "original", {{"Range", "bytes=3-6"}});
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "hnun");
  EXPECT_EQ(part.headers.at("content-range"), "bytes 3-6/24");
  EXPECT_EQ(get(address + "original", {{"Range", "bytes=-4"}}).body, "salz");
  EXPECT_EQ(get(address + "original", {{"Range", "bytes=0-1,3-4"}}).status, 200);
  EXPECT_EQ(get(address + "original", {{"Range", "bytes=0-1"}, {"If-Range", "\"old\""}}).status, 200);
  EXPECT_EQ(
      get(address + "original", {{"Range", "bytes=0-1"}, {"If-Range", whole.headers.at("etag")}}).status,
      206);
  const HttpAnswer outside = get(address + "original", {{"Range", "bytes=24-"}});
  EXPECT_EQ(outside.status, 416);
  EXPECT_EQ(outside.headers.at("content-range"), "bytes */24");
  EXPECT_EQ(get(address + "original", {{"If-None-Match", whole.headers.at("etag")}}).status, 304);
  EXPECT_EQ(get(address + "everything").status, 404);
  const HttpAnswer head = http(port(), "HEAD", address + "original");
  EXPECT_EQ(head.headers.at("content-length"), "24");
}

TEST_F(Documents, NothingUploadedIsServedInAFormABrowserRuns) {
  const auto document = file_document("<script>alert(1)</script>");
  const std::string address = "/api/v1/documents/" + document.id.text + "/renditions/";
  for (const char* role : {"original", "original?disposition=inline", "text", "words", "pdfa"}) {
    const HttpAnswer answer = get(address + role);
    EXPECT_EQ(answer.headers.at("x-content-type-options"), "nosniff") << role;
    EXPECT_TRUE(answer.headers.at("content-disposition").starts_with("attachment;")) << role;
    EXPECT_NE(answer.headers.at("content-security-policy").find("sandbox"), std::string::npos) << role;
  }
  EXPECT_EQ(get(address + "original").headers.at("content-type"), "application/octet-stream");
  EXPECT_EQ(
      get(address + "original").headers.at("content-disposition"),
      "attachment; filename=\"Brief _an_ M_ller.tif\"; filename*=UTF-8''Brief%20%22an%22%20M%C3%BCller.tif");
  const HttpAnswer shown = get(address + "pdfa?disposition=inline");
  EXPECT_EQ(shown.headers.at("content-type"), "application/pdf");
  EXPECT_TRUE(
      shown.headers.at("content-disposition").starts_with("inline; filename=\"Brief _an_ M_ller.pdf\""));
  EXPECT_EQ(shown.headers.at("content-security-policy"), "frame-ancestors 'self'");
}

TEST_F(Documents, ALargeRenditionArrivesWhole) {
  std::string large;
  for (int i = 0; large.size() < 3'000'000; ++i) large += std::to_string(i) + " ";
  const auto object = tenant().archive.objects().put(large);
  auto document = file_document("klein");
  archive::NewDocument second = document.content;
  archive::StagedObject staged = tenant().archive.objects().stage();
  staged.append(std::as_bytes(std::span(large)));
  second.intake = tenant().queue.accept(std::move(staged), {}).id;
  second.renditions[0].object = object;
  const auto filed = tenant().archive.file(second, "test");
  const HttpAnswer answer = get("/api/v1/documents/" + filed.id.text + "/renditions/original");
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.body == large);
}

TEST_F(Documents, PagePicturesNeedTheWorkers) {
  const auto document = file_document("Rechnung");
  const std::string address = "/api/v1/documents/" + document.id.text + "/pages/";
  EXPECT_EQ(get(address + "1/picture?width=800").error_code(), "busy");
  EXPECT_EQ(get(address + "2/picture").status, 404);
  EXPECT_EQ(get(address + "x/picture").status, 404);
  EXPECT_EQ(get(address + "1/picture?width=99").status, 400);
  const auto& sha256 = tenant().archive.rendition(document, archive::RenditionRole::pdfa).object.sha256;
  EXPECT_EQ(get(address + "1/picture?width=800", {{"If-None-Match", "\"" + sha256 + "-1-800\""}}).status,
            304);
}

TEST_F(Documents, ACorrectedPageIsFoundAndMarkedAndCanBeTakenBack) {
  const auto document = file_document("Hundesleuer Bescheid");
  const std::string page = "/api/v1/documents/" + document.id.text + "/pages/1/";
  const json before = json_of(get(page + "text"));
  EXPECT_EQ(before["lines"], json::array({"Hundesleuer Bescheid"}));
  EXPECT_EQ(before["corrected"], false);
  const std::string body =
      json{{"revision", before["revision"]}, {"lines", {"Hundesteuer\tBescheid"}}}.dump();
  const Headers own{{"Content-Type", "application/json"}};
  EXPECT_EQ(
      http(port(), "PUT", page + "text", {{"Origin", "http://evil.example"}, {"X-Eakte", "1"}}, body).status,
      403);
  const HttpAnswer answer = http(port(), "PUT", page + "text", own, body);
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(json_of(answer)["text"]["corrected"], true);
  EXPECT_EQ(json_of(answer)["text"]["machine_lines"], json::array({"Hundesleuer Bescheid"}));
  EXPECT_EQ(json_of(get(page + "hits?q=Hundesteuer"))["boxes"],
            json::array({json::array({100, 200, 100, 30})}));
  tenant().index.catch_up(tenant().archive);
  EXPECT_EQ(json_of(get("/api/v1/search?q=Hundesteuer"))["total"], 1);
  EXPECT_EQ(json_of(get("/api/v1/search?q=Hundesleuer"))["total"], 0);
  EXPECT_EQ(http(port(), "PUT", page + "text", own, body).status, 409);
  EXPECT_EQ(http(port(), "PUT", page + "text", own, R"({"lines":[1],"revision":1})").status, 400);
  for (const char* revision : {"1e300", "1.5", "18446744073709551615", "null"})
    EXPECT_EQ(
        http(port(), "PUT", page + "text", own, std::string(R"({"lines":["a"],"revision":)") + revision + "}")
            .status,
        400)
        << revision;

  const HttpAnswer restored = http(port(), "DELETE", page + "text", own);
  ASSERT_EQ(restored.status, 200) << restored.body;
  tenant().index.catch_up(tenant().archive);
  EXPECT_EQ(json_of(get("/api/v1/search?q=Hundesleuer"))["total"], 1);
  EXPECT_EQ(json_of(get("/api/v1/search?q=Hundesteuer"))["total"], 0);
}

TEST_F(Documents, HitBoxesOfAPageAreGiven) {
  const auto document = file_document("Rechnung Streusalz Winterdienst");
  const std::string address = "/api/v1/documents/" + document.id.text + "/pages/1/hits";
  const json hits = json_of(get(address + "?q=Streusalz"));
  EXPECT_EQ(hits["width"], 1240);
  EXPECT_EQ(hits["boxes"], json::array({json::array({210, 200, 100, 30})}));
  EXPECT_TRUE(json_of(get(address))["boxes"].empty());
  EXPECT_EQ(get("/api/v1/documents/" + document.id.text + "/pages/7/hits?q=x").status, 404);
}

}  // namespace
}  // namespace eakte::testing

#include <fstream>

#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using Intakes = ServedArchive;
using nlohmann::json;

std::string form(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string body;
  for (const auto& [name, content] : files) {
    body.append("--B0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"").append(name);
    body.append("\"\r\n\r\n").append(content).append("\r\n");
  }
  return body + "--B0--\r\n";
}

const Headers form_type{{"Content-Type", "multipart/form-data; boundary=B0"}};

TEST_F(Intakes, ARawBodyIsTakenInWithItsName) {
  const HttpAnswer answer =
      post("/api/v1/intakes?name=Brief%20M%C3%BCller.tif&languages=deu+eng", "bytes of a scan");
  ASSERT_EQ(answer.status, 201) << answer.body;
  const json intake = json_of(answer)["intakes"][0];
  EXPECT_EQ(intake["name"], "Brief Müller.tif");
  EXPECT_EQ(intake["size"], 15);
  EXPECT_EQ(intake["state"], "queued");
  EXPECT_EQ(intake["source"], "upload");
  EXPECT_EQ(intake["languages"], "deu+eng");
  EXPECT_EQ(intake["sha256"], archive::sha256_hex("bytes of a scan"));
  EXPECT_EQ(tenant().archive.objects().read(intake["sha256"]), "bytes of a scan");
  EXPECT_EQ(staged_files(), 0U);
}

TEST_F(Intakes, TheNameMayComeFromContentDisposition) {
  const auto answer =
      post("/api/v1/intakes", "x", {{"Content-Disposition", "attachment; filename*=UTF-8''%C3%9C.pdf"}});
  EXPECT_EQ(json_of(answer)["intakes"][0]["name"], "Ü.pdf");
}

TEST_F(Intakes, NamesAreForDisplayOnly) {
  const auto answer = post("/api/v1/intakes", form({{"../../etc/\xfcmlaut\x01.tif", "content"}}), form_type);
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json_of(answer)["intakes"][0]["name"], "../../etc/ümlaut\uFFFD.tif");
}

TEST_F(Intakes, EveryFileOfAFormBecomesAnIntake) {
  const auto answer = post(
      "/api/v1/intakes", form({{"a.tif", "first"}, {"b.tif", ""}, {"", ""}, {"c.tif", "third"}}), form_type);
  ASSERT_EQ(answer.status, 201) << answer.body;
  const json intakes = json_of(answer)["intakes"];
  ASSERT_EQ(intakes.size(), 3U);
  EXPECT_EQ(intakes[0]["name"], "a.tif");
  EXPECT_EQ(intakes[1]["size"], 0);
  EXPECT_EQ(intakes[2]["sha256"], archive::sha256_hex("third"));
}

TEST_F(Intakes, AChunkedBodyIsTakenIn) {
  HttpConnection connection(port());
  connection.send("POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (int i = 0; i < 50; ++i) connection.send("5\r\nhello\r\n");
  connection.send("0\r\n\r\n");
  const HttpAnswer answer = connection.read_answer();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json_of(answer)["intakes"][0]["size"], 250);
  EXPECT_EQ(connection.request("GET", "/api/v1/reasons").status, 200);
}

TEST_F(Intakes, ASenderThatExpectsContinueIsToldToGoOn) {
  HttpConnection connection(port());
  connection.send(
      "POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(connection.read_answer().status, 100);
  connection.send("data");
  EXPECT_EQ(connection.read_answer().status, 201);
}

TEST_F(Intakes, TheSameIdempotencyKeyGivesTheSameIntake) {
  const Headers key{{"Idempotency-Key", "scan-4711"}};
  const json first = json_of(post("/api/v1/intakes", "letter", key))["intakes"][0];
  const json again = json_of(post("/api/v1/intakes", "letter", key))["intakes"][0];
  EXPECT_EQ(first["id"], again["id"]);
  const HttpAnswer other = post("/api/v1/intakes", "another letter", key);
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(other.error_code(), "idempotency_key_reused");
}

TEST_F(Intakes, TheSameBytesAgainAreADuplicateOfTheFirst) {
  const json first = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  const json again = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  EXPECT_EQ(again["state"], "duplicate");
  EXPECT_EQ(again["duplicate_of"], first["id"]);
  EXPECT_EQ(again["reason"], "duplicate");
  EXPECT_FALSE(again["message"].get<std::string>().empty());
}

TEST_F(Intakes, RefusesWhatIsAskedWrongly) {
  struct Row {
    const char* target;
    Headers headers;
    std::string body;
    int status;
    const char* code;
  };
  const Row rows[] = {
      {"/api/v1/intakes?languages=../../etc", {}, "x", 400, "bad_request"},
      {"/api/v1/intakes?languages=d", {}, "x", 400, "bad_request"},
      {"/api/v1/intakes?tenant=elsewhere", {}, "x", 404, "not_found"},
      {"/api/v1/intakes", {{"Idempotency-Key", std::string(201, 'k')}}, "x", 400, "bad_request"},
      {"/api/v1/intakes", {{"Content-Type", "multipart/form-data"}}, "x", 400, "bad_request"},
      {"/api/v1/intakes", form_type, "no form at all", 400, "incomplete_upload"},
      {"/api/v1/intakes", form_type, form({{"a", "b"}}).substr(0, 70), 400, "incomplete_upload"},
      {"/api/v1/intakes", form_type, form({}), 400, "bad_request"},
      {"/api/v1/intakes", form_type, "--B0\r\n\r\n", 400, "bad_request"},
  };
  for (const Row& row : rows) {
    const HttpAnswer answer = post(row.target, row.body, row.headers);
    EXPECT_EQ(answer.status, row.status) << row.target << answer.body;
    EXPECT_EQ(answer.error_code(), row.code) << row.target;
  }
  EXPECT_TRUE(json_of(get("/api/v1/intakes"))["intakes"].empty());
  EXPECT_EQ(staged_files(), 0U);
}

TEST_F(Intakes, AFileThatIsTooLargeIsRefusedAndNothingKept) {
  api::ServerOptions options;
  options.max_upload_bytes = 1000;
  serve(options);
  const std::string large(1001, 'x');
  for (const HttpAnswer& answer : {post("/api/v1/intakes", large),
                                   post("/api/v1/intakes", form({{"a", "b"}, {"c", large}}), form_type)}) {
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.error_code(), "too_large");
  }
  EXPECT_EQ(post("/api/v1/intakes", std::string(1000, 'x')).status, 201);
  HttpConnection announced(port());
  announced.send(
      "POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(announced.read_answer().status, 413);
  EXPECT_EQ(staged_files(), 0U);
}

TEST_F(Intakes, AnAbortedUploadLeavesNothing) {
  const std::string start =
      "POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n" +
      std::string(300'000, 'x');
  HttpConnection half_closed(port());
  half_closed.send(start);
  half_closed.end_sending();
  const HttpAnswer answer = half_closed.read_answer();
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(answer.error_code(), "incomplete_upload");
  EXPECT_EQ(staged_files(), 0U);

  HttpConnection reset(port());
  reset.send(start);
  reset.reset();
  stop_serving();
  EXPECT_EQ(staged_files(), 0U);
  EXPECT_TRUE(tenant().queue.list({}, "", 10).intakes.empty());
}

std::size_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    if (word == "VmRSS:") {
      std::size_t size = 0;
      status >> size;
      return size;
    }
  }
  return 0;
}

TEST_F(Intakes, FiftyMegabytesPassInConstantMemory) {
  ASSERT_EQ(post("/api/v1/intakes", std::string(2'000'000, 'y')).status, 201);
  constexpr std::size_t pieces = 800;
  const std::string piece(65'536, 'x');
  HttpConnection connection(port());
  const std::size_t before = resident_kilobytes();
  std::size_t most = before;
  connection.send("POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                  std::to_string(pieces * piece.size()) + "\r\n\r\n");
  for (std::size_t i = 0; i < pieces; ++i) {
    connection.send(piece);
    if (i % 20 == 0) most = std::max(most, resident_kilobytes());
  }
  const HttpAnswer answer = connection.read_answer();
  ASSERT_EQ(answer.status, 201) << answer.body;
  EXPECT_EQ(json_of(answer)["intakes"][0]["size"], pieces * piece.size());
  EXPECT_LT(most - before, 16'000U);
}

TEST_F(Intakes, TheListIsPagedAndFilteredByState) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(post("/api/v1/intakes", "letter " + std::to_string(i)).status, 201);
  post("/api/v1/intakes", "letter 0");
  const json page = json_of(get("/api/v1/intakes?limit=4"));
  ASSERT_EQ(page["intakes"].size(), 4U);
  const json rest = json_of(get("/api/v1/intakes?limit=4&cursor=" + page["next"].get<std::string>()));
  EXPECT_EQ(rest["intakes"].size(), 2U);
  EXPECT_EQ(rest["next"], "");
  EXPECT_EQ(json_of(get("/api/v1/intakes?state=duplicate"))["intakes"].size(), 1U);
  EXPECT_EQ(json_of(get("/api/v1/intakes?state=duplicate&state=queued"))["intakes"].size(), 6U);
  EXPECT_EQ(get("/api/v1/intakes?state=lost").status, 400);
  EXPECT_EQ(get("/api/v1/intakes?limit=0").status, 400);
  EXPECT_EQ(get("/api/v1/intakes?limit=x").status, 400);
  EXPECT_LT(get("/api/v1/intakes?cursor=%27%3B--").status, 500);
}

TEST_F(Intakes, OneIntakeIsShownOrNotFound) {
  const json intake = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  json shown = json_of(get("/api/v1/intakes/" + intake["id"].get<std::string>()));
  EXPECT_TRUE(shown.at("parts").empty() && shown.at("pages").empty());  // no batch
  shown.erase("parts");
  shown.erase("pages");
  EXPECT_EQ(shown, intake);
  for (const char* id : {"01k00000000000000000000000", "..", "x", "%2e%2e%2f"}) {
    EXPECT_EQ(get("/api/v1/intakes/" + std::string(id)).error_code(), "not_found") << id;
  }
}

TEST_F(Intakes, WithoutAProcessorNothingCanBeCancelledHere) {
  const json intake = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  const std::string address = "/api/v1/intakes/" + intake["id"].get<std::string>();
  EXPECT_EQ(post(address + "/cancel").error_code(), "busy");
  EXPECT_EQ(post(address + "/retry").status, 409);
  EXPECT_EQ(post(address + "/join").status, 409);
  EXPECT_EQ(get(address + "/retry").status, 405);
}

TEST_F(Intakes, ARefusedOneCanBeTriedAgain) {
  const json intake = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  const auto claimed = tenant().queue.claim();
  ASSERT_TRUE(claimed);
  tenant().queue.finish(claimed->id, ingest::IntakeState::refused, "damaged_file", "test");
  const std::string address = "/api/v1/intakes/" + intake["id"].get<std::string>();
  const json refused = json_of(get(address));
  EXPECT_EQ(refused["state"], "refused");
  EXPECT_EQ(refused["reason"], "damaged_file");
  EXPECT_NE(refused["message"].get<std::string>().find("beschädigt"), std::string::npos);
  EXPECT_EQ(json_of(post(address + "/retry"))["state"], "queued");
}

}  // namespace
}  // namespace eakte::testing

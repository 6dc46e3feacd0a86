#include "api/server.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using ServerTest = ServedArchive;
using nlohmann::json;

void write(const std::filesystem::path& file, std::string_view text) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

TEST_F(ServerTest, RefusesToListenBeyondThisMachine) {
  for (const char* address : {"0.0.0.0", "::", "192.168.1.1", "10.0.0.1"}) {
    api::ServerOptions options;
    options.address = address;
    options.port = 0;
    try {
      const api::Server refused(service_, options);
      ADD_FAILURE() << address;
    } catch (const api::Error& error) {
      EXPECT_NE(std::string(error.what()).find("Benutzerkonten"), std::string::npos);
    }
  }
}

TEST_F(ServerTest, SaysWhenTheAddressIsInUse) {
  api::ServerOptions options;
  options.port = port();
  EXPECT_THROW(const api::Server second(service_, options), api::Error);
  options.address = "not an address";
  EXPECT_THROW(const api::Server second(service_, options), api::Error);
}

TEST_F(ServerTest, AnswersRequestAfterRequestOnOneConnection) {
  HttpConnection connection(port());
  for (int i = 0; i < 20; ++i) EXPECT_EQ(connection.request("GET", "/api/v1/reasons").status, 200);
  EXPECT_EQ(connection.request("GET", "/api/v1/nothing").status, 404);
  EXPECT_EQ(connection.request("HEAD", "/api/v1/reasons").body, "");
  const HttpAnswer last = connection.request("GET", "/api/v1/reasons", {{"Connection", "close"}});
  EXPECT_EQ(last.headers.at("connection"), "close");
  EXPECT_TRUE(connection.ended());
}

TEST_F(ServerTest, AnswersManyRequestsSentAtOnce) {
  std::string requests;
  constexpr int count = 2000;
  for (int i = 0; i < count; ++i) requests += "GET /api/v1/x HTTP/1.1\r\nHost: localhost\r\n\r\n";
  HttpConnection connection(port());
  connection.send(requests);
  for (int i = 0; i < count; ++i) ASSERT_EQ(connection.read_answer().status, 404);
}

TEST_F(ServerTest, RefusesAmbiguousRequestsAndCloses) {
  const std::string start = "POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\n";
  for (const std::string& request : {
           start + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled "
                   "HTTP/1.1\r\nHost: localhost\r\n\r\n",
           start + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
           start + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
           start + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
           start + "Transfer-Encoding: chunked\r\n\r\n4\nabcd\r\n0\r\n\r\n",
           start + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcdX\r\n0\r\n\r\n",
           std::string("GET / HTTP/1.1\nHost: localhost\n\n"),
           std::string("GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n z\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n\r\n"),
           std::string("GET / HTTP/1.1\r\n\r\n"),
           std::string("\x16\x03\x01\x02"
                       "binary rubbish\r\n\r\n"),
       }) {
    HttpConnection connection(port());
    connection.send(request);
    const HttpAnswer answer = connection.read_answer();
    EXPECT_EQ(answer.status, 400) << request;
    EXPECT_EQ(answer.headers.at("connection"), "close");
    EXPECT_TRUE(connection.ended()) << request;
  }
  EXPECT_TRUE(json_of(get("/api/v1/intakes"))["intakes"].empty());
  EXPECT_EQ(staged_files(), 0U);
}

TEST_F(ServerTest, RefusesForeignHostsAndOrigins) {
  EXPECT_EQ(get("/api/v1/status", {{"Host", "eakte.example.org"}}).error_code(), "foreign_host");
  EXPECT_EQ(get("/", {{"Host", "eakte.example.org"}}).error_code(), "foreign_host");
  EXPECT_EQ(get("/api/v1/status", {{"Host", "[::1]:8080"}}).status, 200);
  EXPECT_EQ(post("/api/v1/intakes", "x", {{"Origin", "http://evil.example"}}).error_code(), "foreign_origin");
  EXPECT_EQ(post("/api/v1/intakes", "x", {{"Origin", "http://localhost"}}).error_code(), "foreign_origin");
  EXPECT_EQ(post("/api/v1/intakes", "x", {{"Origin", "http://localhost"}, {"X-Eakte", "1"}}).status, 201);
  EXPECT_TRUE(json_of(get("/api/v1/intakes"))["intakes"].size() == 1);
}

TEST_F(ServerTest, SaysWhichMethodsAnAddressKnows) {
  const HttpAnswer answer = http(port(), "DELETE", "/api/v1/intakes");
  EXPECT_EQ(answer.status, 405);
  EXPECT_EQ(answer.headers.at("allow"), "POST, GET");
}

TEST_F(ServerTest, UnknownTenantsAreNotFound) {
  for (const char* target : {"/api/v1/status", "/api/v1/intakes", "/api/v1/search", "/api/v1/documents",
                             "/api/v1/file-plan", "/api/v1/events"}) {
    EXPECT_EQ(get(std::string(target) + "?tenant=elsewhere").error_code(), "not_found") << target;
    if (std::string_view(target) == "/api/v1/events") continue;
    EXPECT_EQ(get(std::string(target) + "?tenant=musterstadt").status, 200) << target;
  }
}

TEST_F(ServerTest, FiveHundredIdleConnectionsDoNotHinderOthers) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 1200) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
  std::vector<HttpConnection> idle;
  for (int i = 0; i < 500; ++i) {
    idle.emplace_back(port());
    if (i % 2 == 0) {
      EXPECT_EQ(idle.back().request("GET", "/api/v1/reasons").status, 200);
    }
    if (i % 5 == 1) idle.back().send("GET /api/v1/rea");
  }
  EXPECT_EQ(get("/api/v1/status").status, 200);
  EXPECT_EQ(post("/api/v1/intakes", "x").status, 201);
  for (int i = 0; i < 500; i += 50)
    EXPECT_EQ(idle[static_cast<std::size_t>(i)].request("GET", "/api/v1/reasons").status, 200);
}

TEST_F(ServerTest, SlowUploadsDoNotHoldUpTheHandlers) {
  std::vector<HttpConnection> slow;
  for (int i = 0; i < 20; ++i) {
    slow.emplace_back(port());
    slow.back().send("POST /api/v1/intakes HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nbegun");
  }
  EXPECT_EQ(get("/api/v1/status").status, 200);
  for (HttpConnection& connection : slow) connection.send(std::string(95, 'x'));
  for (HttpConnection& connection : slow) EXPECT_EQ(connection.read_answer().status, 201);
}

TEST_F(ServerTest, EventsTellOfIntakesAndFilings) {
  HttpConnection events(port());
  events.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(events.read_until("retry: 3000\n\n").find("text/event-stream"), std::string::npos);
  const json intake = json_of(post("/api/v1/intakes?name=a.tif", "letter"))["intakes"][0];
  const std::string taken = events.read_until("\n\n");
  ASSERT_TRUE(taken.starts_with("event: intake\ndata: ")) << taken;
  EXPECT_EQ(json::parse(taken.substr(20)), intake);

  tenant().queue.claim();
  service_.progress.publish({.tenant = "musterstadt",
                             .intake = {intake["id"]},
                             .state = "working",
                             .stage = "read",
                             .pages_done = 2,
                             .pages_total = 5});
  const json working = json::parse(events.read_until("\n\n").substr(20));
  EXPECT_EQ(working["state"], "working");
  EXPECT_EQ(working["stage"], "read");
  EXPECT_EQ(working["pages_done"], 2);

  const auto document = file_document("Rechnung", archive::DocumentState::review);
  service_.progress.publish({.tenant = "musterstadt",
                             .intake = document.content.intake,
                             .state = "review",
                             .stage = "",
                             .pages_done = 0,
                             .pages_total = 0});
  EXPECT_EQ(json::parse(events.read_until("\n\n").substr(20))["document"], document.id.text);
  const std::string archive_event = events.read_until("\n\n");
  ASSERT_TRUE(archive_event.starts_with("event: archive\ndata: ")) << archive_event;
  EXPECT_EQ(json::parse(archive_event.substr(21)),
            (json{{"tenant", "musterstadt"}, {"revision", tenant().archive.revision()}}));
}

TEST_F(ServerTest, EventStreamsEndWhenTheServerStops) {
  HttpConnection events(port());
  events.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  events.read_until("retry: 3000\n\n");
  stop_serving();
  EXPECT_NO_THROW(events.read_to_end());
}

TEST_F(ServerTest, ServesThePageAndNothingElse) {
  const auto web = directory_.path() / "web";
  write(directory_.path() / "secret.txt", "secret");
  write(web / "index.html", "<!doctype html><title>eakte</title>");
  write(web / "assets" / "index-3f2a.js", "export {}");
  write(web / "favicon.svg", "<svg/>");
  std::filesystem::create_symlink(directory_.path() / "secret.txt", web / "link.txt");
  api::ServerOptions options;
  options.web = web;
  serve(options);

  const HttpAnswer page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.headers.at("content-security-policy").find("unsafe"), std::string::npos);
  EXPECT_NE(page.headers.at("content-security-policy").find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(page.headers.at("x-content-type-options"), "nosniff");
  EXPECT_EQ(page.headers.at("x-frame-options"), "DENY");
  EXPECT_EQ(page.headers.at("referrer-policy"), "no-referrer");
  for (const char* address : {"/eingang", "/suche?q=x", "/dokument/01k0000", "/index.html"}) {
    EXPECT_EQ(get(address).body, page.body) << address;
  }
  const HttpAnswer script = get("/assets/index-3f2a.js");
  EXPECT_EQ(script.headers.at("content-type"), "text/javascript; charset=utf-8");
  EXPECT_NE(script.headers.at("cache-control").find("immutable"), std::string::npos);
  EXPECT_EQ(get("/assets/index-3f2a.js", {{"If-None-Match", script.headers.at("etag")}}).status, 304);
  EXPECT_EQ(get("/favicon.svg").headers.at("content-type"), "image/svg+xml");

  for (const char* address :
       {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
        "/assets/%2e%2e%2f%2e%2e%2fsecret.txt", "//secret.txt", "/link.txt", "/secret.txt", "/assets/%00.js",
        "/%5c..%5csecret.txt", "/api/v2/x", "/api/v1/reasons/", "/api"}) {
    const HttpAnswer answer = get(address);
    EXPECT_EQ(answer.status, 404) << address;
    EXPECT_EQ(answer.body.find("secret"), std::string::npos);
  }
}

TEST_F(ServerTest, LogsRequestsWithoutTheirQuery) {
  get("/api/v1/search?q=Geheimnis");
  get("/api/v1/nothing");
  stop_serving();
  ASSERT_EQ(log_.size(), 2U);
  EXPECT_EQ(log_[0].method, "GET");
  EXPECT_EQ(log_[0].path, "/api/v1/search");
  EXPECT_EQ(log_[0].status, 200);
  EXPECT_GT(log_[0].bytes, 0U);
  EXPECT_EQ(log_[1].status, 404);
}

}  // namespace
}  // namespace eakte::testing

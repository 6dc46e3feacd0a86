#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/http/byte_range.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/incidents.h"
#include "archive/json_number.h"
#include "archive/page_words.h"
#include "archive/text_correction.h"
#include "ingest/intake_queue.h"

namespace eakte::api {
namespace {

using archive::RenditionRole;

const archive::PageRecord& page_of(const archive::Document& document, const Request& request) {
  const std::string& text = request.captures.at(1);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const auto& pages = document.content.pages;
  const auto found = std::ranges::find(pages, number, &archive::PageRecord::number);
  if (error != std::errc() || end != text.data() + text.size() || found == pages.end()) throw not_found();
  return *found;
}

Response picture(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const int page = page_of(document, request).number;
  const int width = request.number("width", 1200, 100, 2400);
  const std::string sha256 = tenant.archive.rendition(document, RenditionRole::pdfa).object.sha256;
  const std::string name = sha256 + "-" + std::to_string(page) + "-" + std::to_string(width);
  const std::string etag = "\"" + name + "\"";

  Response response;
  const bool versioned = !request.parameter("v").empty();
  response.headers = {
      {"Content-Type", "image/jpeg"},
      {"ETag", etag},
      {"Cache-Control", versioned ? "private, max-age=31536000, immutable" : "private, no-cache"}};
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  if (!application.service.workers) throw busy();
  archive::record_reading(tenant.archive, document, archive::Seen::pages, "pages", actor_of(request));
  response.body = application.pictures.get(tenant.name + "/" + name, [&] {
    const archive::OpenObject pdfa = tenant.archive.objects().open(sha256);
    return application.service.workers->page_picture(pdfa.descriptor(), page, width, application.stop);
  });
  return response;
}

Response hits(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const archive::PageRecord& page = page_of(document, request);
  archive::record_reading(tenant.archive, document, archive::Seen::pages, "pages", actor_of(request));
  index::Query query;
  query.text = request.parameter("q");
  query.tenant = tenant.archive.tenant();
  const std::string words =
      tenant.archive.objects().read(tenant.archive.words_in_force(document).object.sha256);
  const ocr::PageText text = archive::page_words_from_jsonl(words, page.number);
  Json boxes = Json::array();
  if (!query.text.empty()) {
    for (const ocr::Box& box : tenant.index.find_on_page(text, query)) {
      boxes.push_back(Json::array({box.left, box.top, box.width, box.height}));
    }
  }
  return json_response({{"width", text.width}, {"height", text.height}, {"boxes", std::move(boxes)}});
}

/// The text of a page for a person to correct.
Json page_text_json(const Tenant& tenant, const archive::Document& document, int page) {
  const auto words_of = [&](const archive::Rendition& rendition) {
    return archive::page_words_from_jsonl(tenant.archive.objects().read(rendition.object.sha256), page);
  };
  const auto machine = archive::lines_of(words_of(tenant.archive.rendition(document, RenditionRole::words)));
  const auto lines = archive::lines_of(words_of(tenant.archive.words_in_force(document)));
  return {{"page", page},
          {"revision", document.revision},
          {"corrected", lines != machine},
          {"lines", lines},
          {"machine_lines", machine}};
}

Response show_text(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const int page = page_of(document, request).number;
  archive::record_reading(tenant.archive, document, archive::Seen::pages, "pages", actor_of(request));
  return json_response(page_text_json(tenant, document, page));
}

struct GivenText {
  std::int64_t revision = 0;
  std::vector<std::string> lines;
};

GivenText given_text(const std::string& body) {
  constexpr std::size_t most_lines = 10'000;
  constexpr std::size_t longest_line = 20'000;
  try {
    const Json given = Json::parse(body);
    GivenText text{archive::whole_number<std::int64_t>(given.at("revision")),
                   given.at("lines").get<std::vector<std::string>>()};
    const bool too_long =
        text.lines.size() > most_lines ||
        std::ranges::any_of(text.lines, [](const auto& line) { return line.size() > longest_line; });
    if (too_long) throw bad_request("Der Text ist für eine Seite zu lang.");
    for (std::string& line : text.lines) {
      std::ranges::replace(line, '\t', ' ');
      line = ingest::displayable(line);
    }
    return text;
  } catch (const Json::exception&) {
    throw bad_request("Erwartet werden „revision“ und „lines“, eine Zeile je Eintrag.");
  }
}

Response after_correction(const Application& application, Tenant& tenant, const archive::Document& document,
                          int page) {
  if (tenant.processor) tenant.processor->wake();
  application.events.archive_changed(tenant.name);
  return json_response(
      {{"document", document_json(tenant, document)}, {"text", page_text_json(tenant, document, page)}});
}

Response correct_text(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const int page = page_of(document, request).number;
  const GivenText given = given_text(request.body);
  return after_correction(
      application, tenant,
      tenant.archive.correct_page(document.id, page, given.lines, given.revision, request.actor), page);
}

Response restore_text(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const int page = page_of(document, request).number;
  return after_correction(
      application, tenant,
      tenant.archive.correct_page(document.id, page, std::nullopt, document.revision, request.actor), page);
}

}  // namespace

void add_page_routes(Router& router, const Application& application) {
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/pages/{}/picture",
              .handle = [&application](const Request& request) { return picture(application, request); },
              .lane = Lane::slow});
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/pages/{}/hits",
              .handle = [&application](const Request& request) { return hits(application, request); }});
  const std::string text = "/api/v1/documents/{}/pages/{}/text";
  router.add({.method = "GET", .pattern = text, .handle = [&application](const Request& request) {
                return show_text(application, request);
              }});
  router.add({.method = "PUT", .pattern = text, .handle = [&application](const Request& request) {
                return correct_text(application, request);
              }});
  router.add({.method = "DELETE", .pattern = text, .handle = [&application](const Request& request) {
                return restore_text(application, request);
              }});
}

}  // namespace eakte::api

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "api/http/byte_range.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/page_words.h"

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
  const Tenant& tenant = application.tenant_of(request);
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
  response.body = application.pictures.get(tenant.name + "/" + name, [&] {
    const archive::OpenObject pdfa = tenant.archive.objects().open(sha256);
    return application.service.workers->page_picture(pdfa.descriptor(), page, width, application.stop);
  });
  return response;
}

Response hits(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const archive::PageRecord& page = page_of(document, request);
  index::Query query;
  query.text = request.parameter("q");
  query.tenant = tenant.archive.tenant();
  const std::string words =
      tenant.archive.objects().read(tenant.archive.rendition(document, RenditionRole::words).object.sha256);
  const ocr::PageText text = archive::page_words_from_jsonl(words, page.number);
  Json boxes = Json::array();
  if (!query.text.empty()) {
    for (const ocr::Box& box : tenant.index.find_on_page(text, query)) {
      boxes.push_back(Json::array({box.left, box.top, box.width, box.height}));
    }
  }
  return json_response({{"width", text.width}, {"height", text.height}, {"boxes", std::move(boxes)}});
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
}

}  // namespace eakte::api

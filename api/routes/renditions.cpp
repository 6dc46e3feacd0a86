#include <array>
#include <filesystem>

#include "api/http/byte_range.h"
#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/routes/routes.h"
#include "archive/incidents.h"

namespace eakte::api {
namespace {

using archive::RenditionRole;

/// Media types are ours and not what was stored or sent: nothing uploaded is ever named something a browser
/// runs.
std::string_view media_type_of(RenditionRole role) {
  switch (role) {
    case RenditionRole::original:
      return "application/octet-stream";
    case RenditionRole::pdfa:
      return "application/pdf";
    case RenditionRole::text:
    case RenditionRole::corrected_text:
      return "text/plain; charset=utf-8";
    case RenditionRole::words:
    case RenditionRole::corrected_words:
      return "application/x-ndjson";
  }
  return "application/octet-stream";
}

std::string download_name(const archive::Document& document, RenditionRole role) {
  const std::string& name = document.content.original_name;
  if (role == RenditionRole::original) return name.empty() ? document.id.text : name;
  const auto dot = name.rfind('.');
  const std::string stem = name.empty() || dot == 0 ? document.id.text : name.substr(0, dot);
  switch (role) {
    case RenditionRole::pdfa:
      return stem + ".pdf";
    case RenditionRole::text:
    case RenditionRole::corrected_text:
      return stem + ".txt";
    default:
      return stem + ".jsonl";
  }
}

void add_headers(Response& response, const archive::Document& document, RenditionRole role,
                 const Request& request) {
  const std::string_view wanted = request.parameter("disposition");
  if (!wanted.empty() && wanted != "inline" && wanted != "attachment") {
    throw bad_request("Die Angabe „disposition“ muss „inline“ oder „attachment“ sein.");
  }
  const bool shown = role == RenditionRole::pdfa && wanted == "inline";
  const auto disposition = shown ? Disposition::inline_view : Disposition::attachment;
  response.headers.emplace_back("Content-Type", media_type_of(role));
  response.headers.emplace_back("Content-Disposition",
                                content_disposition(disposition, download_name(document, role)));
  response.headers.emplace_back("Cache-Control", "private, no-cache");
  response.headers.emplace_back("Accept-Ranges", "bytes");
  if (shown) {
    // A sandbox would keep Chromium's PDF viewer from starting. The bytes are our own PDF/A, which the
    // standard forbids scripts, and nosniff keeps the type; our own page may frame it.
    response.headers.emplace_back("Content-Security-Policy", "frame-ancestors 'self'");
    response.headers.emplace_back("X-Frame-Options", "SAMEORIGIN");
  } else {
    response.headers.emplace_back("Content-Security-Policy",
                                  "sandbox; default-src 'none'; frame-ancestors 'none'");
  }
}

std::optional<ByteRange> range_of(const Request& request, const std::string& etag, std::uint64_t size) {
  const std::string_view condition = request.header("if-range");
  if (!condition.empty() && condition != etag) return std::nullopt;
  return single_range(request.header("range"), size);
}

Response rendition(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const archive::Document document = document_of(tenant, request);
  const auto role = archive::rendition_role_from(request.captures.at(1));
  if (!role) throw not_found();
  const archive::StoredObject& object = tenant.archive.rendition(document, *role).object;
  const std::string etag = "\"" + object.sha256 + "\"";

  Response response;
  response.headers.emplace_back("ETag", etag);
  add_headers(response, document, *role, request);
  if (names_etag(request.header("if-none-match"), etag)) {
    response.status = 304;
    return response;
  }
  const std::optional<ByteRange> range = range_of(request, etag, object.size);
  if (request.method != "HEAD")
    archive::record_reading(tenant.archive, document, archive::Seen::bytes, name_of(*role),
                            actor_of(request));
  const ByteRange part = range.value_or(ByteRange{0, object.size});
  if (range) {
    response.status = 206;
    response.headers.emplace_back("Content-Range", "bytes " + std::to_string(part.offset) + "-" +
                                                       std::to_string(part.offset + part.length - 1) + "/" +
                                                       std::to_string(object.size));
  }
  response.body = ObjectPart{tenant.archive.objects().open(object.sha256), part.offset, part.length};
  return response;
}

}  // namespace

void add_rendition_routes(Router& router, const Application& application) {
  router.add({.method = "GET",
              .pattern = "/api/v1/documents/{}/renditions/{}",
              .handle = [&application](const Request& request) { return rendition(application, request); }});
}

}  // namespace eakte::api

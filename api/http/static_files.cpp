#include "api/http/static_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>

#include "api/http/byte_range.h"
#include "api/http/problem.h"

namespace eakte::api {
namespace {

std::string media_type_of(const std::string& extension) {
  constexpr auto types = std::to_array<std::pair<std::string_view, std::string_view>>({
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".woff", "font/woff"},
      {".wasm", "application/wasm"},
      {".txt", "text/plain; charset=utf-8"},
  });
  const auto found = std::ranges::find(types, extension, [](const auto& type) { return type.first; });
  return std::string(found == types.end() ? std::string_view("application/octet-stream") : found->second);
}

/// Scripts, styles and pictures from here only, nothing inline; the page may show a document's PDF in a
/// frame.
constexpr std::string_view page_policy =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  if (!stream.good() && !stream.eof()) throw Error("cannot read " + file.string());
  return bytes;
}

}  // namespace

StaticFiles::StaticFiles(const std::filesystem::path& directory) {
  namespace fs = std::filesystem;
  if (directory.empty() || !fs::is_directory(directory)) return;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file() || entry.is_symlink()) continue;
    std::string bytes = content_of(entry.path());
    const std::string etag = "\"" + archive::sha256_hex(bytes).substr(0, 32) + "\"";
    files_["/" + entry.path().lexically_relative(directory).generic_string()] =
        File{std::make_shared<const std::string>(std::move(bytes)),
             media_type_of(entry.path().extension().string()), etag};
  }
}

Response StaticFiles::get(const Request& request) const {
  auto found = files_.find(request.path);
  const bool page_address = request.path.find('.') == std::string::npos && !request.path.starts_with("/api");
  if (found == files_.end() && page_address) found = files_.find("/index.html");
  if (found == files_.end()) throw not_found();
  const auto& [path, file] = *found;
  Response response;
  response.headers = {
      {"Content-Type", file.media_type},
      {"ETag", file.etag},
      {"Content-Security-Policy", std::string(page_policy)},
      // The bundler puts a hash of the content into the names of assets.
      {"Cache-Control", path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache"}};
  if (names_etag(request.header("if-none-match"), file.etag)) {
    response.status = 304;
  } else {
    response.body = file.bytes;
  }
  return response;
}

}  // namespace eakte::api

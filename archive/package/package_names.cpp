#include "archive/package/package_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace eakte::archive {
namespace {

constexpr auto extensions = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"application/pdf", "pdf"},
    {"image/tiff", "tif"},
    {"image/jpeg", "jpg"},
    {"image/png", "png"},
    {"image/jp2", "jp2"},
    {"image/webp", "webp"},
    {"image/bmp", "bmp"},
    {"text/plain", "txt"},
    {"text/csv", "csv"},
    {"text/html", "html"},
    {"application/rtf", "rtf"},
    {"application/xml", "xml"},
    {"application/json", "json"},
    {"application/x-ndjson", "ndjson"},
    {"application/zip", "zip"},
    {"application/msword", "doc"},
    {"application/vnd.ms-excel", "xls"},
    {"application/vnd.ms-powerpoint", "ppt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"},
    {"application/vnd.oasis.opendocument.text", "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", "ods"},
    {"application/vnd.oasis.opendocument.presentation", "odp"},
});

}  // namespace

std::string_view representation_of(RenditionRole role) {
  if (role == RenditionRole::original) return "original";
  return role == RenditionRole::pdfa ? "pdfa" : "text";
}

std::string_view extension_of_type(std::string_view media_type) {
  const std::string_view plain = media_type.substr(0, media_type.find(';'));
  const auto* const found = std::ranges::find(extensions, plain, [](const auto& one) { return one.first; });
  return found == extensions.end() ? "bin" : found->second;
}

std::string file_name_of(const DocumentId& document, const Rendition& rendition) {
  switch (rendition.role) {
    case RenditionRole::original:
      return fmt::format("{}.{}", rendition.object.sha256, extension_of_type(rendition.media_type));
    case RenditionRole::pdfa:
      return document.text + ".pdf";
    case RenditionRole::text:
      return document.text + ".txt";
    case RenditionRole::words:
      return document.text + ".words.ndjson";
    case RenditionRole::corrected_text:
      return document.text + ".corrected.txt";
    case RenditionRole::corrected_words:
      return document.text + ".corrected.words.ndjson";
  }
  return {};
}

}  // namespace eakte::archive

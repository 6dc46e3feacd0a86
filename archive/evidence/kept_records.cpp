#include "archive/evidence/kept_records.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/catalogue/manifest.h"
#include "archive/evidence_keeping.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

std::string file_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

fs::path manifest_file(const Archive& archive, const DocumentId& document, const std::string& sha256) {
  return archive.directory() / manifest_path(archive.document(document), sha256);
}

}  // namespace

std::string KeptRecord::name() const {
  return document.empty() ? fmt::format("head of the audit trail of {}", day)
                          : fmt::format("document {}", document);
}

std::vector<KeptRecord> kept_records(Connection& connection, const std::string& document) {
  std::vector<KeptRecord> records;
  for (const Row& row : connection.query("SELECT day, document, manifest_sha256, '' AS audit_head, "
                                         "record_sha256, 0 AS chain FROM evidence WHERE ?1 = '' OR "
                                         "document = ?1 UNION ALL SELECT day, '', '', audit_head, "
                                         "record_sha256, 0 FROM evidence_day WHERE ?1 = '' UNION ALL SELECT "
                                         "day, '', '', audit_head, record_sha256, chain FROM "
                                         "imported_evidence_day WHERE ?1 = '' "
                                         "ORDER BY day, document, manifest_sha256",
                                         {document})) {
    records.push_back({row.text("day"), row.text("document"), row.text("manifest_sha256"),
                       row.text("audit_head"), row.text("record_sha256"), row.integer("chain")});
  }
  return records;
}

std::string manifest_of(const Archive& archive, const DocumentId& document, const std::string& sha256) {
  std::string text = file_text(manifest_file(archive, document, sha256));
  if (sha256_hex(text) != sha256) throw Error(fmt::format("manifest {} is missing or damaged", sha256));
  return text;
}

std::vector<StoredObject> covered_objects(const Archive& archive, const DocumentId& document,
                                          const std::string& manifest_sha256) {
  const std::string text = manifest_of(archive, document, manifest_sha256);
  std::vector<StoredObject> covered{{manifest_sha256, text.size()}};
  const auto manifest = nlohmann::json::parse(text, nullptr, false);
  if (!manifest.is_object() || !manifest.contains("renditions"))
    throw Error(fmt::format("manifest {} is malformed", manifest_sha256));
  for (const auto& rendition : manifest["renditions"])
    covered.push_back({rendition.at("sha256"), rendition.at("size")});
  return covered;
}

std::vector<ProvenObject> proven_by(const Archive& archive, const KeptRecord& kept) {
  if (kept.document.empty()) {
    return {{kept.name(),
             [text = kept.audit_head](DigestAlgorithm algorithm) { return digest(algorithm, text); }}};
  }
  std::vector<ProvenObject> proven;
  const DocumentId document{kept.document};
  for (const StoredObject& object : covered_objects(archive, document, kept.manifest_sha256)) {
    const bool is_manifest = proven.empty();
    proven.push_back(
        {object.sha256, [&archive, document, is_manifest, sha256 = object.sha256](DigestAlgorithm algorithm) {
           if (algorithm == DigestAlgorithm::sha256) return bytes_from_hex(sha256);
           return digest(algorithm, is_manifest ? manifest_of(archive, document, sha256)
                                                : archive.objects().read(sha256));
         }});
  }
  return proven;
}

std::string bytes_from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t place = 0; place + 1 < hex.size(); place += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + place, hex.data() + place + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string hex_of(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return hex;
}

}  // namespace eakte::archive

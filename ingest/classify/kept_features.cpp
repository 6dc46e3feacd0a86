#include "ingest/classify/kept_features.h"

#include <fstream>
#include <iterator>

#include "archive/error.h"
#include "ingest/classify/binary.h"
#include "ingest/classify/features.h"

namespace eakte::ingest {
namespace {

constexpr std::string_view kMagic = "EAKTEFEA";
constexpr std::uint32_t kVersion = 1;  // to be raised whenever features_of gives something else
constexpr std::size_t kHashDigits = 64;

}  // namespace

KeptFeatures load_features(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  KeptFeatures kept;
  try {
    ByteReader reader(bytes, "kept features");
    if (reader.raw(kMagic.size()) != kMagic || reader.number<std::uint32_t>() != kVersion) return {};
    while (reader.left() > 0) {
      std::string sha256(reader.raw(kHashDigits));
      const std::string_view features = reader.raw(reader.number<std::uint32_t>());
      if (reader.number<std::uint64_t>() != fnv1a(features)) return kept;
      unpacked(features);
      kept.emplace(std::move(sha256), features);
    }
  } catch (const Error&) {
    // A cut or damaged end: what stands before it is good.
  }
  return kept;
}

void save_features(const std::filesystem::path& file, const KeptFeatures& features) {
  const std::filesystem::path aside = file.string() + ".new";
  std::ofstream out(aside, std::ios::binary | std::ios::trunc);
  ByteWriter head;
  head.raw(kMagic);
  head.number(kVersion);
  out << head.bytes();
  for (const auto& [sha256, bytes] : features) {
    ByteWriter one;
    one.raw(sha256);
    one.number(static_cast<std::uint32_t>(bytes.size()));
    one.raw(bytes);
    one.number(fnv1a(bytes));
    out << one.bytes();
  }
  out.close();
  std::error_code failed;
  if (out) std::filesystem::rename(aside, file, failed);
  if (!out || failed) throw archive::StorageFailure(file.string() + " cannot be written");
}

}  // namespace eakte::ingest

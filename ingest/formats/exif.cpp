#include "ingest/formats/exif.h"

#include <algorithm>
#include <array>

#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

constexpr std::array<std::uint8_t, 6> prefix = {'E', 'x', 'i', 'f', 0, 0};
constexpr std::uint32_t tag_orientation = 0x0112;
constexpr std::uint32_t tag_x_resolution = 0x011A;
constexpr std::uint32_t tag_y_resolution = 0x011B;
constexpr std::uint32_t tag_resolution_unit = 0x0128;
constexpr std::uint32_t type_short = 3;
constexpr std::uint32_t type_rational = 5;

struct Block {
  std::span<const std::uint8_t> bytes;
  bool intel = true;

  std::uint32_t number(std::size_t at, int length) const {
    if (at > bytes.size() || bytes.size() - at < static_cast<std::size_t>(length)) return 0;
    return intel ? little_endian(bytes, at, length) : big_endian(bytes, at, length);
  }
  double rational(std::size_t at) const {
    const double divisor = number(at + 4, 4);
    return divisor > 0 ? number(at, 4) / divisor : 0.0;
  }
};

}  // namespace

std::optional<ExifFacts> exif_facts(std::span<const std::uint8_t> segment) {
  if (segment.size() < prefix.size() + 8 || !std::equal(prefix.begin(), prefix.end(), segment.begin()))
    return std::nullopt;
  Block block{segment.subspan(prefix.size())};
  if (block.bytes[0] != block.bytes[1] || (block.bytes[0] != 'I' && block.bytes[0] != 'M'))
    return std::nullopt;
  block.intel = block.bytes[0] == 'I';
  if (block.number(2, 2) != 42) return std::nullopt;
  const std::size_t directory = block.number(4, 4);
  const std::uint32_t entries = block.number(directory, 2);
  ExifFacts facts;
  double per_unit = 1.0;
  for (std::uint32_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * static_cast<std::size_t>(i);
    if (entry + 12 > block.bytes.size()) break;
    const std::uint32_t tag = block.number(entry, 2);
    const std::uint32_t type = block.number(entry + 2, 2);
    const std::uint32_t value = block.number(entry + 8, 2);
    if (tag == tag_orientation && type == type_short && value >= 1 && value <= 8)
      facts.orientation = static_cast<int>(value);
    if (tag == tag_resolution_unit && type == type_short && value == 3) per_unit = 2.54;
    if (type != type_rational) continue;
    if (tag == tag_x_resolution) facts.density.x = block.rational(block.number(entry + 8, 4));
    if (tag == tag_y_resolution) facts.density.y = block.rational(block.number(entry + 8, 4));
  }
  facts.density.x *= per_unit;
  facts.density.y *= per_unit;
  return facts;
}

}  // namespace eakte::ingest

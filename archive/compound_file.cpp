#include "archive/compound_file.h"

#include <algorithm>
#include <array>
#include <set>

namespace eakte::archive {
namespace {

constexpr std::size_t header_size = 512;
constexpr std::size_t allocation_in_header = 109;
constexpr std::size_t directory_entry_size = 128;
constexpr std::uint32_t last_regular_sector = 0xFFFFFFFA;
// Smaller streams share sectors.
constexpr std::uint32_t smallest_own_stream = 4096;
constexpr std::size_t most_entries = 10'000;
constexpr std::size_t small_sector_size = 64;

std::uint32_t little_endian(std::span<const std::uint8_t> bytes, std::size_t at, std::size_t length) {
  std::uint32_t value = 0;
  for (std::size_t i = length; i-- > 0;) value = value << 8U | bytes[at + i];
  return value;
}

}  // namespace

bool CompoundFile::is_one(std::span<const std::uint8_t> bytes) {
  constexpr auto magic = std::to_array<std::uint8_t>({0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1});
  return bytes.size() >= header_size && std::ranges::equal(bytes.first(magic.size()), magic);
}

CompoundFile::CompoundFile(std::span<const std::uint8_t> bytes) : bytes_(bytes) {
  if (!is_one(bytes)) return;
  const std::uint32_t shift = little_endian(bytes_, 30, 2);
  if (shift != 9 && shift != 12) return;
  sector_size_ = std::size_t{1} << shift;
  read_allocation();
  read_top(directory());
}

std::span<const std::uint8_t> CompoundFile::sector(std::uint32_t number) const {
  if (number > last_regular_sector) return {};
  const std::size_t begin = (std::size_t{number} + 1) * sector_size_;
  return begin < bytes_.size() ? bytes_.subspan(begin, std::min(sector_size_, bytes_.size() - begin))
                               : std::span<const std::uint8_t>();
}

// The sectors of the allocation table: the first stand in the header, the others in a chain of sectors whose
// last number names the next.
void CompoundFile::read_allocation() {
  for (std::size_t i = 0; i < allocation_in_header; ++i)
    allocation_sectors_.push_back(little_endian(bytes_, 76 + 4 * i, 4));
  const std::size_t sectors_of_file = bytes_.size() / sector_size_;
  std::uint32_t more = little_endian(bytes_, 68, 4);
  for (std::size_t seen = 0; seen < sectors_of_file; ++seen) {
    const auto numbers = sector(more);
    if (numbers.size() < sector_size_) return;
    for (std::size_t at = 0; at + 4 < sector_size_; at += 4)
      allocation_sectors_.push_back(little_endian(numbers, at, 4));
    more = little_endian(numbers, sector_size_ - 4, 4);
  }
}

std::uint32_t CompoundFile::next_in_chain(std::uint32_t number) const {
  const std::size_t per_sector = sector_size_ / 4;
  const std::size_t index = number / per_sector;
  if (index >= allocation_sectors_.size()) return last_regular_sector + 1;
  const auto table = sector(allocation_sectors_[index]);
  const std::size_t at = number % per_sector * 4;
  return at + 4 <= table.size() ? little_endian(table, at, 4) : last_regular_sector + 1;
}

std::vector<std::span<const std::uint8_t>> CompoundFile::directory() const {
  std::vector<std::span<const std::uint8_t>> sectors;
  const std::size_t most = std::min(bytes_.size() / sector_size_, most_entries);
  for (std::uint32_t number = little_endian(bytes_, 48, 4); sectors.size() < most;
       number = next_in_chain(number)) {
    const auto part = sector(number);
    if (part.size() < sector_size_) break;
    sectors.push_back(part);
  }
  return sectors;
}

// The entries below the root: a tree of siblings, hung up at the root's child.
void CompoundFile::read_top(const std::vector<std::span<const std::uint8_t>>& sectors) {
  const std::size_t per_sector = sector_size_ / directory_entry_size;
  const auto entry_at = [&](std::uint32_t index) {
    return index / per_sector < sectors.size()
               ? sectors[index / per_sector].subspan(index % per_sector * directory_entry_size,
                                                     directory_entry_size)
               : std::span<const std::uint8_t>();
  };
  const auto root = entry_at(0);
  if (root.empty()) return;
  small_streams_ = little_endian(root, 116, 4);
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> open{little_endian(root, 76, 4)};
  while (!open.empty() && entries_.size() < most_entries) {
    const std::uint32_t index = open.back();
    open.pop_back();
    const auto bytes = entry_at(index);
    if (bytes.empty() || !seen.insert(index).second) continue;
    open.push_back(little_endian(bytes, 68, 4));
    open.push_back(little_endian(bytes, 72, 4));
    Entry entry;
    const std::size_t name_bytes = std::min<std::size_t>(little_endian(bytes, 64, 2), 64);
    for (std::size_t at = 0; at + 2 < name_bytes; at += 2) {
      const std::uint32_t unit = little_endian(bytes, at, 2);
      entry.name += unit < 0x80 ? static_cast<char>(unit) : '?';
    }
    entry.is_stream = bytes[66] == 2;
    entry.first_sector = little_endian(bytes, 116, 4);
    entry.size = little_endian(bytes, 120, 4);
    entries_.push_back(std::move(entry));
  }
}

const CompoundFile::Entry* CompoundFile::find(std::string_view name) const {
  const auto found = std::ranges::find(entries_, name, &Entry::name);
  return found != entries_.end() ? &*found : nullptr;
}

std::vector<std::uint8_t> CompoundFile::chain(std::uint32_t first, std::size_t most) const {
  std::vector<std::uint8_t> bytes;
  const std::size_t most_sectors = bytes_.size() / sector_size_;
  for (std::size_t seen = 0; seen < most_sectors && bytes.size() < most; ++seen) {
    const auto part = sector(first);
    bytes.insert(bytes.end(), part.begin(), part.end());
    if (part.size() < sector_size_) break;
    first = next_in_chain(first);
  }
  bytes.resize(std::min(bytes.size(), most));
  return bytes;
}

std::vector<std::uint8_t> CompoundFile::first_bytes(const Entry& stream, std::size_t most) const {
  if (!stream.is_stream) return {};
  most = std::min<std::size_t>(most, stream.size);
  if (stream.size >= smallest_own_stream) return chain(stream.first_sector, most);
  // Small streams: sectors of 64 bytes inside another stream, with a table of their own.
  constexpr std::size_t most_small = std::size_t{1} << 20U;
  const std::vector<std::uint8_t> table = chain(little_endian(bytes_, 60, 4), most_small);
  const std::vector<std::uint8_t> small = chain(small_streams_, most_small);
  std::vector<std::uint8_t> bytes;
  for (std::uint32_t number = stream.first_sector; bytes.size() < most;) {
    const std::size_t begin = std::size_t{number} * small_sector_size;
    if (begin >= small.size()) break;
    const auto part = std::span(small).subspan(begin, std::min(small_sector_size, small.size() - begin));
    bytes.insert(bytes.end(), part.begin(), part.end());
    if ((std::size_t{number} + 1) * 4 > table.size()) break;
    number = little_endian(table, std::size_t{number} * 4, 4);
  }
  bytes.resize(std::min(bytes.size(), most));
  return bytes;
}

std::span<const std::uint8_t> CompoundFile::start_of(const Entry& stream) const {
  if (!stream.is_stream || stream.size < smallest_own_stream) return {};
  return sector(stream.first_sector);
}

}  // namespace eakte::archive

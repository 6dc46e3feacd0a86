#include "archive/pronom/zip_members.h"

#include <zlib.h>

#include <algorithm>

namespace eakte::archive {
namespace {

constexpr std::uint32_t local_mark = 0x04034B50;
constexpr std::uint32_t directory_mark = 0x02014B50;
constexpr std::uint32_t end_mark = 0x06054B50;
constexpr std::size_t end_size = 22;
constexpr std::size_t directory_entry_size = 46;
constexpr std::size_t local_size = 30;
constexpr std::size_t most_members = 100'000;

std::vector<std::byte> inflated(std::span<const std::byte> packed, std::size_t most) {
  std::vector<std::byte> out(most);
  z_stream stream{};
  // zlib does not write through next_in; its type is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), std::size_t{1} << 30U));
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return {};
  inflate(&stream, Z_SYNC_FLUSH);
  out.resize(out.size() - stream.avail_out);
  inflateEnd(&stream);
  return out;
}

}  // namespace

bool ZipMembers::is_one(std::span<const std::byte> bytes) {
  return bytes.size() >= end_size && bytes[0] == std::byte{'P'} && bytes[1] == std::byte{'K'};
}

ZipMembers::ZipMembers(std::span<const std::byte> bytes) : bytes_(bytes) {
  if (!is_one(bytes)) return;
  // The end record stands last, before a comment of at most 65535 bytes.
  const std::size_t last = bytes.size() - end_size;
  const std::size_t first = last - std::min<std::size_t>(last, 65535);
  for (std::size_t at = last + 1; at-- > first;) {
    if (number(at, 4) != end_mark) continue;
    read_directory(number(at + 16, 4), number(at + 10, 2));
    return;
  }
}

std::uint32_t ZipMembers::number(std::size_t at, std::size_t length) const {
  if (at > bytes_.size() || length > bytes_.size() - at) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = length; i-- > 0;) value = value << 8U | static_cast<std::uint32_t>(bytes_[at + i]);
  return value;
}

void ZipMembers::read_directory(std::size_t begin, std::size_t count) {
  for (std::size_t i = 0; i < std::min(count, most_members); ++i) {
    if (number(begin, 4) != directory_mark) return;
    const std::size_t name_size = number(begin + 28, 2);
    if (begin + directory_entry_size + name_size > bytes_.size()) return;
    const auto name = bytes_.subspan(begin + directory_entry_size, name_size);
    members_.try_emplace(std::string(reinterpret_cast<const char*>(name.data()), name.size()),
                         Member{number(begin + 10, 2), number(begin + 20, 4), number(begin + 42, 4)});
    begin += directory_entry_size + name_size + number(begin + 30, 2) + number(begin + 32, 2);
  }
}

std::optional<std::vector<std::byte>> ZipMembers::first_bytes(const std::string& name,
                                                              std::size_t most) const {
  const auto found = members_.find(name);
  if (found == members_.end()) return std::nullopt;
  const Member& member = found->second;
  if (number(member.header, 4) != local_mark) return std::vector<std::byte>{};
  const std::size_t begin =
      member.header + local_size + number(member.header + 26, 2) + number(member.header + 28, 2);
  if (begin > bytes_.size()) return std::vector<std::byte>{};
  const auto packed = bytes_.subspan(begin, std::min(member.packed, bytes_.size() - begin));
  if (member.method == 0) {
    const auto part = packed.first(std::min(most, packed.size()));
    return std::vector<std::byte>(part.begin(), part.end());
  }
  constexpr std::uint32_t deflate = 8;
  return member.method == deflate ? inflated(packed, most) : std::vector<std::byte>{};
}

}  // namespace eakte::archive

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "ingest/formats/archive_handle.h"
#include "ingest/formats/source_bytes.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {
namespace {

// Below this much output a high ratio is no bomb: a page of white packs a thousandfold.
constexpr std::int64_t ratio_counts_from = 10'000'000;

// What macOS and Windows leave beside the files a person packed.
bool is_litter(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('/') + 1);
  return name.starts_with("__MACOSX/") || name.find("/__MACOSX/") != std::string_view::npos ||
         last == ".DS_Store" || last == "Thumbs.db" || last == "desktop.ini";
}

// Counts what really comes out; sizes an archive declares are not believed.
class Allowance {
public:
  Allowance(int input, const ReadLimits& limits)
      : limits_(limits), packed_(static_cast<std::int64_t>(size_of(input))) {}

  void take(std::int64_t bytes) {
    if (bytes < 0 || bytes > limits_.archive_bytes - unpacked_) {
      throw Refused("archive_too_large",
                    fmt::format("the archive unpacks to more than {} bytes", limits_.archive_bytes));
    }
    unpacked_ += bytes;
    if (unpacked_ > ratio_counts_from && unpacked_ / limits_.archive_ratio > packed_) {
      throw Refused("archive_ratio",
                    fmt::format("{} bytes of archive unpack to more than {} bytes", packed_, unpacked_));
    }
  }

private:
  const ReadLimits& limits_;
  std::int64_t packed_;
  std::int64_t unpacked_ = 0;
};

void write_all(int output, const std::uint8_t* bytes, std::size_t size) {
  while (size > 0) {
    const ssize_t written = ::write(output, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0)
      throw Error(fmt::format("cannot write a member of the archive: {}", std::strerror(errno)));
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

void write_zeros(int output, std::int64_t count) {
  static constexpr std::array<std::uint8_t, 65536> zeros = {};
  while (count > 0) {
    const auto part = static_cast<std::size_t>(std::min<std::int64_t>(count, zeros.size()));
    write_all(output, zeros.data(), part);
    count -= static_cast<std::int64_t>(part);
  }
}

void write_member(ReadableArchive& archive, Allowance& allowance, int output) {
  std::int64_t written = 0;
  archive.read([&](std::int64_t offset, std::span<const std::uint8_t> block) {
    const std::int64_t hole = offset - written;  // of a sparse file
    if (hole < 0) throw Refused("damaged_file", "a member of the archive overwrites itself");
    allowance.take(hole);
    allowance.take(static_cast<std::int64_t>(block.size()));
    write_zeros(output, hole);
    write_all(output, block.data(), block.size());
    written = offset + static_cast<std::int64_t>(block.size());
  });
}

}  // namespace

int unpack(int input, const ReadLimits& limits, const std::function<int(const Member&)>& open_member) {
  if (size_of(input) == 0) throw Refused("empty_file", "the input has no bytes");
  ReadableArchive archive(input);
  Allowance allowance(input, limits);
  int members = 0;
  while (const auto entry = archive.next()) {
    // Directories and links cost too: they count.
    if (archive.entries_seen() > limits.archive_members) {
      throw Refused("archive_too_many_members",
                    fmt::format("the archive has more than {} members", limits.archive_members));
    }
    if (!entry->is_regular || is_litter(entry->name)) continue;
    write_member(archive, allowance, open_member({entry->name}));
    ++members;
  }
  if (members == 0) throw Refused("archive_empty", "the archive holds no files");
  return members;
}

}  // namespace eakte::ingest

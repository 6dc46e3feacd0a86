#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace eakte::archive {

/// The names at the top of an OLE2 compound file and the first bytes of its streams ([MS-CFB]). Nothing in
/// the file is believed: chains are followed no longer than the file has sectors, what lies outside is not
/// there.
class CompoundFile {
public:
  struct Entry {
    std::string name;  ///< characters beyond ASCII as '?'
    bool is_stream = false;
    std::uint32_t first_sector = 0;
    std::uint32_t size = 0;
  };

  static bool is_one(std::span<const std::uint8_t> bytes);

  /// `bytes` must outlive the object. A damaged file has fewer entries.
  explicit CompoundFile(std::span<const std::uint8_t> bytes);

  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view name) const;
  /// The first sector of a stream that is large enough to have sectors of its own; else empty.
  std::span<const std::uint8_t> start_of(const Entry& stream) const;
  /// The first bytes of a stream of any size, at most `most`; fewer when the file is damaged.
  std::vector<std::uint8_t> first_bytes(const Entry& stream, std::size_t most) const;

private:
  std::span<const std::uint8_t> sector(std::uint32_t number) const;
  std::uint32_t next_in_chain(std::uint32_t number) const;
  std::vector<std::uint8_t> chain(std::uint32_t first, std::size_t most) const;
  void read_allocation();
  std::vector<std::span<const std::uint8_t>> directory() const;
  void read_top(const std::vector<std::span<const std::uint8_t>>& sectors);

  std::span<const std::uint8_t> bytes_;
  std::size_t sector_size_ = 0;
  std::vector<std::uint32_t> allocation_sectors_;
  std::uint32_t small_streams_ = 0xFFFFFFFE;  ///< first sector of the stream that holds the small ones
  std::vector<Entry> entries_;
};

}  // namespace eakte::archive

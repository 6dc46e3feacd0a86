#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

struct archive;
struct archive_entry;

namespace eakte::ingest {

/// A ZIP, TAR (plain or in gzip, bzip2, xz) or 7z file being listed and read from its start, through a
/// duplicate of the descriptor.
class ReadableArchive {
public:
  struct Entry {
    std::string name;  ///< bytes as stored (7z: UTF-8)
    bool is_regular = false;
  };

  /// Throws Refused: damaged_file, encrypted.
  explicit ReadableArchive(int input);
  ~ReadableArchive();
  ReadableArchive(const ReadableArchive&) = delete;
  ReadableArchive& operator=(const ReadableArchive&) = delete;

  /// The next entry, nothing at the end. Throws Refused: damaged_file, encrypted.
  std::optional<Entry> next();
  /// The bytes of the entry last returned, block by block; `take` gets the offset in the member first.
  void read(const std::function<void(std::int64_t offset, std::span<const std::uint8_t> block)>& take);
  bool is_tar() const;
  std::int64_t entries_seen() const { return entries_seen_; }

private:
  struct Closing {
    void operator()(::archive* handle) const;
  };
  [[noreturn]] void refuse() const;

  int descriptor_ = -1;
  std::unique_ptr<::archive, Closing> handle_;
  std::int64_t entries_seen_ = 0;
};

}  // namespace eakte::ingest

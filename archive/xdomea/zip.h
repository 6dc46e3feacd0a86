#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/object_store.h"

namespace eakte::archive {

/// A file in a ZIP, as its directory tells (APPNOTE 6.3.10, 4.3.12).
struct ZipEntry {
  std::string name;      ///< UTF-8
  std::string raw_name;  ///< as it stands there
  std::uint16_t method = 0;
  bool encrypted = false;
  bool link = false;
  std::uint32_t crc = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint64_t header = 0;  ///< offset of the local header
};

/// Reads a ZIP from untrusted bytes: stored and deflated files, ZIP64. Names without the UTF-8 flag are UTF-8
/// if they can be, else CP437. The descriptor stays the caller's.
class ZipReader {
public:
  /// Throws BadMessage (xdomea_container) when it is no ZIP, is damaged or has more than `most` files.
  ZipReader(int descriptor, std::uint64_t most);
  const std::vector<ZipEntry>& entries() const { return entries_; }
  /// Unpacks a file, at most its declared size, and checks its CRC. Throws BadMessage.
  void read(const ZipEntry& entry, const std::function<void(std::span<const std::byte>)>& take) const;

private:
  std::uint64_t data_of(const ZipEntry& entry) const;
  int descriptor_;
  std::uint64_t length_;
  std::vector<ZipEntry> entries_;
};

/// Whether a file begins like a ZIP.
bool begins_like_zip(int descriptor);

/// Writes a ZIP to an empty file: names as UTF-8, times 1980, ZIP64 where it takes it. Same input, same
/// bytes.
class ZipWriter {
public:
  explicit ZipWriter(int descriptor) : descriptor_(descriptor) {}
  void add_deflated(const std::string& name, std::string_view bytes);
  void add_stored(const std::string& name, const OpenObject& object);
  /// Writes the directory. Throws StorageFailure, as the others do.
  void finish();

private:
  void write(std::string_view bytes);
  void begin(ZipEntry entry);
  int descriptor_;
  std::uint64_t offset_ = 0;
  std::vector<ZipEntry> entries_;
};

}  // namespace eakte::archive

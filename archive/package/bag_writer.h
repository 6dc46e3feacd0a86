#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "archive/package/digests.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {

/// A file that stands in a bag.
struct PackedFile {
  std::string path;  ///< in the bag
  std::string sha256;
  std::uint64_t size = 0;
};

/// A text that grows while other things are written, and is needed later: an unlinked file.
class GrowingText {
public:
  /// In the file system of `directory`.
  explicit GrowingText(const std::filesystem::path& directory);
  void append(std::string_view text);
  /// Everything so far, in pieces.
  void copy_to(const std::function<void(std::string_view)>& take) const;
  bool empty() const { return size_ == 0; }

private:
  void flush();
  Descriptor file_;
  std::string pending_;
  std::uint64_t size_ = 0;
};

class BagWriter;

/// A file being written into a bag; it counts once it is finished.
class BagFile {
public:
  void append(std::string_view text) { append(std::as_bytes(std::span(text))); }
  void append(std::span<const std::byte> bytes);
  PackedFile finish();

private:
  friend class BagWriter;
  BagFile(BagWriter& bag, std::string path);
  void flush();
  BagWriter& bag_;
  std::string path_;
  Descriptor file_;
  Digests digests_;
  std::string pending_;
  std::uint64_t size_ = 0;
};

/// Writes a bag (BagIt 1.0) with SHA-512 into an empty directory, file by file; holds nothing of them in
/// memory. Paths are our own: they need no encoding. Throws StorageFailure.
class BagWriter {
public:
  explicit BagWriter(std::filesystem::path directory);

  BagFile begin(std::string path) { return {*this, std::move(path)}; }
  PackedFile add(const std::string& path, std::string_view text);
  /// Copies an open file from its beginning.
  PackedFile add(const std::string& path, int descriptor);

  const std::filesystem::path& directory() const { return directory_; }
  std::uint64_t payload_bytes() const { return bytes_; }
  std::int64_t payload_files() const { return files_; }

  /// Manifests, declaration and what bag-info.txt says; Payload-Oxum comes of itself. Returns the manifest of
  /// the payload.
  PackedFile finish(const std::vector<std::pair<std::string, std::string>>& info);

private:
  friend class BagFile;
  void note(const std::string& path, const std::string& sha512, std::uint64_t size);
  std::filesystem::path directory_;
  GrowingText manifest_;
  std::string tag_manifest_;
  std::uint64_t bytes_ = 0;
  std::int64_t files_ = 0;
};

}  // namespace eakte::archive

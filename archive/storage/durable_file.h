#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <utility>

#include "archive/error.h"

namespace eakte::archive {

/// An open file, closed at the end of its life.
class Descriptor {
public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int number() const { return number_; }
  int release() { return std::exchange(number_, -1); }

private:
  int number_;
};

/// Throws StorageFailure with `what`, the path and the reason in errno.
[[noreturn]] void throw_storage_failure(std::string_view what, const std::filesystem::path& path);

/// Makes a new file, to be renamed later, that no other has; readable and writable by the owner. The lock on
/// it tells remove_abandoned_files that somebody still writes.
Descriptor create_new_file(const std::filesystem::path& path);

/// Writes all bytes. Throws StorageFailure.
void write_all(int descriptor, std::span<const std::byte> bytes, const std::filesystem::path& path);

/// fsync once. Throws StorageFailure; the caller must not try again.
void sync_file(int descriptor, const std::filesystem::path& path);

/// fsync of a directory, so that the names in it are durable. Throws StorageFailure.
void sync_directory(const std::filesystem::path& directory);

/// Makes `directory` and its parents below `root` where they lack; sync_path makes the names durable.
void make_directories_below(const std::filesystem::path& root, const std::filesystem::path& directory);

/// Syncs `directory` and its parents up to and including `root`. Directories another process has just made
/// and not synced yet are thereby covered too; syncing a clean one costs next to nothing.
void sync_path(const std::filesystem::path& root, const std::filesystem::path& directory);

enum class Renamed { yes, target_exists };

/// Gives the file its final name unless the name is taken; never replaces. Throws StorageFailure.
Renamed rename_new(const std::filesystem::path& from, const std::filesystem::path& to);

/// Writes a small read-only file by the write protocol (archive/README.md): aside in `staging`, sync, rename,
/// sync of the directories up to `root`. A file of that name with the same bytes stays. Throws
/// StorageFailure, Conflict when the name is taken by other bytes.
void write_durably(const std::filesystem::path& root, const std::filesystem::path& staging,
                   const std::filesystem::path& target, std::string_view bytes);

/// Removes files a process left in `staging` when it died: older than `age` and locked by nobody.
void remove_abandoned_files(const std::filesystem::path& staging, std::chrono::seconds age);

}  // namespace eakte::archive

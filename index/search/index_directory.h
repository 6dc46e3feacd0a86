#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace eakte::index {

/// An exclusive lock on a file, held until destroyed or the process ends, however it ends.
class FileLock {
public:
  enum class Wait { yes, no };
  /// Nothing when somebody else holds it and Wait::no. Throws Error.
  static std::optional<FileLock> acquire(const std::filesystem::path& file, Wait wait);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&&) = delete;
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock();

private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

/// The generations of an index on disk: directories named by a number, and the file `current`.
class IndexDirectory {
public:
  /// Makes the directory if needed. Throws Error.
  explicit IndexDirectory(std::filesystem::path directory);

  const std::filesystem::path& path() const { return directory_; }
  std::filesystem::path generation(int number) const;
  /// The generation in use; 0 when none is named.
  int current() const;
  /// The highest generation there is, in use or not; 0 for none.
  int newest() const;
  /// An empty directory with the next number.
  int make_next() const;
  /// Names `number` in `current`, durably. Throws Error.
  void switch_to(int number) const;
  /// Removes a generation. What cannot be removed stays until remove_all_but() tries again.
  void remove(int number) const;
  /// Removes every generation but `kept`, and what killed writers left.
  void remove_all_but(int kept) const;

  /// Remembers, across processes, that a generation cannot be read.
  void mark_damaged(int number) const;
  bool is_damaged(int number) const;

private:
  std::filesystem::path directory_;
};

}  // namespace eakte::index

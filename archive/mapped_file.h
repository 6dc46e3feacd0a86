#pragma once
#include <cstddef>
#include <string_view>

namespace eakte::archive {

/// A whole file looked at through memory, whatever the position of its descriptor. Read-only. What is looked
/// at stays in the process's memory until it is let go. One thread at a time.
class MappedFile {
public:
  /// Throws Error when the descriptor cannot be mapped.
  explicit MappedFile(int descriptor);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Empty for an empty file.
  std::string_view bytes() const { return bytes_; }

  /// Takes the file out of this process's memory; bytes() stays valid, and what is looked at again comes back
  /// from the file.
  void let_go() const;

  /// To be told of each part of bytes() that was looked at by whoever goes through a large file: lets go
  /// every few megabytes.
  void looked_at(std::string_view part) const;

private:
  std::string_view bytes_;
  mutable std::size_t last_ = 0;  ///< where the last part ended
  mutable std::size_t in_memory_ = 0;
};

}  // namespace eakte::archive

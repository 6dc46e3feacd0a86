#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace eakte::archive {

/// SHA-256 of bytes that come in pieces.
class Sha256 {
public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  void add(std::span<const std::byte> bytes);
  /// 64 lower-case hexadecimal digits; nothing may be added afterwards.
  std::string finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What a file holds, read from its beginning; the offset of the descriptor does not move.
struct FileHash {
  std::string sha256;
  std::uint64_t size = 0;
};

/// Throws StorageFailure naming `name` when the file cannot be read.
FileHash hash_file(int descriptor, const std::string& name);

}  // namespace eakte::archive

#pragma once
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// Hashes of the same bytes by several algorithms, named as in bags and packages: "md5", "sha256", "SHA-512".
class Digests {
public:
  /// Throws Error for an algorithm that is not known.
  explicit Digests(const std::vector<std::string>& algorithms);
  ~Digests();
  Digests(Digests&&) noexcept;
  Digests& operator=(Digests&&) noexcept;
  void add(std::span<const std::byte> bytes);
  /// Lower-case hexadecimal, in the order of the algorithms; nothing may be added afterwards.
  std::vector<std::string> finish();

  static bool knows(std::string_view algorithm);

private:
  struct State;
  std::unique_ptr<State> state_;
};

struct FileDigests {
  std::vector<std::string> values;
  std::uint64_t size = 0;
};

/// Throws StorageFailure when the file cannot be read; a symbolic link is never followed.
FileDigests digests_of_file(const std::filesystem::path& file, const std::vector<std::string>& algorithms);

/// The bytes of a file, some at a time. Throws StorageFailure; a symbolic link is never followed.
void read_in_pieces(const std::filesystem::path& file,
                    const std::function<void(std::span<const std::byte>)>& take);

/// The bytes of a small file. Throws StorageFailure, Error when it is larger than `most`.
std::string small_file(const std::filesystem::path& file, std::uint64_t most);

}  // namespace eakte::archive

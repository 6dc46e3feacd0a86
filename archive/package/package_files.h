#pragma once
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// Larger texts are not read into memory.
inline constexpr std::uint64_t most_text_bytes = std::uint64_t{1} << 30U;

/// Plain files of a directory that end so, by name; none when there is no such directory.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& directory,
                                            std::string_view extension = {});

/// The audit parts of a package in the order of their chains.
std::vector<std::filesystem::path> audit_files(const std::filesystem::path& preservation);

}  // namespace eakte::archive

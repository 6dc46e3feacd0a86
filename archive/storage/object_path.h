#pragma once
#include <filesystem>
#include <string>

namespace eakte::archive {

/// Where an object lies in a store. Throws NotFound when `sha256` is no address.
std::filesystem::path object_path(const std::filesystem::path& directory, const std::string& sha256);

/// Where a store writes aside: the same file system, so that rename works.
inline std::filesystem::path staging_directory(const std::filesystem::path& directory) {
  return directory / "staging";
}

/// Where an object lies that was found damaged; empty when it was found missing. See fixity.h.
std::filesystem::path set_aside_path(const std::filesystem::path& directory, const std::string& sha256);

}  // namespace eakte::archive

#include "ingest/taken_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

void remove_empty_directories(const fs::path& root) {
  std::vector<fs::path> directories;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    if (entry.is_directory() && !entry.is_symlink()) directories.push_back(entry.path());
  }
  // Deepest first: removing the last directory in one may empty it. Others' files keep theirs.
  std::ranges::sort(directories, std::greater());
  for (const fs::path& directory : directories) ::rmdir(directory.c_str());
}

void sync_names(const fs::path& directory) {
  const Descriptor descriptor(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor || syncfs(descriptor.get()) != 0)
    throw archive::StorageFailure(fmt::format("cannot sync {}", directory.string()));
}

}  // namespace

int erase_taken_files(const fs::path& inbox, const std::vector<archive::StoredObject>& bytes) {
  std::set<std::uintmax_t> sizes;
  std::set<std::string> hashes;
  for (const archive::StoredObject& one : bytes) {
    sizes.insert(one.size);
    hashes.insert(one.sha256);
  }
  int removed = 0;
  for (const char* name : {"done", "failed"}) {
    const fs::path taken = inbox / name;
    if (!fs::is_directory(taken)) continue;
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(taken)) {
      if (!entry.is_regular_file() || entry.is_symlink() || !sizes.contains(entry.file_size())) continue;
      if (hashes.contains(archive::sha256_hex(content_of(entry.path())))) found.push_back(entry.path());
    }
    for (const fs::path& file : found) fs::remove(file);
    if (found.empty()) continue;
    remove_empty_directories(taken);
    sync_names(taken);
    removed += static_cast<int>(found.size());
  }
  return removed;
}

}  // namespace eakte::ingest

#include "archive/package/package_files.h"

#include <algorithm>

namespace eakte::archive {

std::vector<std::filesystem::path> files_in(const std::filesystem::path& directory,
                                            std::string_view extension) {
  std::vector<std::filesystem::path> files;
  if (!std::filesystem::is_directory(directory)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    if (std::filesystem::is_regular_file(entry.symlink_status()) &&
        (extension.empty() || entry.path().extension() == extension))
      files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::filesystem::path> audit_files(const std::filesystem::path& preservation) {
  std::vector<std::filesystem::path> files = files_in(preservation, ".ndjson");
  std::erase_if(files, [](const std::filesystem::path& file) {
    return !file.filename().string().starts_with("audit-");
  });
  // audit-10 comes after audit-9.
  std::ranges::stable_sort(files, {},
                           [](const std::filesystem::path& file) { return file.filename().string().size(); });
  return files;
}

}  // namespace eakte::archive

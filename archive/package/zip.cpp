#include <fcntl.h>

#include <algorithm>

#include "archive/package/aside.h"
#include "archive/package/digests.h"
#include "archive/package_zip.h"
#include "archive/storage/durable_file.h"
#include "archive/xdomea/zip.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> all_files(const fs::path& directory) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (fs::is_regular_file(entry.symlink_status())) files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

OpenObject opened(const fs::path& file) {
  Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (descriptor.number() < 0) throw_storage_failure("cannot open", file);
  return {descriptor.release(), fs::file_size(file)};
}

}  // namespace

OpenObject export_package_zip(Archive& archive, const fs::path& scratch, const PackageOptions& options,
                              const std::string& actor) {
  remove_killed_exports(scratch / "ausgabe");
  const Aside room(scratch / "ausgabe");
  const fs::path package = room.path() / "paket";
  const PackageReport report = export_package(archive, package, options, actor);
  const fs::path file = room.path() / "paket.zip";
  Descriptor made(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (made.number() < 0) throw_storage_failure("cannot make", file);
  ZipWriter zip(made.number());
  for (const fs::path& one : all_files(package))
    zip.add_stored((fs::path(report.name) / one.lexically_relative(package)).string(), opened(one));
  zip.finish();
  const std::uint64_t size = fs::file_size(file);
  return {made.release(), size};
}

}  // namespace eakte::archive

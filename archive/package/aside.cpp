#include "archive/package/aside.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "archive/id.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = ".unvollstaendig-";

fs::path absolute_target(const fs::path& target) {
  return (fs::absolute(target) / "").lexically_normal().parent_path();
}

Descriptor open_directory(const fs::path& directory) {
  return Descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
}

bool is_of_killed_export(const fs::path& path) {
  const std::string name = path.filename().string();
  const std::size_t at = name.rfind(mark);
  return at != std::string::npos && is_id(name.substr(at + mark.size()));
}

/// Whether the directory still has a name: another process may have taken it for abandoned before the lock.
bool is_linked(int directory) {
  struct stat found {};
  return ::fstat(directory, &found) == 0 && found.st_nlink > 0;
}

}  // namespace

Aside::Aside(const fs::path& target) : target_(absolute_target(target)) {
  if (fs::exists(fs::symlink_status(target_)))
    throw Conflict(fmt::format("{} is there already", target_.string()));
  std::error_code refused;
  fs::create_directories(target_.parent_path(), refused);
  do {
    aside_ = target_.string() + std::string(mark) + new_id_text();
    make_directories_below(aside_, aside_);
    lock_ = open_directory(aside_);
    if (lock_.number() < 0 || ::flock(lock_.number(), LOCK_EX) != 0)
      throw_storage_failure("cannot lock", aside_);
  } while (!is_linked(lock_.number()));
}

Aside::~Aside() {
  std::error_code stays;
  if (!done_) fs::remove_all(aside_, stays);
}

void Aside::sync() const {
  if (::syncfs(lock_.number()) != 0) throw_storage_failure("cannot sync", aside_);
}

void Aside::give_name() {
  if (rename_new(aside_, target_) == Renamed::target_exists)
    throw Conflict(fmt::format("{} is there already", target_.string()));
  done_ = true;
  sync_directory(target_.parent_path());
}

std::vector<std::string> remove_killed_exports(const fs::path& target) {
  std::vector<std::string> removed;
  const fs::path beside = absolute_target(target).parent_path();
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(beside, none)) {
    if (!is_of_killed_export(entry.path()) || !fs::is_directory(entry.symlink_status())) continue;
    const Descriptor directory = open_directory(entry.path());
    if (directory.number() < 0 || ::flock(directory.number(), LOCK_EX | LOCK_NB) != 0) continue;
    std::error_code stays;
    fs::remove_all(entry.path(), stays);
    if (!stays) removed.push_back(entry.path().filename().string());
  }
  return removed;
}

}  // namespace eakte::archive

#include "archive/storage/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

#include "archive/id.h"

namespace eakte::archive {
namespace {

constexpr mode_t while_writing = 0600;
constexpr mode_t read_only = 0440;

/// The directories from `root` down to `directory`, both included.
std::vector<std::filesystem::path> path_between(const std::filesystem::path& root,
                                                const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> steps{root};
  for (const auto& part : directory.lexically_relative(root)) {
    if (part != ".") steps.push_back(steps.back() / part);
  }
  return steps;
}

bool has_bytes(const std::filesystem::path& path, std::string_view bytes) {
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  return file.is_open() && content == bytes;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

void throw_storage_failure(std::string_view what, const std::filesystem::path& path) {
  const std::string reason = std::generic_category().message(errno);
  throw StorageFailure(fmt::format("{} {}: {}", what, path.string(), reason));
}

Descriptor create_new_file(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, while_writing));
  if (file.number() < 0) throw_storage_failure("cannot make", path);
  if (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) throw_storage_failure("cannot lock", path);
  return file;
}

void write_all(int descriptor, std::span<const std::byte> bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw_storage_failure("cannot write", path);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void sync_file(int descriptor, const std::filesystem::path& path) {
  if (::fsync(descriptor) != 0) throw_storage_failure("cannot sync", path);
}

void sync_directory(const std::filesystem::path& directory) {
  const Descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.number() < 0) throw_storage_failure("cannot open directory", directory);
  sync_file(opened.number(), directory);
}

void make_directories_below(const std::filesystem::path& root, const std::filesystem::path& directory) {
  for (const auto& step : path_between(root, directory)) {
    if (::mkdir(step.c_str(), 0750) != 0 && errno != EEXIST) throw_storage_failure("cannot make", step);
  }
}

void sync_path(const std::filesystem::path& root, const std::filesystem::path& directory) {
  const auto steps = path_between(root, directory);
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) sync_directory(*step);
}

Renamed rename_new(const std::filesystem::path& from, const std::filesystem::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return Renamed::yes;
  if (errno == EEXIST) return Renamed::target_exists;
  // Some network file systems cannot rename without replacing; a hard link never replaces either.
  if (errno != EINVAL && errno != ENOSYS) throw_storage_failure("cannot rename to", to);
  if (::link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return Renamed::target_exists;
    throw_storage_failure("cannot link to", to);
  }
  if (::unlink(from.c_str()) != 0) throw_storage_failure("cannot remove", from);
  return Renamed::yes;
}

void write_durably(const std::filesystem::path& root, const std::filesystem::path& staging,
                   const std::filesystem::path& target, std::string_view bytes) {
  make_directories_below(root, target.parent_path());
  const auto aside = staging / new_id_text();
  const Descriptor file = create_new_file(aside);
  try {
    write_all(file.number(), std::as_bytes(std::span(bytes)), aside);
    if (::fchmod(file.number(), read_only) != 0) throw_storage_failure("cannot protect", aside);
    sync_file(file.number(), aside);
    if (rename_new(aside, target) == Renamed::target_exists) {
      if (!has_bytes(target, bytes)) throw Conflict(fmt::format("{} has other bytes", target.string()));
      ::unlink(aside.c_str());
    }
  } catch (const Error&) {
    ::unlink(aside.c_str());
    throw;
  }
  sync_path(root, target.parent_path());
}

void remove_abandoned_files(const std::filesystem::path& staging, std::chrono::seconds age) {
  const auto now = std::filesystem::file_time_type::clock::now();
  std::error_code gone;  // another process may be cleaning up too
  for (const auto& entry : std::filesystem::directory_iterator(staging)) {
    if (!is_id(entry.path().filename().string()) || !entry.is_regular_file(gone)) continue;
    const auto written = entry.last_write_time(gone);
    if (gone || now - written < age) continue;
    const Descriptor file(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.number() < 0 || ::flock(file.number(), LOCK_EX | LOCK_NB) != 0) continue;
    ::unlink(entry.path().c_str());
  }
}

}  // namespace eakte::archive

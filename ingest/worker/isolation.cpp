#include "ingest/worker/isolation.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

bool write_file(const char* path, const std::string& text) {
  const int file = open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool written = write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  close(file);
  return written;
}

/// A user namespace gives an ordinary user the right to the others; its user is the one outside.
bool enter_namespaces() {
  constexpr int others = CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC;
  const uid_t user = getuid();
  const gid_t group = getgid();
  if (unshare(CLONE_NEWUSER | others) == 0) {
    write_file("/proc/self/setgroups", "deny");
    return write_file("/proc/self/uid_map", fmt::format("{} {} 1", user, user)) &&
           write_file("/proc/self/gid_map", fmt::format("{} {} 1", group, group));
  }
  return unshare(others) == 0;
}

// Where programs put sockets without asking.
constexpr const char* temporary = "/tmp";

/// A file system in memory over the temporary directory, for this process alone.
bool mount_directory() {
  constexpr const char* options = "size=1g,mode=0700";
  return mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         mount("tmpfs", temporary, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0;
}

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  ///< from version 4 on
};

constexpr std::uint64_t reading =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE |
                                   LANDLOCK_ACCESS_FS_WRITE_FILE | std::uint64_t{1} << 14;
constexpr std::uint64_t bind_and_connect_tcp = 3;

void allow(int ruleset, const char* path, std::uint64_t access) {
  landlock_path_beneath_attr rule{};
  rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return;
  struct stat status {};
  const bool is_directory = fstat(rule.parent_fd, &status) == 0 && S_ISDIR(status.st_mode);
  rule.allowed_access = is_directory ? access : access & of_files;
  syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  close(rule.parent_fd);
}

}  // namespace

Isolation isolate() {
  Isolation isolation;
  isolation.network = enter_namespaces();
  isolation.own_directory = isolation.network && mount_directory();
  const std::string place =
      isolation.own_directory ? temporary : std::filesystem::temp_directory_path().string();
  std::string name = place + "/eakte-office-XXXXXX";
  if (mkdtemp(name.data()) == nullptr)
    throw Error(fmt::format("cannot make a directory in {}: {}", place, std::strerror(errno)));
  isolation.directory = name;
  return isolation;
}

bool restrict_files(const std::vector<std::string>& readable, const Isolation& isolation) noexcept {
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return false;
  Ruleset handled{.files = (std::uint64_t{1} << 13) - 1};
  if (version >= 2) handled.files |= std::uint64_t{1} << 13;  // moving between directories
  if (version >= 3) handled.files |= std::uint64_t{1} << 14;  // truncating
  if (version >= 4) handled.network = bind_and_connect_tcp;
  const std::size_t size = version >= 4 ? sizeof handled : sizeof handled.files;
  const auto ruleset = static_cast<int>(syscall(SYS_landlock_create_ruleset, &handled, size, 0));
  if (ruleset < 0) return false;
  for (const std::string& path : readable) allow(ruleset, path.c_str(), reading);
  allow(ruleset, "/dev/null", handled.files & (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE));
  allow(ruleset, isolation.directory.c_str(), handled.files);
  allow(ruleset, temporary,
        isolation.own_directory ? handled.files
                                : LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE);
  const bool done = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  close(ruleset);
  return done;
}

}  // namespace eakte::ingest

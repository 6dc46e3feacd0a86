#include "ingest/watched_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <thread>
#include <vector>

#include "archive/calendar.h"
#include "ingest/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds event_rest(200);

bool is_unfinished_name(const std::string& name) {
  constexpr std::array<std::string_view, 5> endings{".part", ".filepart", ".tmp", ".crdownload", "~"};
  return name.starts_with('.') ||
         std::ranges::any_of(endings, [&](auto ending) { return name.ends_with(ending); });
}

/// What tells whether a file has changed: a writer alters size or times, a replacement the inode.
struct Shape {
  ino_t inode = 0;
  off_t size = 0;
  std::int64_t modified = 0;
  bool operator==(const Shape&) const = default;
};

std::optional<Shape> shape_of(const fs::path& file) {
  struct stat status {};
  if (lstat(file.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return Shape{status.st_ino, status.st_size, status.st_mtim.tv_sec * 1'000'000'000 + status.st_mtim.tv_nsec};
}

/// A read lease is granted only when nobody has the file open for writing. Where the file system knows no
/// leases the settle time alone decides.
bool is_open_for_writing(int descriptor) {
  if (fcntl(descriptor, F_SETLEASE, F_RDLCK) == 0) {
    fcntl(descriptor, F_SETLEASE, F_UNLCK);
    return false;
  }
  return errno == EAGAIN;
}

struct Candidate {
  Shape shape;
  Clock::time_point since;
};

}  // namespace

struct WatchedDirectory::State {
  State(archive::Archive& the_archive, IntakeQueue& the_queue) : archive(the_archive), queue(the_queue) {}

  fs::path directory;
  archive::Archive& archive;
  IntakeQueue& queue;
  WatchedDirectoryOptions options;
  std::function<void(const WatchedFile&)> told;
  Descriptor events;
  std::map<int, fs::path> watches;
  std::map<fs::path, Candidate> candidates;
  std::jthread thread;  // last member: ends before the rest goes

  void run(const std::stop_token& stop);
  void watch(const fs::path& sub_directory);
  void scan();
  std::chrono::milliseconds take_settled();
  std::chrono::milliseconds settle_time(const Shape& shape) const {
    return shape.size == 0 ? options.settle_empty : options.settle;
  }
  bool take(const fs::path& file, const Shape& shape);
  std::optional<archive::StagedObject> copy(int from, const Shape& shape) const;
  void move_to(const fs::path& file, const char* where) const;
  void drain_events();
};

void WatchedDirectory::State::watch(const fs::path& sub_directory) {
  constexpr auto interesting = IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MODIFY | IN_ONLYDIR;
  const int number = inotify_add_watch(events.get(), sub_directory.c_str(), interesting);
  if (number >= 0) watches[number] = sub_directory;
}

/// Walks the whole directory: new files become candidates, changed ones start to settle anew, vanished ones
/// go.
void WatchedDirectory::State::scan() {
  std::map<fs::path, Candidate> found;
  std::error_code error;
  watch(directory);
  for (fs::recursive_directory_iterator
           entry(directory, fs::directory_options::skip_permission_denied, error),
       end;
       !error && entry != end; entry.increment(error)) {
    const fs::path& path = entry->path();
    const bool own = entry.depth() == 0 && (path.filename() == "done" || path.filename() == "failed");
    if (entry->is_directory(error) && !entry->is_symlink(error)) {
      if (own || path.filename().native().starts_with('.')) {
        entry.disable_recursion_pending();
      } else {
        watch(path);
      }
      continue;
    }
    const auto shape = shape_of(path);
    if (!shape || is_unfinished_name(path.filename().native())) continue;
    const auto known = candidates.find(path);
    const bool unchanged = known != candidates.end() && known->second.shape == *shape;
    found[path] = unchanged ? known->second : Candidate{*shape, Clock::now()};
  }
  candidates = std::move(found);
}

std::optional<archive::StagedObject> WatchedDirectory::State::copy(int from, const Shape& shape) const {
  archive::StagedObject staged = archive.objects().stage();
  std::vector<std::byte> bytes(1 << 17);
  off_t done = 0;
  for (;;) {
    const ssize_t size = read(from, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw Refused("source_unreadable", std::strerror(errno));
    if (size == 0) break;
    staged.append(std::span(bytes).first(static_cast<std::size_t>(size)));
    done += size;
    if (static_cast<std::uint64_t>(done) > options.max_bytes) throw Refused("too_large", "beyond the limit");
  }
  if (done != shape.size) return std::nullopt;
  return staged;
}

void WatchedDirectory::State::move_to(const fs::path& file, const char* where) const {
  const fs::path target_directory = directory / where / fs::relative(file, directory).parent_path();
  fs::create_directories(target_directory);
  fs::path target = target_directory / file.filename();
  for (int copy = 2;; ++copy) {
    if (renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) return;
    if (errno != EEXIST)
      throw Error(fmt::format("cannot move a file to {}: {}", where, std::strerror(errno)));
    target = target_directory / (file.stem().native() + fmt::format(".{}", copy) + file.extension().native());
  }
}

/// Takes one settled file; false when it turned out not to be settled.
bool WatchedDirectory::State::take(const fs::path& file, const Shape& shape) {
  WatchedFile result{.name = displayable(fs::relative(file, directory).native()), .intake = {}, .reason = {}};
  try {
    const Descriptor opened(open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened && errno == ENOENT) return true;
    if (!opened) throw Refused("source_unreadable", std::strerror(errno));
    if (is_open_for_writing(opened.get())) return false;
    auto staged = copy(opened.get(), shape);
    if (!staged || shape_of(file) != shape) return false;
    // The same file seen again after a crash between commit and move is the same intake.
    const std::string key = fmt::format("watch:{}:{}:{}", shape.inode, shape.size, shape.modified);
    const Intake intake = queue.accept(std::move(*staged), {.source = "watch",
                                                            .name = result.name,
                                                            .languages = options.languages,
                                                            .parent = {},
                                                            .idempotency_key = key});
    result.intake = intake.id;
    move_to(file, "done");
  } catch (const Refused& refused) {
    result.reason = refused.code;
    move_to(file, "failed");
  }
  told(result);
  return true;
}

/// Takes what has settled and returns how long to wait for the next.
std::chrono::milliseconds WatchedDirectory::State::take_settled() {
  auto next = options.rescan;
  const auto now = Clock::now();
  for (auto at = candidates.begin(); at != candidates.end();) {
    auto& [file, candidate] = *at;
    const auto shape = shape_of(file);
    if (!shape) {
      at = candidates.erase(at);
      continue;
    }
    if (*shape != candidate.shape) candidate = {*shape, now};
    const auto age = std::chrono::duration_cast<std::chrono::milliseconds>(now - candidate.since);
    const auto left = settle_time(*shape) - age;
    if (left <= left.zero() && take(file, *shape)) {
      at = candidates.erase(at);
      continue;
    }
    if (left <= left.zero()) candidate.since = now;
    next = std::min(next, left > left.zero() ? left : settle_time(*shape));
    ++at;
  }
  return next;
}

void WatchedDirectory::State::drain_events() {
  alignas(inotify_event) std::array<char, 16384> ignored{};
  while (read(events.get(), ignored.data(), ignored.size()) > 0) {
  }
}

void WatchedDirectory::State::run(const std::stop_token& stop) {
  const Descriptor stopped(eventfd(0, EFD_CLOEXEC));
  const std::stop_callback wake(stop, [&] { eventfd_write(stopped.get(), 1); });
  while (!stop.stop_requested()) {
    auto next = options.rescan;
    try {
      scan();
      next = take_settled();
    } catch (const archive::StorageFailure&) {
      told({.name = {}, .intake = {}, .reason = "storage_full"});
    } catch (const Error&) {
      told({.name = {}, .intake = {}, .reason = "source_unreadable"});
    } catch (const fs::filesystem_error&) {
      told({.name = {}, .intake = {}, .reason = "source_unreadable"});
    }
    std::array<pollfd, 2> waits{{{events.get(), POLLIN, 0}, {stopped.get(), POLLIN, 0}}};
    poll(waits.data(), waits.size(), static_cast<int>(std::max<std::int64_t>(next.count(), 10)));
    // A writer causes an event with every write; one look for all of a moment's events is enough.
    if (waits[0].revents != 0) poll(&waits[1], 1, static_cast<int>(event_rest.count()));
    drain_events();
  }
}

WatchedDirectory::WatchedDirectory(fs::path directory, archive::Archive& archive, IntakeQueue& queue,
                                   const WatchedDirectoryOptions& options,
                                   std::function<void(const WatchedFile&)> told)
    : state_(std::make_unique<State>(archive, queue)) {
  state_->directory = std::move(directory);
  state_->options = options;
  state_->told = std::move(told);
  fs::create_directories(state_->directory / "done");
  fs::create_directories(state_->directory / "failed");
  state_->events = Descriptor(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  if (!state_->events) throw Error(fmt::format("inotify: {}", std::strerror(errno)));
  state_->thread = std::jthread([state = state_.get()](const std::stop_token& stop) { state->run(stop); });
}

WatchedDirectory::~WatchedDirectory() = default;

}  // namespace eakte::ingest

#include "ingest/change_signal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <functional>

#include "ingest/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {

ChangeSignal::ChangeSignal(const std::filesystem::path& directory) : file_(directory / "changed") {
  const Descriptor made(open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0640));
  watch_ = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
  if (!made || watch_ < 0 || inotify_add_watch(watch_, file_.c_str(), IN_CLOSE_WRITE) < 0) {
    throw Error(fmt::format("cannot watch {}: {}", file_.string(), std::strerror(errno)));
  }
}

ChangeSignal::~ChangeSignal() { close(watch_); }

void ChangeSignal::notify() const { const Descriptor touched(open(file_.c_str(), O_WRONLY | O_CLOEXEC)); }

bool ChangeSignal::wait(const std::stop_token& stop, std::chrono::milliseconds at_most) const {
  const Descriptor stopped(eventfd(0, EFD_CLOEXEC));
  const std::stop_callback wake(stop, [&] { eventfd_write(stopped.get(), 1); });
  std::array<pollfd, 2> waits{{{watch_, POLLIN, 0}, {stopped.get(), POLLIN, 0}}};
  if (poll(waits.data(), waits.size(), static_cast<int>(at_most.count())) <= 0 || waits[1].revents != 0)
    return false;
  alignas(inotify_event) std::array<char, 4096> ignored{};
  while (read(watch_, ignored.data(), ignored.size()) > 0) {
  }
  return true;
}

}  // namespace eakte::ingest

#include "api/progress_bar.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace eakte::api {

ProgressBar::ProgressBar(std::string what)
    : what_(std::move(what)),
      began_(std::chrono::steady_clock::now()),
      terminal_(isatty(STDERR_FILENO) == 1) {}

ProgressBar::~ProgressBar() { hide(); }

void ProgressBar::show(std::int64_t done, std::int64_t all) {
  const std::scoped_lock lock(mutex_);
  if (!terminal_ || all <= 0 || std::chrono::steady_clock::now() - began_ < std::chrono::seconds(2)) return;
  constexpr std::int64_t width = 30;
  const std::int64_t filled = std::clamp<std::int64_t>(done * width / all, 0, width);
  const std::string bar = std::string(static_cast<std::size_t>(filled), '#') +
                          std::string(static_cast<std::size_t>(width - filled), '.');
  fmt::print(stderr, "\r\033[K{} [{}] {}/{}", what_, bar, done, all);
  std::fflush(stderr);
  drawn_ = true;
}

void ProgressBar::hide() {
  const std::scoped_lock lock(mutex_);
  if (!drawn_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace eakte::api

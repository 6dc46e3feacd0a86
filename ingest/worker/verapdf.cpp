#include "ingest/worker/verapdf.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <string_view>

#include "ingest/intake_queue.h"

namespace eakte::ingest {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int file_place = 3;  // where the program finds the file

/// Becomes the program; only calls that are safe after fork.
[[noreturn]] void become(const char* program, int file, int output) {
  // The signal dies with this thread of the worker, so nothing outlives a worker that is killed.
  prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  const int nothing = open("/dev/null", O_RDWR);
  const int kept_file = fcntl(file, F_DUPFD, 10);
  const int kept_output = fcntl(output, F_DUPFD, 10);
  dup2(nothing, STDIN_FILENO);
  dup2(kept_output, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  dup2(kept_file, file_place);
  for (int other = file_place + 1; other < 256; ++other) close(other);
  std::array<char, 16> format{"--format"};
  std::array<char, 8> xml{"xml"};
  std::array<char, 24> path{"/proc/self/fd/3"};
  std::array<char*, 5> arguments{const_cast<char*>(program), format.data(), xml.data(), path.data(), nullptr};
  // The limits of the worker leave no room for what Java reserves by itself.
  std::array<char, 128> java{
      "JAVA_TOOL_OPTIONS=-Xmx384m -Xss1m -XX:CompressedClassSpaceSize=64m -XX:ReservedCodeCacheSize=64m"};
  std::array<char, 40> search{"PATH=/usr/local/bin:/usr/bin:/bin"};
  std::array<char, 16> language{"LANG=C.UTF-8"};
  std::array<char*, 4> environment{java.data(), search.data(), language.data(), nullptr};
  execve(program, arguments.data(), environment.data());
  _exit(127);
}

/// Reads until the end or more than any report needs; nothing when the deadline comes first.
std::optional<std::string> report_from(int input, Clock::time_point deadline) {
  constexpr std::size_t longest = 4'000'000;
  std::string report;
  std::array<char, 1 << 16> buffer{};
  while (report.size() < longest) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd waiting{input, POLLIN, 0};
    if (left <= 0 || poll(&waiting, 1, static_cast<int>(left)) == 0) return std::nullopt;
    const ssize_t size = read(input, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    report.append(buffer.data(), static_cast<std::size_t>(size));
  }
  return report;
}

/// The value of an attribute in the first element of that name.
std::optional<std::string> attribute(std::string_view report, std::string_view element,
                                     std::string_view name) {
  const std::size_t begin = report.find(fmt::format("<{} ", element));
  if (begin == std::string_view::npos) return std::nullopt;
  const std::string_view tag = report.substr(begin, report.find('>', begin) - begin);
  const std::string key = fmt::format(" {}=\"", name);
  const std::size_t at = tag.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view value = tag.substr(at + key.size());
  return std::string(value.substr(0, value.find('"')));
}

VerapdfAnswer answer_in(std::string_view report) {
  const auto verdict = attribute(report, "validationReport", "isCompliant");
  const auto profile = attribute(report, "validationReport", "profileName");
  if (verdict == "true" || verdict == "false") {
    return {*verdict == "true" ? "valid" : "invalid", displayable(profile.value_or("").substr(0, 200))};
  }
  return {"failed", "no verdict in its report"};
}

}  // namespace

VerapdfAnswer ask_verapdf(const std::string& program, int file, std::chrono::seconds patience) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return {"failed", std::strerror(errno)};
  const pid_t child = fork();
  if (child == 0) become(program.c_str(), file, ends[1]);
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    return {"failed", std::strerror(errno)};
  }
  const std::optional<std::string> report = report_from(ends[0], Clock::now() + patience);
  close(ends[0]);
  // It has said all it will say, or its time is over.
  kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!report) return {"failed", "took too long"};
  return answer_in(*report);
}

}  // namespace eakte::ingest

#include <fcntl.h>
#include <malloc.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <map>
#include <new>
#include <opencv2/core/utility.hpp>

#include "archive/error.h"
#include "ingest/error.h"
#include "ingest/worker.h"
#include "ingest/worker/channel.h"
#include "ingest/worker/confinement.h"
#include "ingest/worker/jobs.h"

namespace eakte::ingest {
namespace {

constexpr int control_socket = 3;

Frame receive_request(int socket) {
  FrameParser parser;
  std::array<char, 65536> bytes{};
  for (;;) {
    if (auto frame = parser.next()) return *frame;
    const ssize_t size = read(socket, bytes.data(), bytes.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) throw Error("the job channel closed before the request");
    parser.feed({bytes.data(), static_cast<std::size_t>(size)});
  }
}

/// A child's whole life. The descriptors are moved to 3 and up and everything else is closed, so that the
/// child holds nothing but its job. Ends by _exit: nothing of the template is to be destroyed here.
[[noreturn]] void live_as_child(const ReceivedControl& job, Recognizers& recognizers,
                                const archive::FormatSignatures& signatures) {
  signal(SIGCHLD, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  constexpr int first = 3;
  std::vector<int> moved;
  for (const Descriptor& descriptor : job.descriptors) {
    moved.push_back(fcntl(descriptor.get(), F_DUPFD, 100));
  }
  for (int i = 0; i < std::ssize(moved); ++i) dup2(moved[static_cast<std::size_t>(i)], first + i);
  const int count = static_cast<int>(moved.size());
  close_range(static_cast<unsigned>(first + count), ~0U, 0);

  const int channel = first;
  std::vector<int> descriptors;
  for (int i = 1; i < count; ++i) descriptors.push_back(first + i);
  try {
    confine({.memory_bytes = job.message.memory_bytes,
             .file_bytes = job.message.file_bytes,
             .cpu_seconds = job.message.cpu_seconds,
             .open_files = job.message.open_files});
    const Frame request = receive_request(channel);
    const std::string reply =
        run_job(request.bytes, descriptors, recognizers, signatures,
                [&](std::string_view note) { send_frame(channel, FrameKind::note, note); });
    send_frame(channel, FrameKind::reply, reply);
    _exit(0);
  } catch (const Refused& refused) {
    send_frame(channel, FrameKind::refused, refused.code + '\n' + refused.what());
    _exit(0);
  } catch (const archive::StorageFailure& failure) {
    send_frame(channel, FrameKind::failed, std::string("storage_full\n") + failure.what());
    _exit(1);
  } catch (const WorkerFailed& failure) {
    send_frame(channel, FrameKind::failed, failure.code + '\n' + failure.what());
    _exit(1);
  } catch (const std::bad_alloc&) {
    send_frame(channel, FrameKind::failed, "worker_memory\nout of memory");
    _exit(1);
  } catch (const std::exception& error) {
    send_frame(channel, FrameKind::failed, std::string("worker_crashed\n") + error.what());
    _exit(1);
  }
}

class Template {
public:
  explicit Template(const WorkerOptions& options)
      : recognizers_(options.languages, options.few_pages, options.best_models),
        loaded_(options.pronom.empty() ? nullptr
                                       : std::make_unique<archive::FormatSignatures>(
                                             archive::FormatSignatures::load(options.pronom))),
        signatures_(loaded_ ? *loaded_ : archive::FormatSignatures::own()) {
    sigset_t child;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, nullptr);
    child_ended_ = Descriptor(signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK));
  }

  void run() {
    for (;;) {
      std::array<pollfd, 2> waits{{{control_socket, POLLIN, 0}, {child_ended_.get(), POLLIN, 0}}};
      if (poll(waits.data(), waits.size(), -1) < 0) continue;
      if (waits[1].revents != 0) reap();
      if (waits[0].revents != 0 && !obey()) break;
    }
    for (const auto& [process, job] : children_) kill(process, SIGKILL);
  }

private:
  /// One message of the service; false when the service is gone.
  bool obey() {
    auto received = receive_control(control_socket);
    if (!received) return false;
    if (received->message.kind == Control::Kind::run) {
      start(*received);
    } else if (received->message.kind == Control::Kind::kill) {
      for (const auto& [process, job] : children_) {
        if (job == received->message.job) kill(process, SIGKILL);
      }
    }
    return true;
  }

  void start(const ReceivedControl& received) {
    const std::uint32_t job = received.message.job;
    const pid_t process = fork();
    if (process == 0) live_as_child(received, recognizers_, signatures_);
    if (process < 0) {
      report(job, SIGKILL);
    } else {
      children_[process] = job;
    }
  }

  void reap() {
    signalfd_siginfo ignored{};
    while (read(child_ended_.get(), &ignored, sizeof ignored) > 0) {
    }
    int status = 0;
    for (pid_t process = 0; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
      const auto child = children_.find(process);
      if (child == children_.end()) continue;
      report(child->second, status);
      children_.erase(child);
    }
  }

  static void report(std::uint32_t job, int status) {
    send_control(control_socket, {.kind = Control::Kind::ended, .job = job, .status = status});
  }

  Recognizers recognizers_;
  std::unique_ptr<const archive::FormatSignatures> loaded_;
  const archive::FormatSignatures& signatures_;
  Descriptor child_ended_;
  std::map<pid_t, std::uint32_t> children_;
};

/// glibc gives the memory of each freed picture back to the kernel, which then has to clear every page of the
/// next one: two thirds of all page faults and up to a tenth of the CPU time of an A4 page in colour. Up to
/// that size a child keeps it for the next picture; larger ones still go back.
void keep_freed_memory() {
  constexpr int largest_kept = 32 << 20;  // the most glibc allows
  mallopt(M_MMAP_THRESHOLD, largest_kept);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  mallopt(M_TOP_PAD, 16 << 20);
}

}  // namespace

void run_worker_template(const WorkerOptions& options) {
  close_range(control_socket + 1, ~0U, 0);
  keep_freed_memory();
  cv::setNumThreads(1);
  signal(SIGPIPE, SIG_IGN);
  // Ctrl-C on the terminal reaches the whole process group; the service decides when its workers end.
  signal(SIGINT, SIG_IGN);
  Template workers(options);
  send_control(control_socket, {.kind = Control::Kind::ended});  // ready
  workers.run();
  // The kernel takes all of it back at once; models and libraries need not be taken apart piece by piece.
  _exit(0);
}

}  // namespace eakte::ingest

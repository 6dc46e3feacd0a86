#include "ingest/worker.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "archive/error.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

using Clock = std::chrono::steady_clock;

/// The environment of the template: ours, with OpenMP off (it costs 3.3 times the CPU for a slower page).
std::vector<std::string> template_environment() {
  std::vector<std::string> environment{"OMP_THREAD_LIMIT=1"};
  for (char** entry = environ; *entry != nullptr; ++entry) {
    if (!std::string_view(*entry).starts_with("OMP_")) environment.emplace_back(*entry);
  }
  return environment;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  pointers.reserve(strings.size() + 1);
  for (std::string& string : strings) pointers.push_back(string.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Starts `program worker --languages L [--few-pages] [--pronom DIR] [--best-models DIR]` with `control` as
/// its descriptor 3.
pid_t spawn_template(const std::string& program, const WorkerOptions& options, int control) {
  std::vector<std::string> arguments{program, "worker", "--languages", options.languages};
  if (options.few_pages) arguments.emplace_back("--few-pages");
  if (!options.pronom.empty()) arguments.insert(arguments.end(), {"--pronom", options.pronom});
  if (!options.best_models.empty()) arguments.insert(arguments.end(), {"--best-models", options.best_models});
  std::vector<std::string> environment = template_environment();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, control, 3);
  // A signal mask is inherited; the service blocks signals that the template must see.
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t process = -1;
  const int failure = posix_spawn(&process, program.c_str(), &actions, &attributes,
                                  pointers_to(arguments).data(), pointers_to(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (failure != 0)
    throw Error(fmt::format("cannot start the worker {}: {}", program, std::strerror(failure)));
  return process;
}

WorkerFailed failure_of(int status) {
  if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
    return {"worker_timeout", fmt::format("worker ended by signal {}", WTERMSIG(status))};
  }
  if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) return {"worker_memory", "worker wrote too much"};
  if (WIFSIGNALED(status))
    return {"worker_crashed", fmt::format("worker ended by signal {}", WTERMSIG(status))};
  return {"worker_crashed", fmt::format("worker ended with status {} and no reply", WEXITSTATUS(status))};
}

std::pair<std::string, std::string> split_code(const std::string& bytes) {
  const std::size_t end = bytes.find('\n');
  return {bytes.substr(0, end), end == std::string::npos ? "" : bytes.substr(end + 1)};
}

/// A descriptor that becomes readable when `stop` is requested.
class StopDescriptor {
public:
  explicit StopDescriptor(const std::stop_token& stop)
      : event_(eventfd(0, EFD_CLOEXEC)), callback_(stop, [this] { eventfd_write(event_.get(), 1); }) {}
  int get() const { return event_.get(); }

private:
  Descriptor event_;
  std::stop_callback<std::function<void()>> callback_;
};

}  // namespace

struct WorkerPool::State {
  std::string program;
  WorkerOptions options;

  std::mutex mutex;
  std::condition_variable changed;
  Descriptor control;
  pid_t process = -1;
  std::uint32_t last_job = 0;
  std::map<std::uint32_t, int> ended;  ///< wait status of children whose callers have not looked yet
  std::uint64_t generation = 0;        ///< counts templates; a job of an older one has lost its child
  int busy = 0;
  std::deque<const void*> waiting;  ///< callers in the order they came
  std::jthread listener;

  void start_template();
  void listen(const std::stop_token& stop, int socket);
  void stop_template();

  /// A place among the running processes, first come first served.
  class Place {
  public:
    Place(State& state, const std::stop_token& stop);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

  private:
    State& state_;
  };

  struct Child {
    std::uint32_t job = 0;
    std::uint64_t generation = 0;
    Descriptor channel;
  };
  Child start_child(const Job& job);
  void kill_child(const Child& child);
  int wait_for_end(const Child& child);
};

WorkerPool::State::Place::Place(State& state, const std::stop_token& stop) : state_(state) {
  // Registered before the mutex is taken: a stop that was requested already runs the callback at once.
  const std::stop_callback wake(stop, [&state] {
    const std::scoped_lock locked(state.mutex);
    state.changed.notify_all();
  });
  std::unique_lock lock(state.mutex);
  state.waiting.push_back(this);
  state.changed.wait(lock, [&] {
    return stop.stop_requested() || (state.busy < state.options.processes && state.waiting.front() == this);
  });
  std::erase(state.waiting, this);
  if (stop.stop_requested()) {
    state.changed.notify_all();
    lock.unlock();
    throw Cancelled("stopped before it began");
  }
  ++state.busy;
}

WorkerPool::State::Place::~Place() {
  const std::scoped_lock lock(state_.mutex);
  --state_.busy;
  state_.changed.notify_all();
}

void WorkerPool::State::start_template() {
  auto [ours, theirs] = socket_pair(SOCK_SEQPACKET);
  process = spawn_template(program, options, theirs.get());
  theirs.close();
  const auto ready = receive_control(ours.get());
  if (!ready) {
    waitpid(process, nullptr, 0);
    process = -1;
    throw Error("the worker did not start; are the recogniser's languages '" + options.languages +
                "' installed?");
  }
  control = std::move(ours);
  ++generation;
  listener =
      std::jthread([this, socket = control.get()](const std::stop_token& stop) { listen(stop, socket); });
}

void WorkerPool::State::listen(const std::stop_token& stop, int socket) {
  try {
    while (const auto received = receive_control(socket)) {
      const std::scoped_lock lock(mutex);
      if (received->message.kind == Control::Kind::ended)
        ended[received->message.job] = received->message.status;
      changed.notify_all();
    }
  } catch (const Error&) {
    // A packet that makes no sense: the template is as good as gone.
  }
  const std::scoped_lock lock(mutex);
  if (!stop.stop_requested()) {
    ::kill(process, SIGKILL);
    waitpid(process, nullptr, 0);
    process = -1;
    ++generation;
  }
  changed.notify_all();
}

void WorkerPool::State::stop_template() {
  listener.request_stop();
  if (control) shutdown(control.get(), SHUT_RDWR);
  if (listener.joinable()) listener.join();
  control.close();
  if (process > 0) waitpid(process, nullptr, 0);
  process = -1;
}

WorkerPool::State::Child WorkerPool::State::start_child(const Job& job) {
  auto [ours, theirs] = socket_pair(SOCK_STREAM);
  std::vector<int> descriptors{theirs.get()};
  descriptors.insert(descriptors.end(), job.descriptors.begin(), job.descriptors.end());
  const std::scoped_lock lock(mutex);
  if (process < 0) {
    if (listener.joinable()) listener.join();  // it has ended: it set process to -1 as its last act
    start_template();
  }
  Child child{.job = ++last_job, .generation = generation, .channel = std::move(ours)};
  send_control(control.get(),
               {.kind = Control::Kind::run,
                .job = child.job,
                .memory_bytes = options.memory_bytes,
                .file_bytes = options.file_bytes,
                .cpu_seconds = job.seconds.value_or(options.cpu_seconds_per_page * job.pages),
                .open_files = job.open_files.value_or(options.open_files)},
               descriptors);
  return child;
}

void WorkerPool::State::kill_child(const Child& child) {
  const std::scoped_lock lock(mutex);
  if (child.generation == generation)
    send_control(control.get(), {.kind = Control::Kind::kill, .job = child.job});
}

int WorkerPool::State::wait_for_end(const Child& child) {
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return ended.contains(child.job) || child.generation != generation; });
  const auto end = ended.find(child.job);
  if (end == ended.end()) return SIGABRT;  // as if the child had crashed together with its template
  const int status = end->second;
  ended.erase(end);
  return status;
}

WorkerPool::WorkerPool(std::string program, const WorkerOptions& options)
    : state_(std::make_unique<State>()) {
  state_->program = std::move(program);
  state_->options = options;
  if (state_->options.processes <= 0) {
    state_->options.processes = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  }
  const std::scoped_lock lock(state_->mutex);
  state_->start_template();
}

WorkerPool::~WorkerPool() { state_->stop_template(); }

int WorkerPool::processes() const { return state_->options.processes; }

const WorkerOptions& WorkerPool::options() const { return state_->options; }

std::string WorkerPool::run(const Job& job, const std::stop_token& stop) {
  const State::Place place(*state_, stop);
  State::Child child;
  try {
    child = state_->start_child(job);
  } catch (const Error& error) {
    throw WorkerFailed("worker_crashed", error.what());
  }
  const StopDescriptor stopped(stop);
  const auto patience = std::chrono::seconds(
      job.seconds.value_or(state_->options.wall_seconds_per_page * (job.notes_pages ? 1 : job.pages)));
  auto deadline = Clock::now() + patience;
  int noted = 0;

  std::optional<Frame> answer;
  FrameParser parser;
  std::array<char, 65536> bytes{};
  // Every way out of here ends the child first: a place among the processes is given back only then.
  const auto end_child = [&] {
    state_->kill_child(child);
    return state_->wait_for_end(child);
  };
  try {
    send_frame(child.channel.get(), FrameKind::request, job.request);
    while (!answer) {
      std::array<pollfd, 2> waits{{{child.channel.get(), POLLIN, 0}, {stopped.get(), POLLIN, 0}}};
      const auto left =
          std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
      poll(waits.data(), waits.size(), static_cast<int>(std::clamp<std::int64_t>(left, 0, 3'600'000)));
      if (waits[1].revents != 0) throw Cancelled("stopped");
      // Also for a child that goes on sending: it gets the time of its pages and no more.
      if (Clock::now() >= deadline) throw WorkerFailed("worker_timeout", "the wall-clock limit is over");
      if (waits[0].revents == 0) continue;
      const ssize_t size = read(child.channel.get(), bytes.data(), bytes.size());
      if (size < 0 && errno == EINTR) continue;
      if (size <= 0) break;
      parser.feed({bytes.data(), static_cast<std::size_t>(size)});
      while (auto frame = parser.next()) {
        if (frame->kind != FrameKind::note) {
          answer = std::move(frame);
          break;
        }
        if (job.notes_pages && ++noted < job.pages) deadline = Clock::now() + patience;
        if (job.note) job.note(frame->bytes);
      }
    }
  } catch (const Cancelled&) {
    end_child();
    throw;
  } catch (const WorkerFailed&) {
    end_child();
    throw;
  } catch (const Error& error) {
    end_child();
    throw WorkerFailed("worker_bad_reply", error.what());
  }
  child.channel.close();
  const int status = answer ? end_child() : state_->wait_for_end(child);
  if (!answer) throw failure_of(status);
  if (answer->kind == FrameKind::reply) return std::move(answer->bytes);
  const auto [code, message] = split_code(answer->bytes);
  if (answer->kind == FrameKind::refused) throw Refused(code, message);
  if (code == "storage_full") throw archive::StorageFailure(message);
  if (answer->kind == FrameKind::failed) throw WorkerFailed(code, message);
  throw WorkerFailed("worker_bad_reply", "a frame of the wrong kind");
}

std::string WorkerPool::page_picture(int input, int page, int width, const std::stop_token& stop) {
  const nlohmann::json request{{"job", "picture"}, {"page", page}, {"width", width}};
  return run({.request = request.dump(), .descriptors = {input}, .note = {}}, stop);
}

}  // namespace eakte::ingest

#include "ingest/processor.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "ingest/background_command.h"
#include "ingest/change_signal.h"
#include "ingest/learning.h"
#include "ingest/pipeline.h"

namespace eakte::ingest {
namespace {

/// How long work rests after the disk failed, unless something new arrives.
constexpr std::chrono::seconds storage_rest(30);

/// There is a type model, but not one this program can read: an older program made it, or it is damaged.
bool is_unreadable_model(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return false;
  try {
    TypeModel::load(file);
    return false;
  } catch (const Error&) {
    return true;
  }
}

}  // namespace

struct Processor::State {
  State(ProcessingParts all_parts, const ProcessorOptions& all_options)
      : parts(std::move(all_parts)), options(all_options), signal(parts.archive.directory()) {}

  ProcessingParts parts;
  ProcessorOptions options;
  ChangeSignal signal;

  std::mutex mutex;
  std::condition_variable_any changed;
  bool look_at_queue = true;          ///< something may be waiting
  bool look_at_index = true;          ///< the archive may be ahead of the index
  bool look_at_confirmations = true;  ///< people may have confirmed filings
  int looking = 0;                    ///< threads between looking and finding nothing
  bool indexing = false;
  bool paused = false;               ///< the disk failed; waits for the next wake
  std::vector<IntakeId> unreturned;  ///< still "working" in the catalogue, though nobody works on them
  std::map<std::string, std::stop_source> working;
  std::map<std::string, std::string> cancelled;  ///< intake -> who asked
  std::vector<std::jthread> threads;             ///< last member: joined before the rest goes

  void work(const std::stop_token& stop);
  void work_on(const Intake& intake, const std::stop_token& stop);
  void keep_index(const std::stop_token& stop);
  void keep_learning(const std::stop_token& stop);
  void listen(const std::stop_token& stop);
  void tell_end(const IntakeId& id);
  void process_or_cancel(const Intake& intake, const std::stop_token& stop);
  void rest_after(const std::exception& error);
  std::optional<Intake> claim();
  void return_unreturned();
};

void Processor::State::tell_end(const IntakeId& id) {
  const Intake ended = parts.queue.intake(id);
  parts.progress.publish({.tenant = parts.archive.tenant(),
                          .intake = id,
                          .state = std::string(name_of(ended.state)),
                          .stage = {}});
  if (options.ended) options.ended(ended);
  signal.notify();
}

/// Runs the pipeline. An intake that somebody cancelled ends; one whose work was cut short otherwise waits
/// again, which for one that has ended changes nothing.
void Processor::State::process_or_cancel(const Intake& intake, const std::stop_token& stop) {
  std::string cancelled_by;
  try {
    process(intake, parts, options, stop);
  } catch (const Cancelled&) {
    const std::scoped_lock lock(mutex);
    if (const auto who = cancelled.find(intake.id.text); who != cancelled.end()) cancelled_by = who->second;
  }
  if (cancelled_by.empty()) {
    parts.queue.give_back(intake.id);
  } else {
    parts.queue.finish(intake.id, IntakeState::refused, "cancelled", "cancelled by " + cancelled_by);
  }
  tell_end(intake.id);
}

void Processor::State::rest_after(const std::exception& error) {
  if (options.trouble) options.trouble(error.what());
  const std::scoped_lock lock(mutex);
  paused = true;
}

/// The oldest waiting intake; nothing when none waits or the catalogue cannot be written.
std::optional<Intake> Processor::State::claim() {
  try {
    return parts.queue.claim();
  } catch (const archive::Error& error) {
    rest_after(error);
    return std::nullopt;
  }
}

/// Gives back what could not be given back while the disk was full.
void Processor::State::return_unreturned() {
  std::vector<IntakeId> ids;
  {
    const std::scoped_lock lock(mutex);
    ids.swap(unreturned);
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    try {
      parts.queue.give_back(ids[i]);
    } catch (const archive::Error& error) {
      rest_after(error);
      const std::scoped_lock lock(mutex);
      unreturned.insert(unreturned.end(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids.end());
      return;
    }
  }
}

void Processor::State::work_on(const Intake& intake, const std::stop_token& stop) {
  std::stop_source source;
  const std::stop_callback forward(stop, [&] { source.request_stop(); });
  {
    const std::scoped_lock lock(mutex);
    working[intake.id.text] = source;
  }
  try {
    process_or_cancel(intake, source.get_token());
  } catch (const std::exception& error) {
    // Nothing was filed and nothing is lost; more work on a full disk would only fail as well.
    rest_after(error);
    const std::scoped_lock lock(mutex);
    unreturned.push_back(intake.id);
  }
  {
    const std::scoped_lock lock(mutex);
    working.erase(intake.id.text);
    cancelled.erase(intake.id.text);
    look_at_index = true;
    look_at_queue = true;  // members of an archive, or the next attempt
  }
  changed.notify_all();
}

void Processor::State::work(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      if (paused) {
        changed.wait_for(lock, stop, storage_rest, [&] { return !paused; });
        if (stop.stop_requested()) return;
        if (paused) look_at_queue = true;
        paused = false;
      }
      if (!changed.wait(lock, stop, [&] { return look_at_queue || paused; })) return;
      if (paused) continue;
      // Taken back before looking: whatever is accepted from here on sets it again.
      look_at_queue = false;
      ++looking;
    }
    return_unreturned();
    const std::optional<Intake> intake = claim();
    if (intake) {
      {
        const std::scoped_lock lock(mutex);
        look_at_queue = true;
      }
      changed.notify_all();
      work_on(*intake, stop);
    }
    const std::scoped_lock lock(mutex);
    --looking;
    changed.notify_all();
  }
}

void Processor::State::keep_index(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      if (!changed.wait(lock, stop, [&] { return look_at_index; })) return;
      look_at_index = false;
      indexing = true;
    }
    try {
      parts.index.catch_up(parts.archive);
    } catch (const std::exception& error) {
      // The view stays behind and catches up at the next change; the archive is not concerned.
      if (options.trouble) options.trouble(error.what());
    }
    const std::scoped_lock lock(mutex);
    indexing = false;
    changed.notify_all();
  }
}

/// Trains the type model after enough confirmations, after a destruction of what it may have learned from,
/// and when it cannot be read, in a process of its own: filing goes on meanwhile, and a stop ends it.
void Processor::State::keep_learning(const std::stop_token& stop) {
  std::int64_t tried = 0;  // at so many confirmations; a training that fails is not repeated at once
  bool due_at_once = is_unreadable_model(parts.model_file);
  bool forgetting_failed = false;  // until the next start; confirmations make a training due all the same
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex);
      if (!changed.wait(lock, stop, [&] { return look_at_confirmations; })) return;
      look_at_confirmations = false;
    }
    try {
      const std::int64_t confirmations = confirmations_since_learning(parts.archive);
      if (confirmations < tried) tried = 0;
      const bool forgets = !forgetting_failed && must_forget(parts.archive);
      const bool enough = options.retrain_after > 0 && confirmations >= tried + options.retrain_after;
      if (!due_at_once && !forgets && !enough) continue;
      due_at_once = false;
      tried = confirmations;
      const int status = run_in_background(options.train_command, stop);
      forgetting_failed = status != 0 && forgets;
      if (status != 0 && !stop.stop_requested() && options.trouble)
        options.trouble("training the type model ended with status " + std::to_string(status));
    } catch (const std::exception& error) {
      if (options.trouble) options.trouble(error.what());
    }
  }
}

void Processor::State::listen(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (!signal.wait(stop)) continue;
    const std::scoped_lock lock(mutex);
    look_at_queue = true;
    look_at_index = true;
    look_at_confirmations = true;
    changed.notify_all();
  }
}

Processor::Processor(ProcessingParts parts, const ProcessorOptions& options)
    : state_(std::make_unique<State>(std::move(parts), options)) {
  state_->parts.queue.recover();
  State& state = *state_;
  for (int i = 0; i < state.parts.workers.processes(); ++i) {
    state.threads.emplace_back([&state](const std::stop_token& stop) { state.work(stop); });
  }
  state.threads.emplace_back([&state](const std::stop_token& stop) { state.keep_index(stop); });
  state.threads.emplace_back([&state](const std::stop_token& stop) { state.listen(stop); });
  if (!options.train_command.empty())
    state.threads.emplace_back([&state](const std::stop_token& stop) { state.keep_learning(stop); });
}

Processor::~Processor() {
  for (std::jthread& thread : state_->threads) thread.request_stop();
}

void Processor::wake() {
  const std::scoped_lock lock(state_->mutex);
  state_->look_at_queue = true;
  state_->look_at_index = true;
  state_->look_at_confirmations = true;
  state_->paused = false;
  state_->changed.notify_all();
}

bool Processor::cancel(const IntakeId& id, const std::string& actor) {
  {
    const std::scoped_lock lock(state_->mutex);
    if (const auto working = state_->working.find(id.text); working != state_->working.end()) {
      state_->cancelled[id.text] = actor;
      working->second.request_stop();
      return true;
    }
  }
  if (!state_->parts.queue.cancel_waiting(id, actor)) return false;
  state_->tell_end(id);
  return true;
}

void Processor::wait_until_idle() {
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [&] {
    const State& state = *state_;
    return state.paused || (!state.look_at_queue && state.working.empty() && state.looking == 0 &&
                            !state.look_at_index && !state.indexing);
  });
}

}  // namespace eakte::ingest

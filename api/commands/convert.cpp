#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <thread>

#include "api/commands/commands.h"
#include "api/commands/json_line.h"
#include "api/data_directory.h"
#include "api/progress_bar.h"
#include "ingest/pipeline.h"
#include "ingest/reasons.h"

namespace eakte::api {
namespace {

namespace fs = std::filesystem;

/// A result file that appears whole or not at all.
class OutputFile {
public:
  explicit OutputFile(fs::path target) : target_(std::move(target)) {
    const fs::path directory = target_.has_parent_path() ? target_.parent_path() : fs::path(".");
    descriptor_ = open(target_.empty() ? fs::temp_directory_path().c_str() : directory.c_str(),
                       O_TMPFILE | O_RDWR | O_CLOEXEC, 0644);
    if (descriptor_ < 0) throw Error(fmt::format("{}: {}", target_.string(), std::strerror(errno)));
  }
  ~OutputFile() { close(descriptor_); }
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  int descriptor() const { return descriptor_; }

  /// Gives the file its name, replacing what was there.
  void commit() {
    if (target_.empty()) return;
    const fs::path beside = target_.string() + fmt::format(".{}.part", getpid());
    const std::string source = fmt::format("/proc/self/fd/{}", descriptor_);
    if (fsync(descriptor_) != 0 ||
        linkat(AT_FDCWD, source.c_str(), AT_FDCWD, beside.c_str(), AT_SYMLINK_FOLLOW) != 0 ||
        rename(beside.c_str(), target_.c_str()) != 0) {
      throw Error(fmt::format("{}: {}", target_.string(), std::strerror(errno)));
    }
  }

private:
  fs::path target_;
  int descriptor_ = -1;
};

/// Requests a stop when Ctrl-C or a TERM signal comes, for as long as it lives.
class StopOnSignal {
public:
  StopOnSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
    waiter_ = std::thread([this] {
      int number = 0;
      sigwait(&signals_, &number);
      if (number != SIGUSR1) source_.request_stop();
    });
  }
  ~StopOnSignal() {
    pthread_kill(waiter_.native_handle(), SIGUSR1);
    waiter_.join();
  }
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;
  std::stop_token token() const { return source_.get_token(); }

private:
  sigset_t signals_{};
  std::stop_source source_;
  std::thread waiter_;
};

std::vector<ingest::ConvertInput> open_inputs(const std::vector<fs::path>& files) {
  std::vector<ingest::ConvertInput> inputs;
  for (const fs::path& file : files) {
    const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) throw Error(fmt::format("{}: {}", file.string(), std::strerror(errno)));
    inputs.push_back({.descriptor = descriptor,
                      .name = ingest::displayable(file.stem().native()),
                      .file_name = ingest::displayable(file.filename().native())});
  }
  return inputs;
}

int report_failure(const ConvertOptions& options, const std::string& code, const std::string& detail) {
  const std::string sentence(ingest::german_sentence(code));
  if (options.form == OutputForm::json) {
    print_json(nlohmann::json{{"state", "refused"}, {"reason", code}, {"message", sentence}});
  }
  fmt::print(stderr, "eakte convert: [{}] {} ({})\n", code, sentence, detail);
  return 1;
}

}  // namespace

int run_convert(const ConvertOptions& options) {
  if (options.output.empty() && options.text.empty() && options.words.empty()) {
    throw Error("Es fehlt das Ziel: -o AUSGABE.pdf, --text oder --words.");
  }
  if (options.pdfa == "3u" && options.inputs.size() > 1) {
    throw Error("PDF/A-3u bettet das Original ein und geht nur mit einer einzigen Eingabedatei.");
  }
  const StopOnSignal stop;
  std::vector<ingest::ConvertInput> inputs = open_inputs(options.inputs);
  OutputFile pdfa(options.output);
  OutputFile text(options.text);
  OutputFile words(options.words);
  ingest::WorkerOptions worker;
  worker.few_pages = true;
  worker.processes = options.jobs;
  worker.languages = options.languages;
  worker.best_models = options.best_models;
  ingest::WorkerPool workers(worker_path(), worker);
  ProgressBar bar("Seiten");
  try {
    const int pages = ingest::convert(
        inputs, options.languages, workers, fs::temp_directory_path().string(),
        {pdfa.descriptor(), words.descriptor(), text.descriptor()},
        {.pictures = archive::picture_choice_named(options.pictures).value(),
         .level = archive::pdfa_level_named(options.pdfa).value()},
        [&](int done, int all) { bar.show(done, all); }, stop.token());
    pdfa.commit();
    text.commit();
    words.commit();
    bar.hide();
    if (options.form == OutputForm::json) {
      print_json(nlohmann::json{{"state", "converted"}, {"pages", pages}});
    }
    return 0;
  } catch (const ingest::Refused& refused) {
    bar.hide();
    return report_failure(options, refused.code, refused.what());
  } catch (const ingest::WorkerFailed& failed) {
    bar.hide();
    return report_failure(options, failed.code, failed.what());
  } catch (const ingest::Cancelled&) {
    bar.hide();
    return report_failure(options, "cancelled", "signal");
  }
}

}  // namespace eakte::api

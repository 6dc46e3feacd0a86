#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "ingest/error.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {

/// A worker process that did not do its job: crashed, hung, outgrew its limits or answered nonsense.
/// `code` is a reason of reasons.h; another attempt may be made.
struct WorkerFailed : Error {
  WorkerFailed(std::string reason_code, const std::string& message)
      : Error(message), code(std::move(reason_code)) {}
  std::string code;
};

/// The job was stopped from outside.
struct Cancelled : Error {
  using Error::Error;
};

struct WorkerOptions {
  int processes = 0;                          ///< at once; 0: one per core
  std::int64_t memory_bytes = 1'500'000'000;  ///< RLIMIT_AS of a child beyond what the template holds
  /// RLIMIT_CPU is this times the pages of the job. A colour A0 sheet at 300 dpi takes 15 to 40 seconds.
  int cpu_seconds_per_page = 180;
  /// By the clock, without a page being done: for what hangs, and for what a busy machine cannot finish.
  int wall_seconds_per_page = 1200;
  std::int64_t file_bytes = 6'000'000'000;  ///< RLIMIT_FSIZE
  int open_files = 64;                      ///< RLIMIT_NOFILE
  std::string languages = "deu+eng";        ///< loaded into the template
  std::string best_models = {};             ///< directory of larger models for a second look; empty: none
  bool few_pages = false;  ///< the process ends soon: what a page seldom needs is loaded when one does
  /// Directory of LibreOffice's soffice.bin; empty: office files are kept without being read.
  std::string office_program = "/usr/lib/libreoffice/program";
  int office_seconds = 120;  ///< for one office file, by the clock and of the CPU
  std::string pronom = {};   ///< directory with PRONOM's signatures; empty: our own table
};

/// Runs jobs on foreign bytes in processes that may die: a template process holds the loaded models and forks
/// one child per job. Thread-safe; callers wait while all processes are busy.
class WorkerPool {
public:
  /// Starts the template: `program worker ...`, where `program` is the path of eakte-worker, or a test that
  /// is its own worker.
  WorkerPool(std::string program, const WorkerOptions& options);
  ~WorkerPool();

  int processes() const;
  const WorkerOptions& options() const;

  /// Sends `request` (a flat message) and up to 4 open descriptors to a child, and returns its reply.
  /// `note` is called with every progress note the child sends. Throws Refused (the child's finding),
  /// WorkerFailed, Cancelled, archive::StorageFailure (the child's result did not fit on the disk).
  struct Job {
    std::string request;
    std::vector<int> descriptors;
    int pages = 1;             ///< what its time limits are multiplied by
    bool notes_pages = false;  ///< it notes each page when it is done, and gets the time of one for each
    std::optional<int> seconds = {};  ///< its time limit, whatever its pages
    std::optional<int> open_files = {};
    std::function<void(std::string_view)> note;
  };
  std::string run(const Job& job, const std::stop_token& stop = {});

  /// A page of a stored PDF or picture as JPEG, about `width` pixels wide, for the screen.
  std::string page_picture(int input, int page, int width, const std::stop_token& stop = {});

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The template's life: reads requests on its control socket (descriptor 3) until that closes; then it ends
/// the process. Of the options it needs what it loads. Throws when it cannot start.
[[noreturn]] void run_worker_template(const WorkerOptions& options);

}  // namespace eakte::ingest

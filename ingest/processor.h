#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "index/search_index.h"
#include "ingest/intake_queue.h"
#include "ingest/page_reader.h"
#include "ingest/progress_feed.h"
#include "ingest/separators.h"
#include "ingest/worker.h"

namespace eakte::ingest {

/// Everything that belongs to one tenant while its intakes are processed. References outlive the processor.
struct ProcessingParts {
  archive::Archive& archive;
  IntakeQueue& queue;
  index::SearchIndex& index;
  WorkerPool& workers;
  ProgressFeed& progress;
  std::string model_file;  ///< the tenant's type model; empty: none
};

struct ProcessorOptions {
  ReadLimits limits;
  double review_below = 0.6;  ///< plan entry or type below this confidence: review list
  double page_below = 0.55;   ///< a page read worse than this: review list
  SeparatorRules separators;
  int retrain_after = 25;  ///< confirmations after which the type model is trained anew; 0: never
  std::vector<std::string>
      train_command;    ///< trains this tenant's model in a process of its own; empty: never
  std::string verapdf;  ///< reference checker that is asked about archive files; empty: none
  archive::ArchiveFileChoice archive_file;  ///< as the tenant wants it
  std::function<void(const std::string&)>
      trouble;                               ///< told what hinders the work as such: a full disk, the index
  std::function<void(const Intake&)> ended;  ///< told of every end, on a working thread; for the log
};

/// Works off a tenant's queue on its own threads: claims intakes, runs the pipeline, catches the index up.
/// Only one process at a time may have one per tenant (the service lock).
class Processor {
public:
  Processor(ProcessingParts parts, const ProcessorOptions& options);
  ~Processor();  ///< stops: running jobs are cut short and wait for the next start

  /// Something was accepted; looks at the queue. Thread-safe, returns at once.
  void wake();
  /// Stops the work on an intake that waits or is being worked on; it ends refused with reason "cancelled".
  /// False when it had ended already.
  bool cancel(const IntakeId& id, const std::string& actor);
  /// Waits until nothing is queued or being worked on and the index has caught up.
  void wait_until_idle();

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::ingest

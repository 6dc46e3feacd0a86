#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "ingest/intake_queue.h"

namespace eakte::ingest {

struct WatchedDirectoryOptions {
  /// A file is taken when it has not changed for so long and nobody has it open for writing. Scanners that
  /// close and reopen a file between pages need more than their longest gap.
  std::chrono::milliseconds settle{3000};
  /// An empty file may be one that a slow writer has only just made.
  std::chrono::milliseconds settle_empty{60000};
  /// Everything is looked at anew so often, because network file systems send no events.
  std::chrono::milliseconds rescan{60000};
  std::string languages = "deu+eng";
  std::uint64_t max_bytes = 2'147'483'648;
};

/// What became of one file.
struct WatchedFile {
  std::string name;    ///< displayable, relative to the directory
  IntakeId intake;     ///< empty when it was not taken
  std::string reason;  ///< code of reasons.h; empty when it was taken
};

/// Takes files that are put into a directory or below it: written slowly, renamed into place, reopened, in
/// sub-directories, with names in any encoding. Names that end in .part, .filepart, .tmp, .crdownload or ~ or
/// begin with a dot are left until they are renamed. A taken file moves to `done/`, one that cannot be taken
/// to `failed/`, after the commit and never deleted; while the disk is full, files stay where they are. Runs
/// on its own thread until destroyed.
class WatchedDirectory {
public:
  /// Makes the directory with `done` and `failed` where missing. `told` is called on the watching thread.
  /// `queue` and `archive` must live longer.
  WatchedDirectory(std::filesystem::path directory, archive::Archive& archive, IntakeQueue& queue,
                   const WatchedDirectoryOptions& options, std::function<void(const WatchedFile&)> told);
  ~WatchedDirectory();

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::ingest

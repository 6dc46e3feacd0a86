#pragma once
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "ingest/processor.h"

namespace eakte::ingest {

/// The way of one document, from durable bytes to a filed record (see ARCHITECTURE). The intake ends filed,
/// on review, refused, unpacked, split, quarantined, or queued for another attempt; the end is durable when
/// this returns. Everything between accept and file is a function of the received bytes, so after a crash the
/// intake is simply processed again. Throws Cancelled (the intake is left as it is) and
/// archive::StorageFailure.
void process(const Intake& intake, const ProcessingParts& parts, const ProcessorOptions& options,
             const std::stop_token& stop);

/// A file to convert; the descriptor stays the caller's.
struct ConvertInput {
  int descriptor = -1;
  std::string name;       ///< stands in for a title nobody found
  std::string file_name;  ///< as it is called, with its ending
};
/// Where the results go; descriptors open for writing.
struct ConvertOutputs {
  int pdfa = -1;
  int words = -1;
  int text = -1;
};

/// The pipeline alone, which never splits: any accepted files, one after the other, to one PDF/A, words and
/// text; returns the number of pages. `progress` is told (done, all) pages. Throws Refused (an archive holds
/// several documents and is not taken), WorkerFailed, Cancelled.
int convert(const std::vector<ConvertInput>& inputs, const std::string& languages, WorkerPool& workers,
            const std::string& spool_directory, const ConvertOutputs& outputs,
            const archive::ArchiveFileChoice& archive_file, const std::function<void(int, int)>& progress,
            const std::stop_token& stop);

}  // namespace eakte::ingest

#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan_exchange.h"
#include "ingest/stages.h"

namespace eakte::ingest {

/// A file plan that came from outside, as a worker has read it.
struct ForeignFilePlan {
  std::string csv;  ///< all of it in our own CSV; empty where something is wrong
  std::vector<archive::PlanProblem> problems;
  std::optional<archive::PlanMessage> message = {};  ///< the head of an xdomea message
};

/// Reads and checks a file of another origin in a worker: YAML, CSV or xdomea, by its first characters where
/// `format` does not say. Throws WorkerFailed, Cancelled.
ForeignFilePlan read_foreign_file_plan(const Workers& workers, std::string_view text,
                                       std::optional<archive::PlanFormat> format);

}  // namespace eakte::ingest

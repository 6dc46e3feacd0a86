#include <fmt/format.h>

#include <exception>
#include <string>
#include <string_view>

#include "ingest/error.h"
#include "ingest/worker.h"

namespace {

/// `eakte-worker worker --languages L [--few-pages] [--pronom DIR] [--best-models DIR]`, as the worker pool
/// calls it and nobody else: what is not that is a mistake of ours.
eakte::ingest::WorkerOptions options_from(int count, char** arguments) {
  eakte::ingest::WorkerOptions options;
  options.languages.clear();
  for (int i = 2; i < count; ++i) {
    const std::string_view name = arguments[i];
    if (name == "--few-pages") {
      options.few_pages = true;
    } else if (name == "--languages" && i + 1 < count) {
      options.languages = arguments[++i];
    } else if (name == "--pronom" && i + 1 < count) {
      options.pronom = arguments[++i];
    } else if (name == "--best-models" && i + 1 < count) {
      options.best_models = arguments[++i];
    } else {
      throw eakte::ingest::Error(fmt::format("unknown argument {}", name));
    }
  }
  if (options.languages.empty()) throw eakte::ingest::Error("it is started by eakte only");
  return options;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    eakte::ingest::run_worker_template(options_from(count, arguments));
  } catch (const std::exception& error) {
    fmt::print(stderr, "eakte-worker: {}\n", error.what());
    return 1;
  }
}

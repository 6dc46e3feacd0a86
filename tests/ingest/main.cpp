#include <gtest/gtest.h>

#include <string_view>

#include "ingest/worker.h"

/// The test program is its own worker, as eakte is.
int main(int count, char** arguments) {
  if (count > 3 && std::string_view(arguments[1]) == "worker")
    eakte::ingest::run_worker_template({.languages = arguments[3]});
  testing::InitGoogleTest(&count, arguments);
  return RUN_ALL_TESTS();
}

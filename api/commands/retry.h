#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace eakte::api {

struct RetryOptions : DataOptions {
  std::vector<std::string> intakes;
  bool unread = false;  ///< all whose document was filed unread
};
/// Has intakes processed again that came to nothing, or whose document nobody could read.
int run_retry(const RetryOptions& options);

}  // namespace eakte::api

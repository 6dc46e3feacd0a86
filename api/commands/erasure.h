#pragma once
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace CLI {
class App;
}

namespace eakte::api {

// `eakte erasure`: requests of persons to have data erased (Art. 17 DSGVO).

struct ErasureOptions : DataOptions {
  std::string name;  ///< of the person; for the others the id of the request or document
  std::string address;
  std::string reference;
  std::string received_on;
  std::vector<std::string> documents;
  bool all_found = false;
};
int run_erasure_add(const ErasureOptions& options);
int run_erasure_find(const ErasureOptions& options);
int run_erasure_decide(const ErasureOptions& options);
int run_erasure_show(const ErasureOptions& options);
int run_erasure_list(const ErasureOptions& options);
int run_erasure_lift(const ErasureOptions& options);

void add_erasure_commands(CLI::App& app, ErasureOptions& options, int& status);

}  // namespace eakte::api

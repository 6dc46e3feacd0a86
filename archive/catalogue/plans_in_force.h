#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/file_plan.h"

namespace eakte::archive {

/// A version of the file plan as it was in force at a time.
struct LoadedPlan {
  std::int64_t number = 0;
  std::string sha256;
  std::string yaml;
  FilePlan plan;
};

/// The version in force, read when it changes. Earlier ones are kept: somebody may still hold a reference to
/// them, and a tenant has few. Safe for concurrent use.
class PlansInForce {
public:
  /// As this connection sees it. Throws Error when there is none.
  const LoadedPlan& at(Connection& connection, const std::string& tenant);

private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<const LoadedPlan>> loaded_;
};

/// Reads a plan as it is stored and gives every entry its id: its own, else that of its number, also where the
/// plan came here in a package.
FilePlan stored_plan(Connection& connection, const std::string& yaml, const std::string& tenant);

/// Ids for entries that state none: always the same for tenant and number, which is never given twice.
void give_ids(FilePlan& plan, const std::string& tenant);

/// Notes the numbers of a plan as those of its entries. Throws Conflict when one belongs to another entry.
void note_numbers(Connection& connection, const FilePlan& plan, std::int64_t version);

}  // namespace eakte::archive

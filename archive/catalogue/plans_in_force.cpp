#include "archive/catalogue/plans_in_force.h"

#include <fmt/format.h>

#include "archive/error.h"
#include "archive/xdomea.h"

namespace eakte::archive {

const LoadedPlan& PlansInForce::at(Connection& connection, const std::string& tenant) {
  const Rows newest = connection.query("SELECT number, sha256 FROM file_plan ORDER BY number DESC LIMIT 1");
  if (newest.empty()) throw Error("the tenant has no file plan");
  const std::int64_t number = newest[0].integer("number");
  const std::string sha256 = newest[0].text("sha256");
  const std::lock_guard lock(mutex_);
  for (auto known = loaded_.rbegin(); known != loaded_.rend(); ++known) {
    if ((*known)->number == number && (*known)->sha256 == sha256) return **known;
  }
  auto loaded = std::make_unique<LoadedPlan>();
  loaded->number = number;
  loaded->sha256 = sha256;
  loaded->yaml = connection.query("SELECT yaml FROM file_plan WHERE number = ?", {number}).at(0).text("yaml");
  loaded->plan = stored_plan(connection, loaded->yaml, tenant);
  loaded_.push_back(std::move(loaded));
  return *loaded_.back();
}

FilePlan stored_plan(Connection& connection, const std::string& yaml, const std::string& tenant) {
  FilePlan plan = parse_stored_file_plan(yaml);
  for (FilePlanEntry& entry : plan.entries) {
    if (!entry.id.empty()) continue;
    const Rows known = connection.query("SELECT entry FROM plan_number WHERE number = ?", {entry.number});
    if (!known.empty()) entry.id = known[0].text("entry");
  }
  give_ids(plan, tenant);
  return plan;
}

void give_ids(FilePlan& plan, const std::string& tenant) {
  for (FilePlanEntry& entry : plan.entries) {
    if (entry.id.empty())
      entry.id = named_uuid(fmt::format("file plan entry {} of {}", entry.number, tenant));
  }
}

void note_numbers(Connection& connection, const FilePlan& plan, std::int64_t version) {
  for (const FilePlanEntry& entry : plan.entries) {
    connection.execute("INSERT INTO plan_number(number, entry, since) VALUES(?, ?, ?) ON CONFLICT DO NOTHING",
                       {entry.number, entry.id, version});
    const Row owner =
        connection.query("SELECT entry FROM plan_number WHERE number = ?", {entry.number}).at(0);
    if (owner.text("entry") != entry.id)
      throw Conflict(fmt::format("number {} of the file plan belongs to another entry", entry.number));
  }
}

}  // namespace eakte::archive

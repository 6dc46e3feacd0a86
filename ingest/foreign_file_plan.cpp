#include "ingest/foreign_file_plan.h"

#include <nlohmann/json.hpp>

#include "archive/json_number.h"
#include "archive/xdomea.h"
#include "ingest/worker/channel.h"

namespace eakte::ingest {
namespace {

constexpr int pages_worth = 5;  // bound by bytes, not by pages
constexpr std::size_t most_problems = 100'000;

ForeignFilePlan foreign_plan_from(const nlohmann::json& reply) {
  ForeignFilePlan plan{reply.at("csv").get<std::string>(), {}};
  if (const nlohmann::json& head = reply.at("message"); !head.is_null()) {
    plan.message = archive::PlanMessage{
        head.at("process").get<std::string>(), head.at("sender").get<std::string>(), {}, {}};
    if (!archive::is_uuid(plan.message->process)) throw Error("the process of the message is no UUID");
  }
  for (const nlohmann::json& one : reply.at("problems")) {
    plan.problems.push_back({archive::whole_number<int>(one.at("line")), one.at("entry").get<std::string>(),
                             one.at("code").get<std::string>(), one.at("reason").get<std::string>()});
  }
  if (plan.csv.empty() == plan.problems.empty()) throw Error("neither a plan nor what is wrong with it");
  if (plan.problems.size() > most_problems) throw Error("more problems than there may be entries");
  return plan;
}

}  // namespace

ForeignFilePlan read_foreign_file_plan(const Workers& workers, std::string_view text,
                                       std::optional<archive::PlanFormat> format) {
  const Descriptor input = temporary_file(workers.spool_directory);
  write_all(input.get(), text);
  const nlohmann::json request{{"job", "file_plan"},
                               {"format", format ? std::string(archive::name_of(*format)) : std::string()}};
  const std::string reply = workers.pool.run(
      {.request = request.dump(), .descriptors = {input.get()}, .pages = pages_worth, .note = {}},
      workers.stop);
  try {
    return foreign_plan_from(nlohmann::json::parse(reply));
  } catch (const nlohmann::json::exception& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  } catch (const Error& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  }
}

}  // namespace eakte::ingest

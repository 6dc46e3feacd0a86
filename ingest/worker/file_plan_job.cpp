#include "ingest/worker/file_plan_job.h"

#include <unistd.h>

#include <nlohmann/json.hpp>

#include "archive/file_plan_receipt.h"
#include "ingest/error.h"

namespace eakte::ingest {
namespace {

constexpr std::size_t most_bytes = 8'000'001;  // one more than the archive reads, so that it can say so

std::string contents_of(int descriptor) {
  std::string text(most_bytes, '\0');
  std::size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got =
        pread(descriptor, text.data() + filled, text.size() - filled, static_cast<off_t>(filled));
    if (got < 0) throw Error("the file plan cannot be read");
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  text.resize(filled);
  return text;
}

}  // namespace

std::string read_file_plan_job(const nlohmann::json& request, const std::vector<int>& descriptors) {
  const std::string text = contents_of(descriptors.at(0));
  const auto named = archive::plan_format_from(request.at("format").get<std::string>());
  const archive::PlanReading reading =
      archive::read_file_plan(text, named.value_or(archive::plan_format_of(text)));
  nlohmann::json problems = nlohmann::json::array();
  for (const archive::PlanProblem& problem : reading.problems) {
    problems.push_back({{"line", problem.line},
                        {"entry", problem.entry},
                        {"code", problem.code},
                        {"reason", problem.reason}});
  }
  nlohmann::json head;
  if (const auto message = archive::plan_message_of(text))
    head = {{"process", message->process}, {"sender", message->sender}};
  return nlohmann::json{{"csv", reading.plan ? archive::file_plan_to_csv(*reading.plan) : std::string()},
                        {"problems", std::move(problems)},
                        {"message", std::move(head)}}
      .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace eakte::ingest

#include "ingest/disposal_messages.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace eakte::ingest {
namespace {

constexpr int pages_worth = 10;  // bound by bytes, not by pages

bool is_sha256(const std::string& text) {
  return text.size() == 64 &&
         std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

archive::ReadContainer container_from(const nlohmann::json& reply) {
  archive::ReadContainer container;
  container.message = archive::xdomea_from_json(reply.at("message").get<std::string>());
  container.message_sha256 = reply.at("sha256").get<std::string>();
  container.bare = reply.at("bare").get<bool>();
  container.files = reply.at("files").get<std::vector<std::string>>();
  if (!is_sha256(container.message_sha256)) throw Error("the hash of the message is none");
  return container;
}

}  // namespace

archive::ReadContainer read_disposal_message(const Workers& workers, int input,
                                             const std::filesystem::path& schemas) {
  const nlohmann::json request{{"job", "message"}, {"schemas", schemas.string()}};
  const std::string reply = workers.pool.run(
      {.request = request.dump(), .descriptors = {input}, .pages = pages_worth, .note = {}}, workers.stop);
  try {
    return container_from(nlohmann::json::parse(reply));
  } catch (const nlohmann::json::exception& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  } catch (const archive::Error& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  } catch (const Error& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  }
}

}  // namespace eakte::ingest

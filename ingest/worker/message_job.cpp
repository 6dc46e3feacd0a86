#include "ingest/worker/message_job.h"

#include <nlohmann/json.hpp>

#include "archive/xdomea_container.h"
#include "ingest/error.h"

namespace eakte::ingest {

std::string read_message_job(const nlohmann::json& request, const std::vector<int>& descriptors) {
  try {
    const archive::ReadContainer read =
        archive::read_container(descriptors.at(0), request.at("schemas").get<std::string>());
    return nlohmann::json{{"message", archive::xdomea_to_json(read.message)},
                          {"sha256", read.message_sha256},
                          {"bare", read.bare},
                          {"files", read.files}}
        .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  } catch (const archive::BadMessage& bad) {
    throw Refused(bad.code, bad.what());
  }
}

}  // namespace eakte::ingest

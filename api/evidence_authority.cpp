#include "api/evidence_authority.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

#include "api/time_stamp_client.h"

namespace eakte::api {

std::string trusted_authorities(const std::filesystem::path& data, const EvidenceConfig& config) {
  if (config.tsa_certificates.empty()) return {};
  const std::filesystem::path file = data / config.tsa_certificates;
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return {std::istreambuf_iterator<char>(stream), {}};
}

archive::StampingAuthority authority_of(const std::filesystem::path& data, const EvidenceConfig& config) {
  return {[url = config.tsa](const std::string& request) {
            if (url.empty())
              throw Error("Es ist kein Zeitstempeldienst eingestellt ([evidence] tsa in eakte.toml).");
            return ask_time_stamp_authority(url, request);
          },
          trusted_authorities(data, config)};
}

}  // namespace eakte::api

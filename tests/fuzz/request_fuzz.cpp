#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/http/byte_range.h"
#include "api/http/problem.h"
#include "api/http/request.h"

using namespace eakte::api;

namespace {

/// Whatever a handler asks of a request: parameters, numbers, cookies.
void ask(const Request& request) {
  for (const auto& [name, value] : request.parameters) {
    if (request.all_parameters(name).empty() && !request.parameter(name).empty()) std::abort();
    try {
      const int number = request.number(name, 7, -3, 200);
      if (number < -3 || number > 200) std::abort();
    } catch (const Problem&) {
      continue;
    }
  }
  (void)request.cookie("eakte-session");
}

void take_range(std::string_view header) {
  for (const std::uint64_t size : std::array<std::uint64_t, 3>{0, 1, 1'000'000}) {
    try {
      const auto range = single_range(header, size);
      if (range && (range->length == 0 || range->offset >= size || range->length > size - range->offset))
        std::abort();
    } catch (const Problem&) {
      continue;
    }
  }
}

}  // namespace

/// The values of a request: its target with the query, and, after a line break, one header's value taken as
/// cookies, range and entity tags.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::size_t end = input.find('\n');
  const std::string_view value = end == std::string_view::npos ? input : input.substr(end + 1);
  take_range(value);
  (void)names_etag(value, "\"0123\"");
  Request request;
  request.headers = {{"cookie", std::string(value)}};
  try {
    parse_target(input.substr(0, end), request);
  } catch (const Problem&) {
    request.parameters.clear();
  }
  ask(request);
  return 0;
}

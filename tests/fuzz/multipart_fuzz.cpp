#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "api/http/chunked_body.h"
#include "api/http/disposition.h"
#include "api/http/head.h"
#include "api/http/multipart.h"
#include "api/http/problem.h"

namespace {

using namespace eakte::api;

/// What came out of a form, written down so that two ways of feeding it can be compared.
std::string transcript(std::string_view body, std::size_t piece) {
  std::string story;
  try {
    MultipartParser parser("B", {.begin =
                                     [&](const PartHead& head) {
                                       story += "<" + head.field + "|" + head.file_name.value_or("") + ">";
                                     },
                                 .content = [&](std::string_view bytes) { story += bytes; },
                                 .end = [&] { story += "</>"; }});
    for (std::size_t i = 0; i < body.size(); i += piece) parser.feed(body.substr(i, piece));
    story += parser.complete() ? "complete" : "";
  } catch (const Problem&) {
    story = "refused";
  }
  return story;
}

void head_and_body(std::string_view input) {
  try {
    const auto length = head_length(input);
    if (!length) return;
    const RequestHead head = parse_head(input.substr(0, *length));
    check_origin(head.request);
    ChunkedBody body;
    std::string_view rest = input.substr(*length);
    while (!rest.empty() && !body.done()) {
      const auto step = body.step(rest);
      if (step.taken == 0) std::abort();
      rest.remove_prefix(step.taken);
    }
  } catch (const Problem&) {
    return;
  }
}

}  // namespace

/// Forms, heads, chunked bodies and header values: everything of HTTP that is parsed by our own code.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(bytes), size);
  const std::string whole = transcript(input, input.size() + 1);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{3}, std::size_t{61}}) {
    if (transcript(input, piece) != whole) std::abort();
  }
  if (const auto value = parameterised(input)) (void)file_name_of(*value);
  head_and_body(input);
  return 0;
}

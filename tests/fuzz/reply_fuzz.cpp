#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "archive/error.h"
#include "archive/xdomea.h"
#include "ingest/error.h"
#include "ingest/separators.h"
#include "ingest/worker/json_values.h"
#include "ingest/worker/pdfa_record.h"

using namespace eakte;
using nlohmann::json;

namespace {

/// Reads a value; what was read and is written again says the same.
template <class Reader>
void read_twice(const json& value, Reader reader) {
  try {
    const json written = ingest::to_json(reader(value));
    if (ingest::to_json(reader(written)) != written) std::abort();
  } catch (const json::exception&) {
    return;
  } catch (const ingest::Error&) {
    return;
  } catch (const archive::Error&) {
    return;
  }
}

}  // namespace

/// The values in a worker's reply, which may have been taken over by what it read.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  try {
    ingest::codes_from_json(std::string(text));
  } catch (const ingest::Error&) {
    // Refused, as it should be.
  }
  try {
    archive::xdomea_from_json(text);
  } catch (const archive::Error&) {
    // Likewise.
  }
  try {
    const std::string record = ingest::checked_pdfa_record(text);
    if (ingest::checked_pdfa_record(record) != record) std::abort();
  } catch (const json::exception&) {
    // Likewise.
  } catch (const ingest::Error&) {
    // Likewise.
  }
  const json value = json::parse(text, nullptr, false);
  if (value.is_discarded()) return 0;
  read_twice(value, ingest::limits_from);
  read_twice(value, ingest::page_record_from);
  read_twice(value, ingest::format_id_from);
  read_twice(value, ingest::page_picture_from);
  read_twice(value, ingest::classification_from);
  return 0;
}

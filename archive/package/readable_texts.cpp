#include "archive/package/readable_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/error.h"
#include "archive/shallow_json.h"

namespace eakte::archive {
namespace {

using nlohmann::json;

/// Discarded when it is none.
json parsed(const std::string& text) {
  try {
    return shallow_json<json>(text);
  } catch (const json::exception&) {
    return json(json::value_t::discarded);
  }
}

bool is_missing_or(const json& object, const char* name, bool (json::*is_right)() const noexcept) {
  const auto found = object.find(name);
  return found == object.end() || ((*found).*is_right)();
}

/// A confidence that is no number is written as null.
bool is_step(const json& step) {
  return step.is_object() && is_missing_or(step, "name", &json::is_string) &&
         (is_missing_or(step, "confidence", &json::is_number) ||
          is_missing_or(step, "confidence", &json::is_null));
}

bool is_record(const json& processing) {
  if (!processing.is_object() || !is_missing_or(processing, "rendering", &json::is_string) ||
      !is_missing_or(processing, "pictures", &json::is_string) ||
      !is_missing_or(processing, "pdfa", &json::is_object))
    return false;
  const json pdfa = processing.value("pdfa", json::object());
  if (!is_missing_or(pdfa, "archive", &json::is_object)) return false;
  const json verdict = pdfa.value("archive", json::object());
  return is_missing_or(verdict, "standard", &json::is_string) &&
         is_missing_or(verdict, "valid", &json::is_boolean);
}

}  // namespace

void require_readable_texts(const Document& document) {
  const auto refuse = [&](const std::string& why) {
    throw Error(fmt::format("document {}: {}", document.id.text, why));
  };
  for (const PageRecord& page : document.content.pages) {
    const json steps = parsed(page.steps);
    if (!page.steps.empty() && !(steps.is_array() && std::ranges::all_of(steps, is_step)))
      refuse(fmt::format("what was done to page {} is no list", page.number));
    if (!parsed(page.codes).is_array() || !parsed(page.marks).is_array())
      refuse(fmt::format("what stands on page {} is no list", page.number));
  }
  if (!document.content.processing.empty() && !is_record(parsed(document.content.processing)))
    refuse("how it was made is no record");
}

}  // namespace eakte::archive

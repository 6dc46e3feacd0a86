#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace eakte::archive {

/// JSON that somebody else has written. Nothing of a package is nested deeper than 32 levels; a tree that is
/// would take the stack of whoever writes it out or copies it. Throws Json's exceptions. `Json` is a
/// nlohmann::basic_json.
template <class Json>
Json shallow_json(std::string_view text) {
  constexpr int deepest = 32;
  return Json::parse(text, [](int depth, typename Json::parse_event_t, Json&) {
    if (depth > deepest) throw Json::other_error::create(501, "it is nested too deep", nullptr);
    return true;
  });
}

}  // namespace eakte::archive

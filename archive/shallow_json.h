#pragma once
#include <nlohmann/json.hpp>
#include <string_view>

namespace eakte::archive {

/// JSON that somebody else has written, refused when it is nested deeper than anything here is: such a tree
/// would take the stack of whoever writes it out, copies it or walks through it. Throws Json's exceptions.
/// `Json` is a nlohmann::basic_json.
template <class Json>
Json shallow_json(std::string_view text, int deepest = 32) {
  return Json::parse(text, [deepest](int depth, typename Json::parse_event_t, Json&) {
    if (depth > deepest) throw Json::other_error::create(501, "it is nested too deep", nullptr);
    return true;
  });
}

}  // namespace eakte::archive

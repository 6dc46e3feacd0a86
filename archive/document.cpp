#include "archive/document.h"

#include <algorithm>
#include <array>
#include <utility>

namespace eakte::archive {
namespace {

constexpr std::array<std::pair<RenditionRole, std::string_view>, 6> role_names{{
    {RenditionRole::original, "original"},
    {RenditionRole::pdfa, "pdfa"},
    {RenditionRole::text, "text"},
    {RenditionRole::words, "words"},
    {RenditionRole::corrected_text, "corrected_text"},
    {RenditionRole::corrected_words, "corrected_words"},
}};

}  // namespace

std::string_view name_of(RenditionRole role) {
  return std::ranges::find(role_names, role, [](const auto& pair) { return pair.first; })->second;
}

std::optional<RenditionRole> rendition_role_from(std::string_view name) {
  const auto* const found = std::ranges::find(role_names, name, [](const auto& pair) { return pair.second; });
  if (found == role_names.end()) return std::nullopt;
  return found->first;
}

std::string_view name_of(DocumentState state) {
  switch (state) {
    case DocumentState::filed:
      return "filed";
    case DocumentState::review:
      return "review";
    case DocumentState::withdrawn:
      return "withdrawn";
  }
  return "";
}

std::optional<DocumentState> document_state_from(std::string_view name) {
  for (const auto state : {DocumentState::filed, DocumentState::review, DocumentState::withdrawn}) {
    if (name_of(state) == name) return state;
  }
  return std::nullopt;
}

}  // namespace eakte::archive

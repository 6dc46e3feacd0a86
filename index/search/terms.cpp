#include "index/search/terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace eakte::index {

std::string_view field_prefix(Field field) {
  switch (field) {
    case Field::type:
      return "XY";
    case Field::reference:
      return "XR";
    case Field::sender:
      return "XV";
    case Field::title:
      return "XS";
    case Field::folder:
      return "XK";
    case Field::any:
    case Field::plan:
    case Field::date:
      break;
  }
  return "";
}

std::string boolean_term(std::string_view prefix, std::string_view value) {
  constexpr std::size_t longest = 200;
  std::string term = fmt::format("{}{}", prefix, value);
  // Xapian writes a zero byte as two.
  std::ranges::replace(term, '\0', ' ');
  if (term.size() <= longest) return term;
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : term) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return fmt::format("{}~{:016x}", term.substr(0, longest - 17), hash);
}

std::string id_term(std::string_view document_id) { return boolean_term("Q", document_id); }
std::string tenant_term(std::string_view tenant) { return boolean_term("XT", tenant); }
std::string access_term(std::string_view access) { return boolean_term("XA", access); }
std::string plan_term(std::string_view number) { return boolean_term("XP", number); }

std::string facet_term(std::string_view facet, std::string_view value) {
  return boolean_term(fmt::format("XF{}:", facet), value);
}

}  // namespace eakte::index

#include "archive/pdf/xmp_types.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "archive/pdf/xmp_schemas.h"

namespace eakte::archive {
namespace {

constexpr std::string_view rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
constexpr std::string_view xml_space = "http://www.w3.org/XML/1998/namespace";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many digits `text` begins with.
std::size_t digits(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && is_digit(text[count])) ++count;
  return count;
}

std::string_view unsigned_part(std::string_view text) {
  const bool has_sign = !text.empty() && (text[0] == '-' || text[0] == '+');
  return text.substr(has_sign ? 1 : 0);
}

bool is_natural(std::string_view text) { return !text.empty() && digits(text) == text.size(); }

bool is_integer(std::string_view text) { return is_natural(unsigned_part(text)); }

bool is_real(std::string_view text) {
  const std::string_view number = unsigned_part(text);
  const std::size_t point = number.find('.');
  if (point == std::string_view::npos) return is_natural(number);
  const std::string_view whole = number.substr(0, point);
  const std::string_view rest = number.substr(point + 1);
  return digits(whole) == whole.size() && digits(rest) == rest.size() && whole.size() + rest.size() > 0;
}

bool is_rational(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_integer(text.substr(0, slash)) &&
         is_natural(text.substr(slash + 1));
}

/// `text` is `form` with a digit for each 0.
bool has_form(std::string_view text, std::string_view form) {
  return text.size() == form.size() &&
         std::equal(text.begin(), text.end(), form.begin(),
                    [](char c, char wanted) { return wanted == '0' ? is_digit(c) : c == wanted; });
}

/// YYYY, YYYY-MM, YYYY-MM-DD, and these with Thh:mm, seconds, fraction and zone.
bool is_date(std::string_view text) {
  if (has_form(text, "0000") || has_form(text, "0000-00") || has_form(text, "0000-00-00")) return true;
  std::size_t at = 0;
  if (has_form(text.substr(0, 19), "0000-00-00T00:00:00")) {
    at = 19;
    if (at < text.size() && text[at] == '.') at += 1 + digits(text.substr(at + 1));
  } else if (has_form(text.substr(0, 16), "0000-00-00T00:00")) {
    at = 16;
  } else {
    return false;
  }
  const std::string_view zone = text.substr(at);
  return zone == "Z" || has_form(zone, "+00:00") || has_form(zone, "-00:00");
}

bool is_part_of(std::string_view text, std::string_view others) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [others](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || others.find(c) != std::string_view::npos;
  });
}

bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  return slash != std::string_view::npos && is_part_of(text.substr(0, slash), "-+._") &&
         is_part_of(text.substr(slash + 1), "-+._");
}

/// "DDD,MM,SSk" or "DDD,MM.mmk" with k one of N, S, E, W.
bool is_coordinate(std::string_view text) {
  if (text.empty() || std::string_view("NSEW").find(text.back()) == std::string_view::npos) return false;
  text.remove_suffix(1);
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || !is_natural(text.substr(0, comma))) return false;
  const std::string_view minutes = text.substr(comma + 1);
  const std::size_t whole = digits(minutes);
  if (whole < 1 || whole > 2 || whole == minutes.size()) return false;
  return (minutes[whole] == ',' || minutes[whole] == '.') && is_natural(minutes.substr(whole + 1));
}

/// "(1, 2)"
bool is_point(std::string_view text) {
  const bool has_brackets = text.size() > 2 && text.front() == '(' && text.back() == ')';
  const std::string_view inside = has_brackets ? text.substr(1, text.size() - 2) : text;
  // camera raw writes the points of a tone curve with and without brackets.
  const std::size_t comma = inside.find(',');
  return comma != std::string_view::npos && is_integer(trimmed(inside.substr(0, comma))) &&
         is_integer(trimmed(inside.substr(comma + 1)));
}

bool is_any(std::string_view) { return true; }
bool is_truth(std::string_view text) { return text == "True" || text == "False"; }
bool is_time_value(std::string_view text) {
  return has_form(text, "00:00:00:00") || has_form(text, "00;00;00;00");
}

using TextTest = bool (*)(std::string_view);

TextTest test_of(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, TextTest>, 18> tests = {
      {{"Text", is_any},
       {"URI", is_any},
       {"URL", is_any},
       {"XPath", is_any},
       {"ProperName", is_any},
       {"AgentName", is_any},
       {"RenditionClass", is_any},
       {"GUID", is_any},
       {"Date", is_date},
       {"Integer", is_integer},
       {"Boolean", is_truth},
       {"Real", is_real},
       {"Rational", is_rational},
       {"MIMEType", is_media_type},
       {"Locale", is_any},
       {"GPSCoordinate", is_coordinate},
       {"Point", is_point},
       {"TimeValue", is_time_value}}};
  const auto* found =
      std::find_if(tests.begin(), tests.end(), [type](const auto& test) { return test.first == type; });
  return found == tests.end() ? nullptr : found->second;
}

bool is_chosen(std::string_view text, std::string_view choices) {
  while (true) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == text) return true;
    if (bar == std::string_view::npos) return false;
    choices.remove_prefix(bar + 1);
  }
}

/// The two words of "Bag Text"; the first is empty when `type` is no list. Capitals do not matter.
std::pair<std::string, std::string_view> list_type(std::string_view type) {
  static constexpr std::array<std::string_view, 3> lists = {"Bag", "Seq", "Alt"};
  for (const std::string_view list : lists) {
    if (type.size() <= list.size() + 1 || type[list.size()] != ' ') continue;
    const bool is_same = std::equal(list.begin(), list.end(), type.begin(), [](char a, char b) {
      return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
    });
    if (is_same) return {std::string(list), trimmed(type.substr(list.size()))};
  }
  return {"", type};
}

/// Fields can be written as elements, below a description, or as attributes.
const XmlElement& structure_of(const XmlElement& element) {
  const bool is_wrapped = element.children.size() == 1 && element.children.front().is(rdf, "Description");
  return is_wrapped ? element.children.front() : element;
}

template <typename Handle>
void for_each_member(const XmpTable& table, Handle handle) {
  std::string_view rest = table.members;
  while (!rest.empty()) {
    const std::size_t end = rest.find(';');
    const std::string_view one = rest.substr(0, end);
    const std::size_t blank = one.find(' ');
    handle(std::string(one.substr(0, blank)), std::string(one.substr(blank + 1)));
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

bool is_xmp_list(const XmlElement& element, std::string_view kind) {
  if (element.children.size() != 1 || !element.children.front().is(rdf, kind)) return false;
  const std::vector<XmlElement>& entries = element.children.front().children;
  return std::all_of(entries.begin(), entries.end(),
                     [](const XmlElement& entry) { return entry.is(rdf, "li"); });
}

XmpTypes::XmpTypes() {
  for (const XmpTable& schema : xmp_schemas) {
    for_each_member(schema, [&](const std::string& name, const std::string& type) {
      add_property(std::string(schema.space), name, type);
    });
  }
  for (const XmpTable& table : xmp_structures) {
    XmpStructure structure{std::string(table.space), {}};
    for_each_member(table, [&](const std::string& name, const std::string& type) {
      structure.fields.emplace(name, type);
    });
    add_structure(std::string(table.name), std::move(structure));
  }
}

void XmpTypes::add_property(const std::string& space, const std::string& name, const std::string& type) {
  properties_.try_emplace({space, name}, type);
}

void XmpTypes::add_structure(const std::string& type, XmpStructure structure) {
  structures_.try_emplace(type, std::move(structure));
}

std::optional<std::string> XmpTypes::type_of(const std::string& space, const std::string& name) const {
  const auto found = properties_.find({space, name});
  if (found == properties_.end()) return std::nullopt;
  return found->second;
}

bool XmpTypes::is_known(std::string_view type) const {
  const auto [list, inner] = list_type(trimmed(type));
  if (!list.empty()) return is_known(inner);
  return inner == "Lang Alt" || test_of(inner) != nullptr || structures_.find(inner) != structures_.end() ||
         inner.starts_with("Open Choice") || inner.starts_with("Closed Choice") || inner == "Choice";
}

bool XmpTypes::fits(const XmlElement& element, std::string_view type) const {
  type = trimmed(type);
  if (type == "Lang Alt") return fits_list(element, "Alt", type);
  const auto [list, inner] = list_type(type);
  if (!list.empty()) return fits_list(element, list, inner);
  const XmlElement& inside = structure_of(element);
  // A value with qualifiers is a structure whose rdf:value is the value itself.
  if (const XmlElement* value = inside.child(rdf, "value")) return fits(*value, type);
  const std::string_view text = trimmed(element.text);
  if (type.starts_with('{')) {
    return element.children.empty() && is_chosen(text, type.substr(1, type.size() - 2));
  }
  for (const std::string_view choice : {"Open Choice", "Closed Choice", "Choice"}) {
    // What an extension schema lets choose from is not told in a form that can be checked.
    if (type.starts_with(choice)) return element.children.empty();
  }
  const auto structure = structures_.find(type);
  if (structure != structures_.end()) return fits_structure(element, structure->second);
  const TextTest test = test_of(type);
  return test != nullptr && element.children.empty() && test(text);
}

bool XmpTypes::fits_list(const XmlElement& element, std::string_view list, std::string_view type) const {
  if (!is_xmp_list(element, list)) return false;
  const std::vector<XmlElement>& entries = element.children.front().children;
  return std::all_of(entries.begin(), entries.end(), [&](const XmlElement& entry) {
    if (type == "Lang Alt") return entry.attribute(xml_space, "lang") != nullptr && entry.children.empty();
    return fits(entry, type);
  });
}

bool XmpTypes::fits_structure(const XmlElement& element, const XmpStructure& structure) const {
  const XmlElement& inside = structure_of(element);
  if (!trimmed(inside.text).empty() || !trimmed(element.text).empty()) return false;
  const auto fits_field = [&](const XmlElement& field) {
    const auto known = structure.fields.find(field.name);
    return field.space == structure.space && known != structure.fields.end() && fits(field, known->second);
  };
  std::size_t fields = inside.children.size();
  for (const XmlElement::Attribute& attribute : inside.attributes) {
    if (attribute.space == rdf || attribute.space == xml_space || attribute.space.empty()) continue;
    XmlElement field;
    field.space = attribute.space;
    field.name = attribute.name;
    field.text = attribute.value;
    if (!fits_field(field)) return false;
    ++fields;
  }
  return fields > 0 && std::all_of(inside.children.begin(), inside.children.end(), fits_field);
}

}  // namespace eakte::archive

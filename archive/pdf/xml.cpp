#include "archive/pdf/xml.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <stdexcept>

#include "archive/pdf/qpdf_text.h"

namespace eakte::archive {
namespace {

struct Malformed : std::runtime_error {
  Malformed() : std::runtime_error("XML is not well-formed") {}
};

using Namespaces = std::map<std::string, std::string>;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

class Parser {
public:
  Parser(std::string_view xml, std::vector<std::string>& instructions)
      : xml_(xml), instructions_(instructions) {}

  XmlElement document() {
    if (xml_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    skip_misc();
    XmlElement root = element({{"xml", "http://www.w3.org/XML/1998/namespace"}}, 0);
    skip_misc();
    // Padding of an XMP packet may end in zero bytes.
    while (at_ < xml_.size() && xml_[at_] == '\0') ++at_;
    if (at_ != xml_.size()) throw Malformed();
    return root;
  }

private:
  char peek() const {
    if (at_ >= xml_.size()) throw Malformed();
    return xml_[at_];
  }
  bool take(std::string_view token) {
    if (xml_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }
  void skip_space() {
    while (at_ < xml_.size() && is_space(xml_[at_])) ++at_;
  }
  std::string until(std::string_view end) {
    const std::size_t found = xml_.find(end, at_);
    if (found == std::string_view::npos) throw Malformed();
    std::string inside(xml_.substr(at_, found - at_));
    at_ = found + end.size();
    return inside;
  }
  bool skip_one() {
    if (take("<?")) {
      instructions_.push_back(until("?>"));
    } else if (take("<!--")) {
      until("-->");
    } else {
      return false;
    }
    return true;
  }
  void skip_misc() {
    do {
      skip_space();
    } while (skip_one());
  }

  std::string name() {
    const std::size_t begin = at_;
    const auto ends = [](char c) {
      return is_space(c) || std::string_view("<>/=\"'&?!").find(c) != std::string_view::npos;
    };
    while (!ends(peek())) ++at_;
    if (at_ == begin) throw Malformed();
    return std::string(xml_.substr(begin, at_ - begin));
  }

  std::string reference() {
    const std::string entity = until(";");
    static const std::map<std::string, std::string> known = {
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
    const auto found = known.find(entity);
    if (found != known.end()) return found->second;
    if (entity.size() < 2 || entity.size() > 9 || entity[0] != '#') throw Malformed();
    const bool is_hex = entity[1] == 'x';
    const unsigned long value = std::strtoul(entity.c_str() + (is_hex ? 2 : 1), nullptr, is_hex ? 16 : 10);
    if (value == 0 || value > 0x10FFFF) throw Malformed();
    return QUtil::toUTF8(value);
  }

  std::string quoted() {
    const char quote = peek();
    if (quote != '"' && quote != '\'') throw Malformed();
    ++at_;
    std::string value;
    while (peek() != quote) {
      if (peek() == '<') throw Malformed();
      if (take("&")) {
        value += reference();
      } else {
        value += xml_[at_++];
      }
    }
    ++at_;
    return value;
  }

  static std::pair<std::string, std::string> split(const std::string& qualified) {
    const std::size_t colon = qualified.find(':');
    if (colon == std::string::npos) return {"", qualified};
    return {qualified.substr(0, colon), qualified.substr(colon + 1)};
  }

  XmlElement element(Namespaces namespaces, int depth);
  void content(XmlElement& result, const std::string& qualified, const Namespaces& namespaces, int depth);

  std::string_view xml_;
  std::vector<std::string>& instructions_;
  std::size_t at_ = 0;
};

XmlElement Parser::element(Namespaces namespaces, int depth) {
  constexpr int deepest = 64;
  if (depth > deepest || !take("<")) throw Malformed();
  XmlElement result;
  const std::string qualified = name();
  std::map<std::string, std::string> written;
  while (skip_space(), peek() != '>' && peek() != '/') {
    const std::string key = name();
    skip_space();
    if (!take("=")) throw Malformed();
    skip_space();
    if (!written.emplace(key, quoted()).second) throw Malformed();
  }
  for (const auto& [key, value] : written) {
    if (key == "xmlns") namespaces[""] = value;
    if (key.starts_with("xmlns:")) namespaces[key.substr(6)] = value;
  }
  const auto resolve = [&namespaces](const std::string& prefix) {
    const auto found = namespaces.find(prefix);
    if (found == namespaces.end() && !prefix.empty()) throw Malformed();
    return found == namespaces.end() ? std::string() : found->second;
  };
  for (const auto& [key, value] : written) {
    if (key == "xmlns" || key.starts_with("xmlns:")) continue;
    const auto [prefix, local] = split(key);
    result.attributes.push_back({prefix.empty() ? "" : resolve(prefix), prefix, local, value});
  }
  std::tie(result.prefix, result.name) = split(qualified);
  result.space = resolve(result.prefix);
  if (take("/>")) return result;
  if (!take(">")) throw Malformed();
  content(result, qualified, namespaces, depth);
  return result;
}

void Parser::content(XmlElement& result, const std::string& qualified, const Namespaces& namespaces,
                     int depth) {
  while (true) {
    if (take("</")) {
      const std::string closing = name();
      skip_space();
      if (closing != qualified || !take(">")) throw Malformed();
      return;
    }
    if (take("<![CDATA[")) {
      result.text += until("]]>");
    } else if (skip_one()) {
      continue;
    } else if (peek() == '<') {
      result.children.push_back(element(namespaces, depth + 1));
    } else if (take("&")) {
      result.text += reference();
    } else {
      result.text += xml_[at_++];
    }
  }
}

}  // namespace

const XmlElement* XmlElement::child(std::string_view in_space, std::string_view named) const {
  const auto found = std::find_if(children.begin(), children.end(),
                                  [&](const XmlElement& each) { return each.is(in_space, named); });
  return found == children.end() ? nullptr : &*found;
}

const XmlElement::Attribute* XmlElement::attribute(std::string_view in_space, std::string_view named) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(), [&](const Attribute& each) {
    return each.space == in_space && each.name == named;
  });
  return found == attributes.end() ? nullptr : &*found;
}

std::optional<XmlElement> parse_xml(std::string_view xml, std::vector<std::string>& instructions) {
  bool has_errors = false;
  const std::string text(xml);
  for (std::size_t at = 0; at < text.size() && !has_errors;)
    QUtil::get_next_utf8_codepoint(text, at, has_errors);
  if (has_errors) return std::nullopt;
  try {
    return Parser(xml, instructions).document();
  } catch (const Malformed&) {
    return std::nullopt;
  }
}

}  // namespace eakte::archive

#include "ingest/classify/parties.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

constexpr double kWindowLeft = 15, kWindowRight = 110, kWindowTop = 42, kWindowBottom = 92;

bool has_postcode(std::string_view text) {
  int digits = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool digit = i < text.size() && text[i] >= '0' && text[i] <= '9';
    if (!digit && digits == 5) return true;
    digits = digit ? digits + 1 : 0;
  }
  return false;
}

bool has_letters(std::string_view text) {
  const std::string plain = folded(text);
  return std::count_if(plain.begin(), plain.end(), [](char c) { return c >= 'a' && c <= 'z'; }) >= 3;
}

/// The segments of the first page left of the middle, from `top` to `bottom`.
std::vector<const Segment*> left_column(const Layout& layout, double top, double bottom) {
  std::vector<const Segment*> segments;
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      if (segment.page == 0 && segment.left < kWindowRight - 10 && segment.middle() >= top &&
          segment.middle() <= bottom)
        segments.push_back(&segment);
    }
  }
  return segments;
}

/// "Stadt Musterstadt · Marktplatz 1 · 39999 Musterstadt", also with commas, dashes or what a reader makes of
/// the dot.
std::optional<std::string> name_in_return_line(std::string_view text) {
  if (!has_postcode(text)) return std::nullopt;
  static constexpr std::array<std::string_view, 8> kSeparators{" · ", " • ", " - ", " – ",
                                                               " | ", " * ", ", ",  " . "};
  std::size_t first = std::string_view::npos;
  for (const std::string_view separator : kSeparators) first = std::min(first, text.find(separator));
  if (first == std::string_view::npos || first < 4) return std::nullopt;
  const std::string_view name = trimmed(text.substr(0, first));
  if (has_postcode(name) || !has_letters(name)) return std::nullopt;
  return std::string(name);
}

void add_return_line(const Layout& layout, std::vector<Finding>& findings) {
  for (const Segment* segment : left_column(layout, 35, 66)) {
    const bool small = segment->height < 0.92 * layout.body_height;
    const auto name = name_in_return_line(segment->text);
    if (name && small) findings.push_back({*name, 0.93, "Absenderzeile über dem Anschriftfeld"});
    if (name && !small)
      findings.push_back({*name, 0.55, "Zeile mit Namen und Anschrift über dem Anschriftfeld"});
  }
}

bool is_address_line(std::string_view text) {
  if (has_postcode(text)) return true;
  const std::string plain = folded(text);
  const bool number = plain.find_first_of("0123456789") != std::string::npos;
  static constexpr std::array<std::string_view, 14> kStreets{"stra",  "str.", "weg",    "platz",    "allee",
                                                             "gasse", "ring", "graben", "chaussee", "damm",
                                                             "ufer",  "lane", "street", "road"};
  return number && std::any_of(kStreets.begin(), kStreets.end(),
                               [&](std::string_view s) { return plain.find(s) != std::string::npos; });
}

bool starts_like_title(std::string_view text) {
  const std::string plain = folded(text);
  static constexpr std::array<std::string_view, 20> kTitles{"antrag",
                                                            "rechnung",
                                                            "bescheid",
                                                            "satzung",
                                                            "niederschrift",
                                                            "protokoll",
                                                            "einladung",
                                                            "formular",
                                                            "anlage",
                                                            "seite",
                                                            "vordruck",
                                                            "sitzungsvorlage",
                                                            "anhorungsbogen",
                                                            "bedarfsanmeldung",
                                                            "gewerbe",
                                                            "uber ",
                                                            "am ",
                                                            "stellungnahme",
                                                            "verwendungsnachweis",
                                                            "anmeldung"};
  return std::any_of(kTitles.begin(), kTitles.end(),
                     [&](std::string_view t) { return plain.starts_with(t); });
}

/// A private letter starts with the name, followed by street and town.
void add_private_head(const Layout& layout, std::vector<Finding>& findings) {
  std::vector<const Segment*> head = left_column(layout, 0, 44);
  for (std::size_t i = 0; i + 1 < head.size() && i < 3; ++i) {
    if (is_address_line(head[i]->text) || !has_letters(head[i]->text) || starts_like_title(head[i]->text))
      continue;
    if (is_address_line(head[i + 1]->text)) {
      findings.push_back(
          {std::string(trimmed(head[i]->text)), i == 0 ? 0.85 : 0.6, "Name über der Anschrift im Briefkopf"});
      return;
    }
  }
}

/// "Stadt Musterstadt (Altmark)" in "Sitzung des Stadtrats der Stadt Musterstadt (Altmark)": from the word
/// that names a public body on.
std::optional<std::string> public_body_in(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kBodies{
      "Stadt ",      "Gemeinde ",   "Landkreis ",    "Verbandsgemeinde ",
      "Kreisstadt ", "Hansestadt ", "Samtgemeinde ", "Markt "};
  for (const std::string_view body : kBodies) {
    const std::size_t at = text.find(body);
    if (at == std::string_view::npos || (at > 0 && text[at - 1] != ' ') || text.size() - at < body.size() + 3)
      continue;
    return std::string(trimmed(text.substr(at, std::min(text.find(" \xC2\xB7", at), text.size()) - at)));
  }
  return std::nullopt;
}

/// "Straßenbau Weißgerber KG": a line that ends with a company's or a society's legal form.
bool is_firm(std::string_view text) {
  static constexpr std::array<std::string_view, 12> kForms{
      " GmbH", " KG", " OHG", " AG", " eG", " e. V.", " e.V.", " e. K.", " e. G.", " mbH", " UG", " SE"};
  const std::string_view line = trimmed(text, " ,;:");
  return line.size() < 80 && std::any_of(kForms.begin(), kForms.end(),
                                         [&](std::string_view form) { return line.ends_with(form); });
}

/// Mostly letters, as names are; a table or a page lying on its side is not.
bool is_like_a_name(std::string_view text) {
  const std::string plain = folded(text);
  const auto letters =
      std::count_if(plain.begin(), plain.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == ' '; });
  return plain.size() < 70 && letters * 10 > static_cast<std::ptrdiff_t>(plain.size()) * 8;
}

/// The tallest line at the top, and a public body or a firm named there.
void add_letterhead(const Layout& layout, std::vector<Finding>& findings) {
  const Segment* tallest = nullptr;
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      if (segment.page != 0 || segment.top > 42 || !has_letters(segment.text)) continue;
      if (auto body = public_body_in(segment.text)) {
        const bool whole = body->size() == trimmed(segment.text).size();
        findings.push_back({std::move(*body), whole ? 0.7 : 0.5, "Behörde im Kopf der ersten Seite"});
      }
      if (is_firm(segment.text)) {
        findings.push_back(
            {std::string(trimmed(segment.text)), 0.75, "Firma oder Verein im Kopf der ersten Seite"});
      }
      if (starts_like_title(segment.text) || !is_like_a_name(segment.text)) continue;
      if (tallest == nullptr || segment.height > tallest->height * 1.1) tallest = &segment;
    }
  }
  if (tallest == nullptr) return;
  const bool tall = tallest->height > 1.25 * layout.body_height;
  findings.push_back({std::string(trimmed(tallest->text)), tall ? 0.65 : 0.35,
                      tall ? "größte Zeile im Briefkopf" : "erste Zeile im Briefkopf"});
}

/// A filled-in form names the person in cells.
void add_form_name(const Layout& layout, std::vector<Finding>& findings) {
  const auto first_of = [&](std::initializer_list<std::string_view> labels) -> std::string {
    for (const std::string_view label : labels) {
      for (const LabelledValue& found : values_of(layout, label)) {
        if (has_letters(found.value) && found.value.size() < 60) return std::string(trimmed(found.value));
      }
    }
    return {};
  };
  const std::string family = first_of({"familienname", "name", "nachname", "zuname"});
  const std::string given = first_of({"vorname", "vornamen", "vorname(n)"});
  if (!family.empty() && !given.empty()) findings.push_back({given + " " + family, 0.75, "Name im Formular"});
}

/// "Herrn", "An die": a line of the address before the name.
bool is_form_of_address(std::string_view line) {
  static constexpr std::array<std::string_view, 8> kLines{"herrn",          "frau",    "firma",    "an",
                                                          "herrn und frau", "familie", "eheleute", "herr"};
  return std::find(kLines.begin(), kLines.end(), line) != kLines.end() || line.starts_with("einschreiben") ||
         line.starts_with("an die") || line.starts_with("an den");
}

}  // namespace

std::vector<Finding> senders_of(const Layout& layout) {
  std::vector<Finding> findings;
  add_return_line(layout, findings);
  add_private_head(layout, findings);
  add_form_name(layout, findings);
  add_letterhead(layout, findings);
  rank(findings);
  return findings;
}

std::vector<Finding> recipients_of(const Layout& layout) {
  std::vector<const Segment*> lines;
  for (const Segment* segment : left_column(layout, kWindowTop, kWindowBottom)) {
    if (segment->left > kWindowLeft && !name_in_return_line(segment->text)) lines.push_back(segment);
  }
  const auto postcode =
      std::find_if(lines.rbegin(), lines.rend(), [](const Segment* s) { return has_postcode(s->text); });
  const bool sure = postcode != lines.rend();
  // The block ends with the postcode, else with the last line of the window; its lines are alike and close
  // together.
  auto end = sure ? postcode.base() : lines.end();
  if (end == lines.begin()) return {};
  auto begin = std::prev(end);
  for (; begin != lines.begin(); --begin) {
    const Segment& above = **std::prev(begin);
    const Segment& line = **begin;
    const bool alike = std::abs(above.left - line.left) < 2 && above.height < 1.8 * line.height &&
                       line.height < 1.8 * above.height;
    if (!alike || line.top - above.bottom > 5) break;
  }
  if (end - begin < 3) return {};
  for (auto it = begin; it != end; ++it) {
    const std::string_view text = trimmed((*it)->text);
    if (is_form_of_address(folded(text)) || !has_letters(text)) continue;
    if (is_address_line(text)) break;
    return {{std::string(text), sure ? 0.85 : 0.5, "Anschriftfeld"}};
  }
  return {};
}

}  // namespace eakte::ingest

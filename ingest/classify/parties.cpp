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

/// How much belief a name keeps for how sure the reader was of its letters.
double clarity(const Segment& segment) {
  return segment.confidence_between(0, segment.text.size()) >= 0.5 ? 1.0 : 0.7;
}

/// Without the quotes and dashes that readers see beside a name.
std::string without_specks(std::string_view text) {
  static constexpr std::array<std::string_view, 10> kSpecks{
      "\xE2\x80\x9A", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x94", "'", "|", "-", "_", ".", " "};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view speck : kSpecks) {
      const bool ends = speck != "." && text.ends_with(speck);
      if (text.starts_with(speck)) text.remove_prefix(speck.size()), again = true;
      if (ends && text.ends_with(speck)) text.remove_suffix(speck.size()), again = true;
    }
  }
  return std::string(text);
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
  // What a reader makes of the dot between the parts stands alone.
  std::size_t first = text.find(", ");
  // Or hangs on the name as a dash; not in "Ober- und Unterdorf".
  if (const std::size_t dash = text.find("- "); dash < first && !text.substr(dash).starts_with("- und "))
    first = dash;
  for (const std::string_view token : tokens_of(text)) {
    const auto at = static_cast<std::size_t>(token.data() - text.data());
    if (at > 0 && folded_words(token).empty() && token != "&" && token != "+") {
      first = std::min(first, at);
      break;
    }
  }
  if (first == std::string_view::npos || first < 4) return std::nullopt;
  const std::string_view name = trimmed(text.substr(0, first));
  if (has_postcode(name) || !has_letters(name)) return std::nullopt;
  return std::string(name);
}

void add_return_line(const Layout& layout, std::vector<Finding>& findings) {
  for (const Segment* segment : left_column(layout, 35, 66)) {
    const bool small = segment->height < 0.92 * layout.body_height;
    const auto name = name_in_return_line(segment->text);
    if (name && small)
      findings.push_back(
          {without_specks(*name), 0.93 * clarity(*segment), "Absenderzeile über dem Anschriftfeld"});
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
  static constexpr std::array<std::string_view, 32> kTitles{"amtsblatt",
                                                            "beschlussvorlage",
                                                            "anfrage",
                                                            "haushaltsplan",
                                                            "informationsvorlage",
                                                            "mitteilung",
                                                            "rechnung",
                                                            "bezeichnung",
                                                            "anderungs",
                                                            "bekanntmachung",
                                                            "stylesheet",
                                                            "tagesordnung",
                                                            "antrag",
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

/// "STADT LINDENFURT" as "Stadt Lindenfurt"; a text with small letters stays.
std::string without_capitals(std::string_view text) {
  std::string result(text);
  if (std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return result;
  bool inside = false;
  for (std::size_t i = 0; i < result.size(); ++i) {
    const auto c = static_cast<unsigned char>(result[i]);
    const bool umlaut = i > 0 && static_cast<unsigned char>(result[i - 1]) == 0xC3 && c >= 0x80 && c <= 0x9E;
    const bool capital = (c >= 'A' && c <= 'Z') || umlaut;
    if (inside && capital) result[i] = static_cast<char>(c + 0x20);
    if (c != 0xC3) inside = capital || c >= 0x80;
  }
  return result;
}

/// "Stadt Musterstadt (Altmark)" in "Sitzung des Stadtrats der Stadt Musterstadt (Altmark)": from the word
/// that names a public body on.
std::optional<std::string> public_body_in(std::string_view line) {
  static constexpr std::array<std::string_view, 8> kBodies{
      "Stadt ",      "Gemeinde ",   "Landkreis ",    "Verbandsgemeinde ",
      "Kreisstadt ", "Hansestadt ", "Samtgemeinde ", "Markt "};
  const std::string text = without_capitals(line);
  for (const std::string_view body : kBodies) {
    const std::size_t at = text.find(body);
    if (at == std::string::npos || (at > 0 && text[at - 1] != ' ') || text.size() - at < body.size() + 3)
      continue;
    const std::size_t end =
        std::min({text.find(" \xC2\xB7", at), text.find(" - ", at), text.find(',', at), text.size()});
    return std::string(trimmed(std::string_view(text).substr(at, end - at)));
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

/// The line is the body's name, perhaps behind an article or a dot: "der Stadt Auenheim".
bool is_bare_body(std::string_view text) {
  const std::vector<std::string> words = folded_words(text);
  static constexpr std::array<std::string_view, 3> kArticles{"der", "des", "die"};
  const bool article =
      !words.empty() && std::find(kArticles.begin(), kArticles.end(), words[0]) != kArticles.end();
  const std::optional<std::string> body = public_body_in(text);
  return body && folded_words(*body).size() + (article ? 1 : 0) == words.size();
}

/// The tallest line at the top, and a public body or a firm named there.
void add_letterhead(const Layout& layout, std::vector<Finding>& findings) {
  const Segment* tallest = nullptr;
  bool body_named = false;
  for (const Row& row : layout.rows) {
    for (const Segment& segment : row) {
      if (segment.page != 0 || segment.top > 42 || !has_letters(segment.text)) continue;
      if (auto body = public_body_in(segment.text)) {
        findings.push_back(
            {std::move(*body), is_bare_body(segment.text) ? 0.7 : 0.5, "Behörde im Kopf der ersten Seite"});
        body_named = true;
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
  findings.push_back({std::string(trimmed(tallest->text)),
                      !tall        ? 0.35
                      : body_named ? 0.45
                                   : 0.65,
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
  return std::find(kLines.begin(), kLines.end(), line) != kLines.end() || line == "herm" ||
         line.starts_with("einschreiben") || line.starts_with("an die") || line.starts_with("an den");
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
  const bool addressed = std::any_of(lines.begin(), lines.end(), [](const Segment* s) {
    return is_form_of_address(folded(trimmed(s->text)));
  });
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
    if (!sure && !addressed && !public_body_in(text) && !is_firm(text)) break;
    return {{without_specks(text), (sure ? 0.85 : 0.5) * clarity(**it), "Anschriftfeld"}};
  }
  return {};
}

}  // namespace eakte::ingest

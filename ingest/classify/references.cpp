#include "ingest/classify/references.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

#include "ingest/classify/folding.h"

namespace eakte::ingest {
namespace {

struct Label {
  std::string_view folded;
  double confidence;
  std::string_view shown;
};

bool has_digit(std::string_view text) { return text.find_first_of("0123456789") != std::string_view::npos; }

/// A piece of a reference: with a digit, or a short abbreviation ("Ku", "UV-OM", "gw").
bool is_reference_token(std::string_view token, bool first) {
  for (const char c : token) {
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || (c & 0x80) != 0;
    if (!letter && std::string_view("./-_:()#").find(c) == std::string_view::npos) return false;
  }
  return has_digit(token) || token.size() <= (first ? 7U : 3U);
}

/// "18.02.2026" is a date and no reference, "(Altmark)" no piece of one.
bool looks_like_date(std::string_view token) {
  return token.size() >= 8 && token.size() <= 10 && std::count(token.begin(), token.end(), '.') == 2 &&
         token.find_first_not_of("0123456789.") == std::string_view::npos &&
         token.size() - token.rfind('.') == 5;
}

/// A comma between digits is a misread dot: no reference has one.
std::string with_dots(std::string_view token) {
  std::string text(token);
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool digits = std::isdigit(static_cast<unsigned char>(text[i - 1])) != 0 &&
                        std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0;
    if (text[i] == ',' && digits) text[i] = '.';
  }
  return text;
}

/// The reference at the start of `text`; empty if there is none.
std::string reference_at(std::string_view read) {
  const std::string dotted = with_dots(read);
  const std::string_view text = dotted;
  std::string value;
  std::size_t count = 0;
  for (std::string_view token : tokens_of(text)) {
    token = trimmed(token, " ;,:._-");
    // "(Drucksache 16/1527)"
    if (token.ends_with(')') && token.find('(') == std::string_view::npos) token.remove_suffix(1);
    static constexpr std::array<std::string_view, 12> kSentence{"an", "am",  "auf", "bei", "bis", "im",
                                                                "in", "und", "vom", "von", "zu",  "zur"};
    const bool digits_seen = has_digit(value);
    if (digits_seen && std::find(kSentence.begin(), kSentence.end(), token) != kSentence.end()) break;
    const bool plain_word =
        !has_digit(token) && token.size() > 2 && std::islower(static_cast<unsigned char>(token.back())) != 0;
    if (count == 4 || folded_words(token).empty() || looks_like_date(token) ||
        !is_reference_token(token, count == 0))
      break;
    if (digits_seen && plain_word) break;
    if (!value.empty()) value += ' ';
    value += token;
    ++count;
    // In running text the reference ends with its token: "Aktenzeichen 54.10.10-077/26, zugegangen".
    if (token.data() + token.size() < text.data() + text.size() &&
        std::string_view(",;").find(token.data()[token.size()]) != std::string_view::npos)
      break;
  }
  while (!value.empty() &&
         !has_digit(value.substr(value.rfind(' ') == std::string::npos ? 0 : value.rfind(' ') + 1)) &&
         value.find(' ') != std::string::npos && value.size() - value.rfind(' ') > 3) {
    value.resize(value.rfind(' '));
  }
  return has_digit(value) && value.size() >= 3 ? value : std::string{};
}

template <std::size_t N>
std::vector<Finding> labelled(const Layout& layout, const std::array<Label, N>& labels) {
  std::vector<Finding> findings;
  for (const Label& label : labels) {
    for (const LabelledValue& found : values_of(layout, label.folded)) {
      std::string value = reference_at(found.value);
      if (value.empty()) continue;
      const bool in_head = found.label.page == 0 && found.label.top < 0.45 * layout.page_height;
      std::string reason =
          "nach „" + std::string(label.shown) + (in_head ? "“ im oberen Teil der ersten Seite" : "“");
      findings.push_back({std::move(value),
                          label.confidence * (in_head ? 1.0 : 0.8) * (found.confidence >= 0.5 ? 1.0 : 0.6),
                          std::move(reason)});
    }
  }
  return findings;
}

/// Also inside a sentence: "... unter Angabe des Kassenzeichens 5.6130.001187.2".
template <std::size_t N>
void add_inside_sentences(const Layout& layout, const std::array<Label, N>& labels,
                          std::vector<Finding>& findings) {
  for (std::size_t r = 0; r < layout.rows.size(); ++r) {
    for (const Segment& segment : layout.rows[r]) {
      const std::vector<std::string_view> tokens = tokens_of(segment.text);
      for (std::size_t i = 1; i < tokens.size(); ++i) {
        const std::string word = folded(trimmed(tokens[i], " .:,;("));
        for (const Label& label : labels) {
          const bool same = word == label.folded || word == std::string(label.folded) + "s";
          if (!same) continue;
          std::string value;
          if (i + 1 < tokens.size()) {
            value = reference_at(
                std::string_view(segment.text)
                    .substr(static_cast<std::size_t>(tokens[i + 1].data() - segment.text.data())));
          } else if (r + 1 < layout.rows.size()) {
            value = reference_at(layout.rows[r + 1][0].text);
          }
          if (!value.empty())
            findings.push_back({std::move(value), label.confidence * 0.7,
                                "nach „" + std::string(label.shown) + "“ im Text"});
        }
      }
    }
  }
}

}  // namespace

std::vector<Finding> references_of(const Layout& layout) {
  static constexpr std::array<Label, 19> kLabels{
      {{"unser zeichen", 0.95, "Unser Zeichen"},
       {"unsere zeichen", 0.95, "Unser Zeichen"},
       {"mein zeichen", 0.95, "Mein Zeichen"},
       {"aktenzeichen", 0.95, "Aktenzeichen"},
       {"geschaftszeichen", 0.95, "Geschäftszeichen"},
       {"geschaftszeichen (bitte angeben)", 0.95, "Geschäftszeichen"},
       {"gesch.-z.", 0.9, "Gesch.-Z."},
       {"gz", 0.85, "Gz."},
       {"az", 0.9, "Az."},
       {"unser az", 0.92, "Unser Az."},
       {"vorlage nr.", 0.85, "Vorlage Nr."},
       {"vorlage", 0.8, "Vorlage"},
       {"drucksache", 0.8, "Drucksache"},
       {"our ref", 0.9, "Our ref."},
       {"our reference", 0.9, "Our reference"},
       {"ihr zeichen", 0.55, "Ihr Zeichen"},
       {"ihre zeichen", 0.55, "Ihr Zeichen"},
       {"ihr aktenzeichen", 0.55, "Ihr Aktenzeichen"},
       {"your ref", 0.55, "Your ref."}}};
  static constexpr std::array<Label, 3> kInText{{{"aktenzeichen", 0.85, "Aktenzeichen"},
                                                 {"az", 0.8, "Az."},
                                                 {"geschaftszeichen", 0.85, "Geschäftszeichen"}}};
  std::vector<Finding> findings = labelled(layout, kLabels);
  add_inside_sentences(layout, kInText, findings);
  rank(findings);
  return findings;
}

std::vector<Finding> payment_references_of(const Layout& layout) {
  static constexpr std::array<Label, 4> kLabels{{{"kassenzeichen", 0.97, "Kassenzeichen"},
                                                 {"buchungszeichen", 0.92, "Buchungszeichen"},
                                                 {"vertragsgegenstand", 0.6, "Vertragsgegenstand"},
                                                 {"personenkonto", 0.8, "Personenkonto"}}};
  std::vector<Finding> findings = labelled(layout, kLabels);
  add_inside_sentences(layout, kLabels, findings);
  rank(findings);
  return findings;
}

std::vector<Finding> invoice_numbers_of(const Layout& layout) {
  static constexpr std::array<Label, 9> kLabels{{{"rechnungsnummer", 0.97, "Rechnungsnummer"},
                                                 {"rechnungs-nr.", 0.97, "Rechnungs-Nr."},
                                                 {"rechnungs-nr", 0.97, "Rechnungs-Nr."},
                                                 {"rechnung nr.", 0.95, "Rechnung Nr."},
                                                 {"rechnungsnr.", 0.97, "Rechnungsnr."},
                                                 {"re.-nr.", 0.9, "Re.-Nr."},
                                                 {"rechnung-nr.", 0.95, "Rechnung-Nr."},
                                                 {"invoice no.", 0.95, "Invoice No."},
                                                 {"invoice number", 0.95, "Invoice number"}}};
  std::vector<Finding> findings = labelled(layout, kLabels);
  static constexpr std::array<Label, 1> kInText{{{"rechnungsnummer", 0.97, "Rechnungsnummer"}}};
  add_inside_sentences(layout, kInText, findings);
  rank(findings);
  return findings;
}

}  // namespace eakte::ingest

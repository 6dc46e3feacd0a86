#include "ingest/poor_pages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>

namespace eakte::ingest {
namespace {

constexpr std::size_t named_at_most = 5;

/// What the reader notes among a page's steps (ocr::ReadPage::reasons), as people say it.
struct Reason {
  std::string_view step;
  std::string_view clause;
};
constexpr std::array<Reason, 3> reasons{
    {{"little_text_recognised", "es steht mehr auf der Seite, als erkannt wurde"},
     {"unsure_orientation", "die Seite liegt vielleicht falsch herum"},
     {"unsure_words", "viele Wörter sind unsicher gelesen"}}};

bool has_step(const archive::PageRecord& page, std::string_view name) {
  const nlohmann::json steps = nlohmann::json::parse(page.steps, nullptr, false);
  return steps.is_array() && std::ranges::any_of(steps, [&](const nlohmann::json& step) {
           return step.is_object() && step.value("name", "") == name;
         });
}

/// How sure the finding of this name is; 0 where none is noted.
double confidence_of(const archive::PageRecord& page, std::string_view name) {
  const nlohmann::json steps = nlohmann::json::parse(page.steps, nullptr, false);
  if (!steps.is_array()) return 0;
  for (const nlohmann::json& step : steps) {
    if (step.is_object() && step.value("name", "") == name) return step.value("confidence", 0.0);
  }
  return 0;
}

std::string why_poor(const archive::PageRecord& page) {
  if (page.confidence == 0) return "es wurde kein Text erkannt";
  std::string why;
  for (const Reason& reason : reasons) {
    if (!has_step(page, reason.step)) continue;
    if (!why.empty()) why += ", ";
    why += reason.clause;
  }
  return why.empty() ? "der Text ist unsicher gelesen" : why;
}

}  // namespace

std::vector<archive::Proposal> poor_pages(const std::vector<archive::PageRecord>& pages, double page_below) {
  std::vector<archive::Proposal> poor;
  for (const archive::PageRecord& page : pages) {
    if (page.blank) continue;
    if (page.confidence >= page_below && !has_step(page, "little_text_recognised")) continue;
    poor.push_back({.field = "poor_page",
                    .value = std::to_string(page.number),
                    .confidence = page.confidence,
                    .reason = why_poor(page)});
  }
  std::ranges::stable_sort(poor, {}, &archive::Proposal::confidence);
  return poor;
}

std::vector<archive::Proposal> blank_pages(const std::vector<archive::PageRecord>& pages) {
  std::vector<archive::Proposal> blank;
  for (const archive::PageRecord& page : pages) {
    if (!page.blank) continue;
    blank.push_back({.field = "blank_page",
                     .value = std::to_string(page.number),
                     .confidence = confidence_of(page, "blank"),
                     .reason = "weder Schrift noch Bild gefunden; die Seite bleibt im Dokument"});
  }
  return blank;
}

std::string poor_pages_sentence(const std::vector<archive::Proposal>& proposals) {
  std::string sentence;
  std::size_t found = 0;
  for (const archive::Proposal& proposal : proposals) {
    if (proposal.field != "poor_page" || ++found > named_at_most) continue;
    if (!sentence.empty()) sentence += "; ";
    sentence += fmt::format("Seite {}: {}", proposal.value, proposal.reason);
  }
  if (found > named_at_most) sentence += fmt::format("; und {} weitere", found - named_at_most);
  return sentence.empty() ? sentence : sentence + ".";
}

}  // namespace eakte::ingest

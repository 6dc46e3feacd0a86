#include "archive/plan/columns.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "archive/plan/readers.h"

namespace eakte::archive::plan_columns {
namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const std::size_t end = std::min(text.find('|', begin), text.size());
    std::string part = text.substr(begin, end - begin);
    while (part.starts_with(' ')) part.erase(0, 1);
    while (part.ends_with(' ')) part.pop_back();
    if (!part.empty()) parts.push_back(std::move(part));
    begin = end + 1;
  }
  return parts;
}

std::optional<std::vector<RawText>> list(const Cell& cell, std::string_view column) {
  const auto text = cell(column);
  if (!text) return std::nullopt;
  std::vector<RawText> values;
  for (std::string& value : split(text->text)) values.push_back({std::move(value), text->line});
  return values;
}

/// "mindest / 10 Jahre ab zdA (jahresende) / stichtag 2025-01-01 / grund AO § 147".
RawEarlier earlier_from(const RawText& text, std::vector<PlanProblem>& problems) {
  RawEarlier earlier;
  const std::size_t basis = text.text.find(" / grund ");
  if (basis != std::string::npos) earlier.legal_basis = RawText{text.text.substr(basis + 9), text.line};
  earlier.rule = rule_from_notation({text.text.substr(0, basis), text.line}, problems);
  return earlier;
}

RawFields fields_of(const Cell& cell, std::vector<PlanProblem>& problems) {
  RawFields fields;
  if (const auto rule = cell("Frist")) fields.retention = rule_from_notation(*rule, problems);
  if (const auto rule = cell("Löschfrist")) fields.limit = rule_from_notation(*rule, problems);
  if (const auto earlier = list(cell, "Frühere Fristen")) {
    for (const RawText& one : *earlier) fields.earlier.push_back(earlier_from(one, problems));
  }
  fields.legal_basis = cell("Rechtsgrundlage");
  fields.disposal = cell("Aussonderungsart");
  fields.years_at_hand = cell("Transferfrist");
  fields.protection = cell("Schutzbedarf");
  fields.personal_data = cell("Personenbezug");
  fields.confidentiality = cell("Vertraulichkeit");
  fields.folder_kind = cell("Aktentyp");
  fields.document_types = list(cell, "Dokumenttypen");
  fields.search_locks = list(cell, "Suchsperre");
  fields.access = list(cell, "Zugriff");
  return fields;
}

std::string joined(const std::vector<std::string>& values) {
  return fmt::format("{}", fmt::join(values, "|"));
}

std::string earlier_text(const std::vector<EarlierRule>& earlier) {
  std::vector<std::string> all;
  for (const EarlierRule& one : earlier) {
    all.push_back(fmt::format("{} / stichtag {}{}", rule_notation(one.rule), to_iso(one.reference_day),
                              one.legal_basis.empty() ? "" : " / grund " + one.legal_basis));
  }
  return joined(all);
}

std::string day_text(const std::optional<Date>& day) { return day ? to_iso(*day) : std::string(); }

}  // namespace

Cells cells_of(const FilePlan& plan, const FilePlanEntry& entry) {
  const auto own = std::ranges::find(plan.overrides, entry.number, &PlanOverride::number);
  const bool overridden = own != plan.overrides.end();
  const RetentionRule& rule = overridden ? own->replaced : entry.retention;
  const bool scheduled = rule.unlimited || !rule.periods.empty();
  std::string retention = scheduled ? rule_notation(rule) : std::string();
  if (scheduled && entry.reference_day) retention += " / stichtag " + to_iso(*entry.reference_day);
  std::vector<std::string> notes;
  for (const auto& [key, value] : entry.notes) notes.push_back(key + "=" + value);
  return {entry.number,
          entry.title,
          entry.parent,
          entry.takes_folders ? "ja" : "nein",
          retention,
          overridden ? own->replaced_basis : entry.legal_basis,
          earlier_text(entry.earlier),
          entry.limit ? rule_notation(*entry.limit) : std::string(),
          std::string(code_of(entry.disposal)),
          std::to_string(entry.years_at_hand),
          entry.protection,
          entry.personal_data,
          entry.confidentiality,
          entry.folder_kind,
          joined(entry.document_types),
          joined(entry.search_locks),
          joined(entry.access),
          day_text(entry.valid_from),
          day_text(entry.valid_to),
          entry.id,
          joined(notes),
          overridden ? rule_notation(own->retention) + "|" + own->legal_basis : std::string(),
          joined(entry.former_numbers)};
}

void read_entry(RawPlan& plan, int line, const Cell& cell, std::vector<PlanProblem>& problems) {
  RawEntry entry;
  entry.line = line;
  entry.number = cell("Kennzeichen");
  entry.title = cell("Titel");
  entry.above = cell("Übergeordnet");
  entry.takes_folders = cell("Aktenbildend");
  entry.id = cell("Kennung");
  entry.valid_from = cell("Gültig von");
  entry.valid_to = cell("Gültig bis");
  entry.former_numbers = list(cell, "Frühere Kennzeichen").value_or(std::vector<RawText>());
  entry.fields = fields_of(cell, problems);
  if (const auto notes = list(cell, "Bemerkungen")) {
    for (const RawText& note : *notes) {
      const std::size_t equals = std::min(note.text.find('='), note.text.size());
      entry.notes.emplace_back(note.text.substr(0, equals),
                               equals < note.text.size() ? note.text.substr(equals + 1) : std::string());
    }
  }
  if (const auto rule = list(cell, "Abweichende Frist"); rule && !rule->empty()) {
    RawOverride made{line, entry.number, {}};
    made.fields.retention = rule_from_notation(rule->front(), problems);
    if (rule->size() > 1) made.fields.legal_basis = (*rule)[1];
    plan.overrides.push_back(std::move(made));
  }
  plan.entries.push_back(std::move(entry));
}

}  // namespace eakte::archive::plan_columns

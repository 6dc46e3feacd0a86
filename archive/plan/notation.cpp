#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "archive/plan/readers.h"

namespace eakte::archive {
namespace {

std::string_view word_of(RetentionRule::Kind kind) {
  switch (kind) {
    case RetentionRule::Kind::minimum:
      return "mindest";
    case RetentionRule::Kind::maximum:
      return "hoechst";
    case RetentionRule::Kind::fixed:
      return "fest";
  }
  return "";
}

std::string notation_of(const RetentionPeriod& period) {
  std::string text;
  const auto add = [&](int amount, const char* unit) {
    if (amount != 0) text += fmt::format("{} {} ", amount, unit);
  };
  add(period.years, "Jahre");
  add(period.months, "Monate");
  add(period.days, "Tage");
  if (text.empty()) text = "0 Jahre ";
  text += fmt::format("ab {} ({}{})", period.start_event,
                      period.rounding == Rounding::end_of_year ? "jahresende" : "taggenau",
                      period.access_locked ? ", gesperrt" : "");
  if (!period.name.empty()) text += fmt::format(" \"{}\"", period.name);
  return text;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Splits at a character outside of quotes.
std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  bool quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] != separator || quoted) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

class NotationReader {
public:
  NotationReader(const RawText& notation, std::vector<PlanProblem>& problems)
      : notation_(notation), problems_(problems) {}

  RawRule read() {
    rule_.line = notation_.line;
    for (const std::string_view part : parts_of(notation_.text, '/')) read_part(part);
    if (!rule_.unlimited && rule_.periods.empty())
      wrong("es fehlt eine Dauer wie „8 Jahre ab zdA (jahresende)“");
    return std::move(rule_);
  }

private:
  RawText text(std::string_view value) const { return {std::string(value), notation_.line}; }

  void wrong(const std::string& what) {
    problems_.push_back({notation_.line, "", "rule_unreadable",
                         fmt::format("Die Frist „{}“ ist nicht zu lesen: {}.", notation_.text, what)});
  }

  void read_part(std::string_view part) {
    if (part == "unbefristet") {
      rule_.unlimited = text("true");
    } else if (part.starts_with("ablaufhemmung ")) {
      rule_.suspension = text(trimmed(part.substr(14)));
    } else if (part.starts_with("stichtag ")) {
      rule_.reference_day = text(trimmed(part.substr(9)));
    } else if (part.starts_with("max:") || part.starts_with("stufen:")) {
      rule_.combination = text(part.substr(0, part.find(':')));
      for (const std::string_view one : parts_of(part.substr(part.find(':') + 1), '+')) read_period(one);
    } else if (part.find(" ab ") != std::string_view::npos) {
      read_period(part);
    } else {
      rule_.kind = text(part);
    }
  }

  void read_period(std::string_view part) {
    RawPeriod period;
    period.line = notation_.line;
    const std::size_t from = part.find(" ab ");
    const std::size_t open = part.find('(');
    const std::size_t shut = part.find(')');
    if (from == std::string_view::npos || open == std::string_view::npos || shut == std::string_view::npos ||
        open < from || shut < open) {
      return wrong("erwartet wird „8 Jahre ab zdA (jahresende)“");
    }
    read_amounts(part.substr(0, from), period);
    period.event = text(trimmed(part.substr(from + 4, open - from - 4)));
    for (const std::string_view word : parts_of(part.substr(open + 1, shut - open - 1), ',')) {
      (word == "gesperrt" ? period.access : period.rounding) = text(word);
    }
    const std::string_view rest = trimmed(part.substr(shut + 1));
    if (rest.size() >= 2 && rest.front() == '"' && rest.back() == '"')
      period.name = text(rest.substr(1, rest.size() - 2));
    rule_.periods.push_back(std::move(period));
  }

  void read_amounts(std::string_view amounts, RawPeriod& period) {
    std::vector<std::string_view> words;
    for (const std::string_view word : parts_of(amounts, ' ')) {
      if (!word.empty()) words.push_back(word);
    }
    if (words.size() % 2 != 0) return wrong("zu jeder Zahl gehört Jahre, Monate oder Tage");
    for (std::size_t i = 0; i + 1 < words.size(); i += 2) {
      const std::string_view unit = words[i + 1];
      if (unit.starts_with("Jahr")) {
        period.years = text(words[i]);
      } else if (unit.starts_with("Monat")) {
        period.months = text(words[i]);
      } else if (unit.starts_with("Tag")) {
        period.days = text(words[i]);
      } else {
        wrong(fmt::format("„{}“ ist weder Jahre noch Monate noch Tage", unit));
      }
    }
  }

  const RawText& notation_;
  std::vector<PlanProblem>& problems_;
  RawRule rule_;
};

}  // namespace

std::string rule_notation(const RetentionRule& rule) {
  if (rule.unlimited) return "unbefristet";
  std::vector<std::string> periods;
  for (const RetentionPeriod& period : rule.periods) periods.push_back(notation_of(period));
  const char* combination = rule.combination == RetentionRule::Combination::latest   ? "max: "
                            : rule.combination == RetentionRule::Combination::stages ? "stufen: "
                                                                                     : "";
  std::string text = fmt::format("{} / {}{}", word_of(rule.kind), combination, fmt::join(periods, " + "));
  if (!rule.suspension.empty()) text += " / ablaufhemmung " + rule.suspension;
  return text;
}

RawRule rule_from_notation(const RawText& notation, std::vector<PlanProblem>& problems) {
  return NotationReader(notation, problems).read();
}

}  // namespace eakte::archive

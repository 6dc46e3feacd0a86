#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <set>

#include "archive/plan/readers.h"

namespace eakte::archive {
namespace {

constexpr int most_years = 1000;  // enough for every law, and far from what a calendar cannot count
constexpr std::size_t longest_number = 40;

using Codes = std::map<std::string_view, int>;

bool is_number(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= longest_number && std::ranges::all_of(text, fits) &&
         std::isalnum(static_cast<unsigned char>(text.front())) != 0;
}

bool is_uuid(std::string_view text) {
  if (text.size() != 36) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? text[i] != '-' : !((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
      return false;
  }
  return true;
}

/// "11.10.30" lies below "11.10" and below "11".
bool lies_below(const std::string& number, const std::string& above) {
  return number.size() > above.size() && number.starts_with(above) &&
         std::isalnum(static_cast<unsigned char>(number[above.size()])) == 0;
}

/// Whether two spans of days have a day in common.
bool overlap(const FilePlanEntry& one, const FilePlanEntry& other) {
  return !(one.valid_to && other.valid_from && *one.valid_to < *other.valid_from) &&
         !(other.valid_to && one.valid_from && *other.valid_to < *one.valid_from);
}

class Check {
public:
  Check(const RawPlan& raw, std::vector<PlanProblem>& problems) : raw_(raw), problems_(problems) {}

  FilePlan plan() && {
    read_about();
    FilePlanEntry defaults;
    bool scheduled = false;
    take(raw_.defaults, defaults, scheduled);
    find_parents();
    resolve(defaults, scheduled);
    check_numbers();
    apply_overrides();
    return std::move(plan_);
  }

private:
  void problem(int line, const char* code, std::string reason) {
    problems_.push_back({line, entry_, code, std::move(reason)});
  }

  // --- values ---------------------------------------------------------------------------------------------

  std::optional<Date> day(const std::optional<RawText>& text, const char* what) {
    if (!text || text->text.empty()) return std::nullopt;
    const auto date = date_from_iso(text->text);
    if (!date)
      problem(text->line, "day_wrong",
              fmt::format("„{}“ ({}) ist kein Tag der Form 2026-11-22.", text->text, what));
    return date;
  }

  int amount(const std::optional<RawText>& text, const char* what, int most) {
    if (!text) return 0;
    int number = 0;
    const char* const end = text->text.data() + text->text.size();
    const auto [stopped, failed] = std::from_chars(text->text.data(), end, number);
    if (failed != std::errc() || stopped != end) {
      problem(text->line, "amount_wrong", fmt::format("{} ist keine ganze Zahl: „{}“.", what, text->text));
      return 0;
    }
    if (number < -most || number > most) {
      problem(text->line, "amount_wrong", fmt::format("{} ist zu groß: {}.", what, number));
      return 0;
    }
    return number;
  }

  bool truth(const std::optional<RawText>& text, const char* what) {
    if (!text) return false;
    static const std::map<std::string, bool> words{
        {"true", true},   {"false", false}, {"ja", true},    {"nein", false}, {"True", true},
        {"False", false}, {"Ja", true},     {"Nein", false}, {"yes", true},   {"no", false},
        {"1", true},      {"0", false},     {"", false}};
    const auto found = words.find(text->text);
    if (found != words.end()) return found->second;
    problem(text->line, "field_wrong", fmt::format("{} ist weder true noch false: „{}“.", what, text->text));
    return false;
  }

  int code(const RawText& text, const char* what, const Codes& codes, int otherwise) {
    const auto found = codes.find(text.text);
    if (found != codes.end()) return found->second;
    std::string known;
    for (const auto& [word, value] : codes) known += (known.empty() ? "" : ", ") + std::string(word);
    problem(text.line, "code_unknown",
            fmt::format("{} kann nicht „{}“ sein, sondern {}.", what, text.text, known));
    return otherwise;
  }

  /// A word of one of the plan's own code lists, where it has such a list.
  void require_listed(const RawText& text, const char* list, const char* what) {
    const auto codes = raw_.codes.find(list);
    if (codes == raw_.codes.end() || codes->second.empty()) return;
    if (std::ranges::find(codes->second, text.text, [](const auto& one) { return one.first; }) ==
        codes->second.end())
      problem(text.line, "code_unknown",
              fmt::format("{} „{}“ steht nicht in codelisten.{}.", what, text.text, list));
  }

  // --- rules ----------------------------------------------------------------------------------------------

  RetentionPeriod period(const RawPeriod& raw, bool may_follow) {
    RetentionPeriod period;
    if (!raw.years && !raw.months && !raw.days)
      problem(raw.line, "rule_incomplete", "Zur Frist fehlt die Dauer (jahre, monate oder tage).");
    period.years = amount(raw.years, "jahre", most_years);
    period.months = amount(raw.months, "monate", 12 * most_years);
    period.days = amount(raw.days, "tage", 366 * most_years);
    if (!raw.event || raw.event->text.empty()) {
      problem(raw.line, "rule_incomplete", "Zur Frist fehlt das Ereignis, mit dem sie beginnt (beginn).");
    } else {
      period.start_event = raw.event->text;
      if (period.start_event == "vorige_stufe") {
        if (!may_follow)
          problem(raw.event->line, "no_stage_before", "Vor dieser Stufe gibt es keine andere.");
      } else {
        const auto events = raw_.codes.find("ereignis");
        if (events != raw_.codes.end() && !events->second.empty() &&
            std::ranges::find(events->second, period.start_event,
                              [](const auto& one) { return one.first; }) == events->second.end())
          problem(raw.event->line, "event_unknown",
                  fmt::format("Das Ereignis „{}“ steht nicht in codelisten.ereignis.", period.start_event));
      }
    }
    static const Codes roundings{{"jahresende", 0}, {"taggenau", 1}};
    if (!raw.rounding) {
      problem(raw.line, "rule_incomplete",
              "Zur Frist fehlt, wie gerundet wird (rundung: jahresende oder taggenau).");
    } else {
      period.rounding = static_cast<Rounding>(code(*raw.rounding, "rundung", roundings, 0));
    }
    if (raw.name) period.name = raw.name->text;
    static const Codes locks{{"gesperrt", 1}, {"frei", 0}};
    if (raw.access) period.access_locked = code(*raw.access, "zugriff einer Stufe", locks, 0) != 0;
    return period;
  }

  RetentionRule rule(const RawRule& raw, RetentionRule::Kind usual) {
    RetentionRule rule;
    rule.kind = usual;
    rule.unlimited = truth(raw.unlimited, "unbefristet");
    if (rule.unlimited) {
      rule.kind = RetentionRule::Kind::minimum;
      return rule;
    }
    static const Codes kinds{{"mindest", 0}, {"hoechst", 1}, {"fest", 2}};
    if (raw.kind) rule.kind = static_cast<RetentionRule::Kind>(code(*raw.kind, "art der Frist", kinds, 0));
    if (raw.suspension) rule.suspension = raw.suspension->text;
    static const Codes combinations{{"max", 1}, {"stufen", 2}};
    if (raw.combination) {
      rule.combination =
          static_cast<RetentionRule::Combination>(code(*raw.combination, "kombination", combinations, 1));
      if (raw.periods.empty())
        problem(raw.line, "rule_incomplete", "Die Kombination von Fristen hat keine Teile (teile).");
    }
    for (const RawPeriod& one : raw.periods) {
      rule.periods.push_back(
          period(one, rule.combination == RetentionRule::Combination::stages && !rule.periods.empty()));
    }
    return rule;
  }

  static std::vector<std::string> texts(const std::vector<RawText>& raw) {
    std::vector<std::string> values;
    values.reserve(raw.size());
    for (const RawText& one : raw) values.push_back(one.text);
    return values;
  }

  /// What an entry states takes the place of what it inherits.
  void take(const RawFields& raw, FilePlanEntry& entry, bool& scheduled) {
    if (raw.retention) {
      entry.retention = rule(*raw.retention, RetentionRule::Kind::minimum);
      entry.reference_day = day(raw.retention->reference_day, "stichtag");
      entry.earlier.clear();
      // A legal basis belongs to the rule it justifies and is not inherited by another one.
      entry.legal_basis.clear();
      scheduled = true;
    }
    for (const RawEarlier& earlier : raw.earlier) {
      const auto until = day(earlier.rule.reference_day, "stichtag");
      if (!until) {
        problem(earlier.rule.line, "rule_incomplete",
                "Zu einer früheren Frist fehlt der Stichtag, an dem sie endete.");
        continue;
      }
      entry.earlier.push_back({rule(earlier.rule, RetentionRule::Kind::minimum), *until,
                               earlier.legal_basis ? earlier.legal_basis->text : std::string()});
    }
    if (raw.limit) entry.limit = rule(*raw.limit, RetentionRule::Kind::maximum);
    static const Codes actions{{"A", 0}, {"B", 1}, {"V", 2}};
    if (raw.disposal)
      entry.disposal = static_cast<DisposalAction>(code(*raw.disposal, "aussonderungsart", actions, 1));
    if (raw.years_at_hand) {
      entry.years_at_hand = amount(raw.years_at_hand, "transferfrist_jahre", most_years);
      if (entry.years_at_hand < 0)
        problem(raw.years_at_hand->line, "amount_wrong", "transferfrist_jahre kann nicht negativ sein.");
    }
    if (raw.legal_basis) entry.legal_basis = raw.legal_basis->text;
    if (raw.protection) {
      const std::string& text = raw.protection->text;
      if (text.size() != 3 || text.find_first_not_of("nhs") != std::string::npos)
        problem(raw.protection->line, "code_unknown",
                fmt::format("schutzbedarf „{}“ besteht nicht aus drei der Buchstaben n, h, s.", text));
      entry.protection = text;
    }
    if (raw.personal_data) {
      require_listed(*raw.personal_data, "personenbezug", "personenbezug");
      entry.personal_data = raw.personal_data->text;
    }
    static const Codes levels{
        {"offen", 3}, {"nfd", 2}, {"vertraulich", 5}, {"geheim", 1}, {"streng_geheim", 4}};
    if (raw.confidentiality) {
      code(*raw.confidentiality, "vertraulichkeit", levels, 3);
      entry.confidentiality = raw.confidentiality->text;
    }
    if (raw.folder_kind) {
      require_listed(*raw.folder_kind, "aktentyp", "aktentyp");
      entry.folder_kind = raw.folder_kind->text;
    }
    if (raw.document_types) entry.document_types = texts(*raw.document_types);
    if (raw.search_locks) entry.search_locks = texts(*raw.search_locks);
    if (raw.access) entry.access = texts(*raw.access);
  }

  // --- the plan and its tree ------------------------------------------------------------------------------

  void read_about() {
    const auto required = [&](const std::optional<RawText>& text, const char* code, const char* what) {
      if (text && !text->text.empty()) return text->text;
      problem(raw_.line, code, fmt::format("{} des Aktenplans fehlt.", what));
      return std::string();
    };
    plan_.title = required(raw_.title, "title_missing", "Die Bezeichnung");
    plan_.version = required(raw_.version, "version_missing", "Die Version");
    plan_.valid_from = day(raw_.valid_from, "gueltig_von");
    plan_.valid_to = day(raw_.valid_to, "gueltig_bis");
    if (plan_.valid_from && plan_.valid_to && *plan_.valid_to < *plan_.valid_from)
      problem(raw_.line, "validity_backwards", "Die Gültigkeit des Aktenplans endet, bevor sie beginnt.");
    plan_.code_lists = raw_.codes;
    plan_.archive = raw_.archive;
  }

  std::string number_of(std::size_t i) const {
    return raw_.entries[i].number ? raw_.entries[i].number->text : std::string();
  }

  /// Who lies above whom, also where the form only names numbers; breaks cycles.
  void find_parents() {
    std::map<std::string, int> first;
    for (std::size_t i = 0; i < raw_.entries.size(); ++i) first.emplace(number_of(i), static_cast<int>(i));
    for (const RawEntry& entry : raw_.entries) {
      int parent = entry.parent;
      if (entry.above && !entry.above->text.empty()) {
        entry_ = entry.number ? entry.number->text : "";
        const auto found = first.find(entry.above->text);
        if (found == first.end()) {
          problem(entry.above->line, "number_unknown",
                  fmt::format("Die übergeordnete Einheit {} gibt es nicht.", entry.above->text));
        } else {
          parent = found->second;
        }
      }
      parents_.push_back(parent);
    }
    for (std::size_t i = 0; i < parents_.size(); ++i) break_cycle(i);
    entry_.clear();
  }

  void break_cycle(std::size_t start) {
    int at = parents_[start];
    for (std::size_t steps = 0; at >= 0 && steps <= parents_.size(); ++steps) {
      if (at == static_cast<int>(start)) {
        entry_ = number_of(start);
        problem(raw_.entries[start].line, "cycle",
                fmt::format("Die Einheit {} liegt über sich selbst (Kreis).", entry_));
        parents_[start] = -1;
        return;
      }
      at = parents_[static_cast<std::size_t>(at)];
    }
  }

  /// Fills in what is inherited, parents first.
  void resolve(const FilePlanEntry& defaults, bool scheduled_by_default) {
    const std::size_t count = raw_.entries.size();
    std::vector<std::vector<std::size_t>> below(count);
    std::vector<std::size_t> top;
    for (std::size_t i = 0; i < count; ++i) {
      if (parents_[i] < 0) {
        top.push_back(i);
      } else {
        below[static_cast<std::size_t>(parents_[i])].push_back(i);
      }
    }
    const std::function<void(std::size_t, const FilePlanEntry&, bool)> visit =
        [&](std::size_t i, const FilePlanEntry& above, bool scheduled) {
          plan_.entries.push_back(entry_from(raw_.entries[i], above, scheduled, !below[i].empty()));
          lines_.push_back(raw_.entries[i].line);
          // A copy: the list grows while the children are read.
          const FilePlanEntry self = plan_.entries.back();
          if (++depth_ > 20) {
            problem(raw_.entries[i].line, "too_much", "Der Aktenplan hat mehr als 20 Ebenen.");
          } else {
            for (const std::size_t child : below[i])
              visit(child, self, scheduled || raw_.entries[i].fields.retention);
          }
          --depth_;
        };
    for (const std::size_t i : top) visit(i, defaults, scheduled_by_default);
    entry_.clear();
  }

  FilePlanEntry entry_from(const RawEntry& raw, const FilePlanEntry& above, bool scheduled,
                           bool has_children) {
    FilePlanEntry entry = above;
    entry.parent = above.number;
    entry.notes = raw.notes;
    entry.id.clear();
    entry.former_numbers = texts(raw.former_numbers);
    entry_ = raw.number ? raw.number->text : "";
    if (!raw.number || raw.number->text.empty()) {
      problem(raw.line, "number_missing", "Das Kennzeichen (kz) fehlt.");
    } else if (!is_number(raw.number->text)) {
      problem(raw.number->line, "number_wrong",
              fmt::format("Das Kennzeichen „{}“ besteht nicht nur aus Ziffern, Buchstaben, Punkt und Strich.",
                          raw.number->text));
    }
    entry.number = entry_;
    if (!raw.title || raw.title->text.empty()) problem(raw.line, "title_missing", "Der Titel (titel) fehlt.");
    entry.title = raw.title ? raw.title->text : "";
    entry.takes_folders = truth(raw.takes_folders, "aktenbildend");
    if (raw.id && !raw.id->text.empty()) {
      if (!is_uuid(raw.id->text))
        problem(raw.id->line, "id_wrong", fmt::format("Die Kennung „{}“ ist keine UUID.", raw.id->text));
      entry.id = raw.id->text;
    }
    entry.valid_from = day(raw.valid_from, "gueltig_von");
    entry.valid_to = day(raw.valid_to, "gueltig_bis");
    take(raw.fields, entry, scheduled);
    if (entry.takes_folders && !scheduled)
      problem(raw.line, "no_schedule",
              "Für diese Einheit gibt es keine Frist, weder hier noch darüber noch in den Vorgaben.");
    if (has_children && entry.takes_folders)
      problem(raw.line, "folders_and_entries", "Die Einheit nimmt Akten auf und hat Einheiten unter sich.");
    check_place(raw, entry, above);
    // What lies below a closed entry is closed with it.
    if (!entry.valid_from) entry.valid_from = above.valid_from;
    if (!entry.valid_to) entry.valid_to = above.valid_to;
    return entry;
  }

  void check_place(const RawEntry& raw, const FilePlanEntry& entry, const FilePlanEntry& above) {
    if (!above.number.empty() && !entry.number.empty() && !lies_below(entry.number, above.number))
      problem(raw.line, "outside_parent",
              fmt::format("Das Kennzeichen {} beginnt nicht mit dem der übergeordneten Einheit {}.",
                          entry.number, above.number));
    if (entry.valid_from && entry.valid_to && *entry.valid_to < *entry.valid_from)
      problem(raw.line, "validity_backwards", "Die Gültigkeit endet, bevor sie beginnt.");
    const bool before = above.valid_from && (!entry.valid_from || *entry.valid_from < *above.valid_from);
    const bool after = above.valid_to && (!entry.valid_to || *entry.valid_to > *above.valid_to);
    if ((before && entry.valid_from) || (after && entry.valid_to))
      problem(
          raw.line, "validity_outside_parent",
          fmt::format("Die Gültigkeit reicht über die der übergeordneten Einheit {} hinaus.", above.number));
  }

  void check_numbers() {
    std::map<std::string, std::size_t> numbers;
    std::map<std::string, std::size_t> ids;
    for (std::size_t i = 0; i < plan_.entries.size(); ++i) {
      const FilePlanEntry& entry = plan_.entries[i];
      entry_ = entry.number;
      if (!entry.number.empty()) {
        const auto [earlier, is_new] = numbers.emplace(entry.number, i);
        if (!is_new) number_again(plan_.entries[earlier->second], lines_[earlier->second], entry, lines_[i]);
      }
      if (!entry.id.empty() && !ids.emplace(entry.id, i).second)
        problem(lines_[i], "id_twice",
                fmt::format("Die Kennung {} hat schon eine andere Einheit.", entry.id));
    }
    entry_.clear();
  }

  void number_again(const FilePlanEntry& earlier, int earlier_line, const FilePlanEntry& entry, int line) {
    const bool dated = earlier.valid_from || earlier.valid_to || entry.valid_from || entry.valid_to;
    if (!dated) {
      problem(line, "number_twice",
              fmt::format("Das Kennzeichen {} steht schon in Zeile {}.", entry.number, earlier_line));
    } else if (overlap(earlier, entry)) {
      problem(line, "validity_overlap",
              fmt::format("Die Gültigkeit überschneidet sich mit der Einheit {} in Zeile {}.", entry.number,
                          earlier_line));
    } else {
      problem(
          line, "number_reused",
          fmt::format("Das Kennzeichen {} gehörte schon der Einheit in Zeile {}; es wird nicht neu vergeben.",
                      entry.number, earlier_line));
    }
  }

  void apply_overrides() {
    std::set<std::string> seen;
    for (const RawOverride& raw : raw_.overrides) {
      entry_ = raw.number ? raw.number->text : "";
      const auto entry = std::ranges::find(plan_.entries, entry_, &FilePlanEntry::number);
      if (entry_.empty() || entry == plan_.entries.end()) {
        problem(raw.line, "number_unknown",
                fmt::format("Die Einheit {} der Abweichung gibt es nicht.", entry_.empty() ? "?" : entry_));
        continue;
      }
      if (!entry->takes_folders || !raw.fields.retention || !seen.insert(entry_).second) {
        problem(
            raw.line, "override_wrong",
            "Eine Abweichung braucht eine Frist, steht je Einheit einmal und nur bei Einheiten mit Akten.");
        continue;
      }
      PlanOverride made{entry_, rule(*raw.fields.retention, RetentionRule::Kind::minimum),
                        raw.fields.legal_basis ? raw.fields.legal_basis->text : std::string(),
                        entry->retention, entry->legal_basis};
      entry->retention = made.retention;
      entry->legal_basis = made.legal_basis;
      entry->overridden = true;
      plan_.overrides.push_back(std::move(made));
    }
    entry_.clear();
  }

  const RawPlan& raw_;
  std::vector<PlanProblem>& problems_;
  FilePlan plan_;
  std::vector<int> parents_;
  std::vector<int> lines_;  ///< of the entries of plan_
  std::string entry_;       ///< the one at hand
  int depth_ = 0;
};

}  // namespace

FilePlan checked_plan(const RawPlan& raw, std::vector<PlanProblem>& problems) {
  return Check(raw, problems).plan();
}

}  // namespace eakte::archive

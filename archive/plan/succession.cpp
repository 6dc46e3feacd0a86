#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "archive/catalogue/plans_in_force.h"
#include "archive/file_plan_versions.h"

namespace eakte::archive {
namespace {

/// Whether a limit may make something go earlier than none or the one before.
bool limit_is_shorter(const std::optional<RetentionRule>& before, const std::optional<RetentionRule>& after) {
  if (!after || after == before) return false;
  return !before || may_end_earlier(*before, *after);
}

std::string day_or(const std::optional<Date>& day, const char* otherwise) {
  return day ? to_german(*day) : std::string(otherwise);
}

std::string quoted(const std::string& text) {
  return text.empty() ? std::string("ohne Angabe") : fmt::format("„{}“", text);
}

std::string listed(const std::vector<std::string>& values) {
  return values.empty() ? std::string("ohne Angabe") : fmt::format("{}", fmt::join(values, ", "));
}

class Comparison {
public:
  Comparison(const FilePlanEntry& before, const FilePlanEntry& after) : before_(before), after_(after) {
    change_.number = after.number;
    change_.title = after.title;
  }

  EntryChange change() && {
    if (before_.number != after_.number) say("Kennzeichen {}, bisher {}", after_.number, before_.number);
    if (before_.title != after_.title) say("Titel „{}“, bisher „{}“", after_.title, before_.title);
    if (before_.valid_to != after_.valid_to) say("geschlossen zum {}", day_or(after_.valid_to, "-"));
    compare_retention();
    compare_disposal();
    compare_texts();
    return std::move(change_);
  }

private:
  template <class... Values>
  void say(fmt::format_string<Values...> text, Values&&... values) {
    change_.sentences.push_back(fmt::format(text, std::forward<Values>(values)...));
  }

  void compare_retention() {
    if (before_.retention != after_.retention) {
      const bool shorter = may_end_earlier(before_.retention, after_.retention);
      say("Frist {}: {}, bisher {}", shorter ? "kürzer" : "länger", describe(after_.retention),
          describe(before_.retention));
      if (!after_.earlier.empty()) say("Stichtag {}", to_german(after_.earlier.back().reference_day));
      change_.shorter = change_.shorter || shorter;
    }
    if (before_.limit != after_.limit)
      say("Löschfrist: {}, bisher {}", after_.limit ? describe(*after_.limit) : "keine",
          before_.limit ? describe(*before_.limit) : "keine");
    change_.shorter = change_.shorter || limit_is_shorter(before_.limit, after_.limit);
    change_.retention = before_.retention != after_.retention || before_.earlier != after_.earlier ||
                        before_.limit != after_.limit || before_.disposal != after_.disposal ||
                        before_.legal_basis != after_.legal_basis || before_.number != after_.number;
  }

  void compare_disposal() {
    if (before_.disposal == after_.disposal) return;
    say("Aussonderungsart {}, bisher {}", code_of(after_.disposal), code_of(before_.disposal));
    change_.shorter = change_.shorter || after_.disposal == DisposalAction::destroy;
  }

  void compare_texts() {
    const auto text = [&](const char* what, const std::string& before, const std::string& after) {
      if (before != after) say("{} {}, bisher {}", what, quoted(after), quoted(before));
    };
    text("Rechtsgrundlage", before_.legal_basis, after_.legal_basis);
    text("Schutzbedarf", before_.protection, after_.protection);
    text("Personenbezug", before_.personal_data, after_.personal_data);
    text("Vertraulichkeit", before_.confidentiality, after_.confidentiality);
    text("Aktentyp", before_.folder_kind, after_.folder_kind);
    const auto list = [&](const char* what, const std::vector<std::string>& before,
                          const std::vector<std::string>& after) {
      if (before != after) say("{}: {}, bisher {}", what, listed(after), listed(before));
    };
    list("Zugriff", before_.access, after_.access);
    list("Dokumenttypen", before_.document_types, after_.document_types);
    list("Suchsperre", before_.search_locks, after_.search_locks);
    if (before_.years_at_hand != after_.years_at_hand)
      say("Transferfrist {} Jahre, bisher {}", after_.years_at_hand, before_.years_at_hand);
    if (before_.takes_folders != after_.takes_folders)
      say("{}", after_.takes_folders ? "nimmt jetzt Akten auf" : "nimmt keine Akten mehr auf");
  }

  const FilePlanEntry& before_;
  const FilePlanEntry& after_;
  EntryChange change_;
};

/// The rules an entry had, when its rule changes now.
std::vector<EarlierRule> earlier_rules(const FilePlanEntry& before, const FilePlanEntry& after, Date from) {
  std::vector<EarlierRule> earlier = before.earlier;
  const bool had_a_rule = before.retention.unlimited || !before.retention.periods.empty();
  if (had_a_rule && before.retention != after.retention)
    earlier.push_back({before.retention, after.reference_day.value_or(from), before.legal_basis});
  return earlier;
}

void remember_numbers(const FilePlanEntry& before, FilePlanEntry& after) {
  after.former_numbers = before.former_numbers;
  if (before.number != after.number) after.former_numbers.push_back(before.number);
  std::erase(after.former_numbers, after.number);
}

/// The tenant's own rules stay when a plan from elsewhere brings none.
void keep_overrides(const FilePlan& in_force, FilePlan& next) {
  if (!next.overrides.empty()) return;
  for (const PlanOverride& kept : in_force.overrides) {
    const FilePlanEntry* const before = in_force.find(kept.number);
    const auto entry = std::ranges::find_if(
        next.entries, [&](const FilePlanEntry& one) { return before != nullptr && one.id == before->id; });
    if (entry == next.entries.end()) continue;
    next.overrides.push_back(
        {entry->number, kept.retention, kept.legal_basis, entry->retention, entry->legal_basis});
    entry->retention = kept.retention;
    entry->legal_basis = kept.legal_basis;
    entry->overridden = true;
  }
}

}  // namespace

std::vector<EntryChange> differences(const FilePlan& before, const FilePlan& after) {
  std::vector<EntryChange> changes;
  for (const FilePlanEntry& entry : after.entries) {
    const FilePlanEntry* const earlier = before.find_id(entry.id);
    if (earlier == nullptr) {
      changes.push_back({entry.number, entry.title, {"neue Einheit"}, false, false});
      continue;
    }
    EntryChange change = Comparison(*earlier, entry).change();
    if (!change.sentences.empty() || change.retention) changes.push_back(std::move(change));
  }
  return changes;
}

FilePlan successor(const FilePlan& in_force, FilePlan next, const std::string& tenant, Date today) {
  for (FilePlanEntry& entry : next.entries) {
    // A plan from elsewhere brings ids of its own; here the numbers say what is meant.
    if (!entry.id.empty() && in_force.find_id(entry.id) != nullptr) continue;
    if (const FilePlanEntry* known = in_force.find(entry.number)) entry.id = known->id;
  }
  give_ids(next, tenant);
  keep_overrides(in_force, next);
  if (!next.valid_from) next.valid_from = today;
  for (FilePlanEntry& entry : next.entries) {
    const FilePlanEntry* const before = in_force.find_id(entry.id);
    if (before == nullptr) {
      entry.earlier.clear();
      entry.former_numbers.clear();
      continue;
    }
    remember_numbers(*before, entry);
    entry.earlier = earlier_rules(*before, entry, *next.valid_from);
    entry.reference_day.reset();
  }
  return next;
}

}  // namespace eakte::archive

#pragma once
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "archive/calendar.h"

namespace eakte::archive {

/// How a period is counted (Rundung).
enum class Rounding {
  end_of_year,  ///< runs from the end of the calendar year of the event: 31.12.(year + n)
  exact_day     ///< BGB 187(1), 188(2),(3): event day + n, last day of the month where the day is missing
};

/// One period: so long after that event. Amounts may be negative (backwards from an event).
struct RetentionPeriod {
  int years = 0;
  int months = 0;
  int days = 0;
  std::string
      start_event;  ///< as in the file plan, "zdA", "rechnung_ausgestellt"; "vorige_stufe" in a later stage
  Rounding rounding = Rounding::end_of_year;
  std::string name;            ///< of a stage, as written in the plan
  bool access_locked = false;  ///< zugriff: gesperrt; in this stage nobody uses what is kept (BMG 13(2))
  bool operator==(const RetentionPeriod&) const = default;
};

/// A retention rule (Frist) of a file plan entry.
struct RetentionRule {
  enum class Kind { minimum, maximum, fixed };        ///< mindest, hoechst, fest
  enum class Combination { single, latest, stages };  ///< -, kombination: max, kombination: stufen
  bool unlimited = false;
  Kind kind = Kind::minimum;
  Combination combination = Combination::single;
  std::vector<RetentionPeriod> periods;  ///< one, or the parts of the combination
  /// Ablaufhemmung: the period does not end before this is over ("festsetzungsfrist"); empty: none.
  std::string suspension;
  bool operator==(const RetentionRule&) const = default;
};

/// A rule another one took the place of. Periods that had ended before the reference day (Stichtag) stay with
/// it; those still running on that day follow the new rule (RT-03).
struct EarlierRule {
  RetentionRule rule;
  Date reference_day{};
  std::string legal_basis;  ///< Rechtsgrundlage of that rule
  bool operator==(const EarlierRule&) const = default;
};

/// Dates of events by their name in the file plan; the day a suspension ended by the suspension's name.
using Events = std::map<std::string, Date>;

/// What a rule yields for given events.
struct RetentionEnd {
  /// Last day of the period; nothing while an event is open or the rule is unlimited.
  std::optional<Date> end;
  bool unlimited = false;
  std::vector<std::string> open_events;  ///< events the rule waits for
  /// Which of the earlier rules decided; nothing: the rule in force.
  std::optional<std::size_t> by_earlier;
};

/// The due date is a pure function of rule and events (RT-01, RT-02); it is never typed in.
/// While the rule's suspension is `running` there is no end; one that is over moves the end to its last day.
RetentionEnd retention_end(const RetentionRule& rule, const Events& events, bool suspension_running = false);

/// The same for a rule that had others before it, oldest first: the first of them under which the period was
/// over on the day it was replaced decides, else the rule itself.
RetentionEnd retention_end(const RetentionRule& rule, std::span<const EarlierRule> earlier,
                           const Events& events, bool suspension_running = false);

/// Whether the stage that runs on `day` locks the access; false where nothing is known of it.
bool access_locked_on(const RetentionRule& rule, const Events& events, Date day);

/// Whether going from one rule to the other may let anything go earlier, which takes two people (RT-11):
/// for some events the new end lies before the old one, or the two cannot be compared because they wait for
/// different events. A minimum that becomes a maximum counts as shorter.
bool may_end_earlier(const RetentionRule& before, const RetentionRule& after);

/// The rule in one German sentence, e.g. "8 Jahre ab Ende des Jahres, in dem die Rechnung ausgestellt wurde".
std::string describe(const RetentionRule& rule);

}  // namespace eakte::archive

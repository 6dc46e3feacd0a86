#include "archive/file_plan.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <map>
#include <set>

#include "archive/error.h"

namespace eakte::archive {
namespace {

constexpr int deepest_level = 20;

[[noreturn]] void fail(const YAML::Node& node, std::string_view reason) {
  throw Error(fmt::format("file plan, line {}: {}", node.Mark().line + 1, reason));
}

/// A scalar's text; fails naming `key` when the node is something else.
std::string text_of(const YAML::Node& node, std::string_view key) {
  if (!node.IsScalar()) fail(node, fmt::format("{} is not a simple value", key));
  return node.Scalar();
}

std::string required_text(const YAML::Node& parent, const std::string& key) {
  const YAML::Node node = parent[key];
  if (!node || !node.IsScalar() || node.Scalar().empty()) fail(parent, fmt::format("{} is missing", key));
  return node.Scalar();
}

std::vector<std::string> list_of(const YAML::Node& parent, const std::string& key) {
  const YAML::Node node = parent[key];
  std::vector<std::string> values;
  if (!node) return values;
  if (!node.IsSequence()) fail(node, fmt::format("{} is not a list", key));
  for (const YAML::Node& value : node) values.push_back(text_of(value, key));
  return values;
}

bool truth_of(const YAML::Node& parent, const std::string& key) {
  const YAML::Node node = parent[key];
  if (!node) return false;
  bool value = false;
  if (!YAML::convert<bool>::decode(node, value)) fail(node, fmt::format("{} is neither true nor false", key));
  return value;
}

/// One of a few words and what it stands for.
template <class Value>
Value word_of(const YAML::Node& node, std::string_view key, const std::map<std::string, Value>& words) {
  const auto found = words.find(text_of(node, key));
  if (found == words.end()) fail(node, fmt::format("{} cannot be \"{}\"", key, node.Scalar()));
  return found->second;
}

/// What the retention rules of a plan may refer to: its events; empty when the plan does not list them.
using EventNames = std::set<std::string>;

class RuleReader {
public:
  explicit RuleReader(EventNames events) : events_(std::move(events)) {}

  RetentionRule read(const YAML::Node& node) const {
    if (!node.IsMap()) fail(node, "frist is not a mapping");
    RetentionRule rule;
    rule.unlimited = truth_of(node, "unbefristet");
    if (rule.unlimited) return rule;
    if (const YAML::Node kind = node["art"]) {
      using Kind = RetentionRule::Kind;
      rule.kind = word_of<Kind>(
          kind, "art", {{"mindest", Kind::minimum}, {"hoechst", Kind::maximum}, {"fest", Kind::fixed}});
    }
    if (node["ablaufhemmung"]) rule.suspension = text_of(node["ablaufhemmung"], "ablaufhemmung");
    if (const YAML::Node combination = node["kombination"]) {
      using Combination = RetentionRule::Combination;
      rule.combination = word_of<Combination>(
          combination, "kombination", {{"max", Combination::latest}, {"stufen", Combination::stages}});
      const YAML::Node parts = node["teile"];
      if (!parts || !parts.IsSequence() || parts.size() == 0) fail(node, "kombination without teile");
      for (const YAML::Node& part : parts) {
        const bool may_follow = rule.combination == Combination::stages && !rule.periods.empty();
        rule.periods.push_back(period(part, may_follow));
      }
    } else {
      rule.periods.push_back(period(node, false));
    }
    return rule;
  }

  static int amount(const YAML::Node& node, const std::string& key) {
    constexpr int most = 1000;
    const YAML::Node value = node[key];
    if (!value) return 0;
    int number = 0;
    if (!YAML::convert<int>::decode(value, number)) fail(value, fmt::format("{} is not a whole number", key));
    // Enough for every law, and far from what a calendar cannot count.
    if (number < -most * 366 || number > most * 366 ||
        (key != "tage" && key != "monate" && std::abs(number) > most)) {
      fail(value, fmt::format("{} is out of range", key));
    }
    return number;
  }

private:
  RetentionPeriod period(const YAML::Node& node, bool may_follow) const {
    if (!node.IsMap()) fail(node, "a part of frist is not a mapping");
    if (!node["jahre"] && !node["monate"] && !node["tage"])
      fail(node, "frist has neither jahre nor monate nor tage");
    RetentionPeriod period;
    period.years = amount(node, "jahre");
    period.months = amount(node, "monate");
    period.days = amount(node, "tage");
    period.start_event = required_text(node, "beginn");
    const bool follows = period.start_event == "vorige_stufe";
    if (follows && !may_follow) fail(node["beginn"], "there is no stage before this one");
    if (!follows && !events_.empty() && !events_.contains(period.start_event)) {
      fail(node["beginn"], fmt::format("the event \"{}\" is not in codelisten.ereignis", period.start_event));
    }
    if (!node["rundung"]) fail(node, "rundung is missing");
    period.rounding =
        word_of<Rounding>(node["rundung"], "rundung",
                          {{"jahresende", Rounding::end_of_year}, {"taggenau", Rounding::exact_day}});
    return period;
  }

  EventNames events_;
};

class PlanReader {
public:
  explicit PlanReader(const YAML::Node& root) : rules_(event_names(root)) {
    const YAML::Node about = root["aktenplan"];
    if (!about || !about.IsMap()) fail(root, "aktenplan is missing");
    plan_.title = required_text(about, "bezeichnung");
    plan_.version = required_text(about, "version");
    FilePlanEntry defaults;
    const YAML::Node given = root["vorgaben"];
    if (!given || !given.IsMap() || !given["frist"]) fail(root, "vorgaben with a frist are missing");
    take_inheritable(given, defaults);
    const YAML::Node entries = root["einheiten"];
    if (!entries || !entries.IsSequence() || entries.size() == 0) fail(root, "einheiten are missing");
    for (const YAML::Node& entry : entries) read_entry(entry, defaults, 1);
  }

  FilePlan plan() && { return std::move(plan_); }

private:
  static EventNames event_names(const YAML::Node& root) {
    EventNames names;
    const YAML::Node lists = root["codelisten"];
    if (!lists || !lists.IsMap() || !lists["ereignis"] || !lists["ereignis"].IsMap()) return names;
    for (const auto& event : lists["ereignis"]) names.insert(text_of(event.first, "ereignis"));
    return names;
  }

  /// The fields a node states replace those it inherits.
  void take_inheritable(const YAML::Node& node, FilePlanEntry& entry) const {
    using Action = DisposalAction;
    if (node["frist"]) entry.retention = rules_.read(node["frist"]);
    if (const YAML::Node action = node["aussonderungsart"]) {
      entry.disposal =
          word_of<Action>(action, "aussonderungsart",
                          {{"A", Action::transfer}, {"B", Action::appraise}, {"V", Action::destroy}});
    }
    if (node["transferfrist_jahre"]) entry.years_at_hand = RuleReader::amount(node, "transferfrist_jahre");
    if (node["rechtsgrundlage"]) entry.legal_basis = text_of(node["rechtsgrundlage"], "rechtsgrundlage");
    if (node["schutzbedarf"]) entry.protection = text_of(node["schutzbedarf"], "schutzbedarf");
    if (node["personenbezug"]) entry.personal_data = text_of(node["personenbezug"], "personenbezug");
    if (node["dokumenttypen"]) entry.document_types = list_of(node, "dokumenttypen");
    if (node["suchsperre"]) entry.search_locks = list_of(node, "suchsperre");
  }

  void read_entry(const YAML::Node& node, const FilePlanEntry& above, int level) {
    if (!node.IsMap()) fail(node, "an entry is not a mapping");
    if (level > deepest_level) fail(node, "the plan is nested too deeply");
    FilePlanEntry entry = above;
    // A legal basis belongs to the rule it justifies and is not inherited by another one.
    if (node["frist"]) entry.legal_basis.clear();
    entry.parent = above.number;
    entry.number = required_text(node, "kz");
    entry.title = required_text(node, "titel");
    entry.takes_folders = truth_of(node, "aktenbildend");
    take_inheritable(node, entry);
    if (!numbers_.insert(entry.number).second) {
      fail(node["kz"], fmt::format("the number {} is used twice", entry.number));
    }
    const YAML::Node below = node["einheiten"];
    if (below && !below.IsSequence()) fail(below, "einheiten is not a list");
    if (below && entry.takes_folders)
      fail(node, fmt::format("{} takes folders and has entries below", entry.number));
    plan_.entries.push_back(entry);
    if (!below) return;
    for (const YAML::Node& child : below) read_entry(child, entry, level + 1);
  }

  RuleReader rules_;
  std::set<std::string> numbers_;
  FilePlan plan_;
};

}  // namespace

std::string_view code_of(DisposalAction action) {
  switch (action) {
    case DisposalAction::transfer:
      return "A";
    case DisposalAction::appraise:
      return "B";
    case DisposalAction::destroy:
      return "V";
  }
  return "";
}

const FilePlanEntry* FilePlan::find(std::string_view number) const {
  const auto found = std::ranges::find(entries, number, &FilePlanEntry::number);
  return found == entries.end() ? nullptr : &*found;
}

FilePlan parse_file_plan(std::string_view yaml) {
  try {
    const YAML::Node root = YAML::Load(std::string(yaml));
    if (!root.IsMap()) fail(root, "not a file plan");
    const YAML::Node schema = root["schema_version"];
    if (schema && text_of(schema, "schema_version") != "1") fail(schema, "this schema_version is not known");
    return PlanReader(root).plan();
  } catch (const YAML::Exception& error) {
    throw Error(fmt::format("file plan, line {}: {}", error.mark.line + 1, error.msg));
  }
}

}  // namespace eakte::archive

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/plan/readers.h"
#include "archive/plan/yaml_tree.h"

namespace eakte::archive {
namespace {

using Kind = YamlNode::Kind;

constexpr std::array<std::string_view, 13> inherited_keys{
    "frist",           "fruehere_fristen", "loeschfrist",   "aussonderungsart", "transferfrist_jahre",
    "rechtsgrundlage", "schutzbedarf",     "personenbezug", "dokumenttypen",    "suchsperre",
    "zugriff",         "vertraulichkeit",  "aktentyp"};
constexpr std::array<std::string_view, 9> entry_keys{
    "kz", "titel", "aktenbildend", "id", "einheiten", "gueltig_von", "gueltig_bis", "ueber", "fruehere_kz"};
/// Carried along as they stand; nothing here depends on them.
constexpr std::array<std::string_view, 5> note_keys{"beleg", "fachverfahren", "bemerkung", "nachfolger",
                                                    "landesrecht_override"};

template <std::size_t n>
bool among(const std::array<std::string_view, n>& keys, std::string_view key) {
  return std::ranges::find(keys, key) != keys.end();
}

class YamlPlan {
public:
  explicit YamlPlan(std::vector<PlanProblem>& problems) : problems_(problems) {}

  RawPlan read(const YamlNode& root) {
    if (root.kind != Kind::map) {
      problem(root.line, "not_readable",
              "Das ist kein Aktenplan: Erwartet werden die Abschnitte „aktenplan“ und "
              "„einheiten“.");
      return {};
    }
    plan_.line = root.line;
    const auto schema = text_in(root, "schema_version");
    if (schema && schema->text != "1")
      problem(schema->line, "schema_unknown",
              fmt::format("Die schema_version {} ist unbekannt.", schema->text));
    read_about(root);
    read_codes(root);
    if (const YamlNode* defaults = map_in(root, "vorgaben")) {
      plan_.defaults = inherited(*defaults);
      for (const auto& [key, value] : defaults->members) {
        if (!among(inherited_keys, key) && !among(note_keys, key)) unknown_key(value.line, key);
      }
    }
    read_entries(root);
    read_overrides(root);
    return std::move(plan_);
  }

private:
  void problem(int line, const char* code, std::string reason, const std::string& entry = {}) {
    problems_.push_back({line, entry, code, std::move(reason)});
  }

  void unknown_key(int line, const std::string& key, const std::string& entry = {}) {
    problem(line, "field_unknown", fmt::format("Die Angabe „{}“ kennt der Aktenplan nicht.", key), entry);
  }

  std::optional<RawText> text_in(const YamlNode& map, std::string_view key) {
    const YamlNode* const node = map.find(key);
    if (node == nullptr || node->kind == Kind::nothing) return std::nullopt;
    if (node->kind == Kind::scalar) return RawText{node->text, node->line};
    problem(node->line, "field_wrong", fmt::format("Die Angabe „{}“ ist kein einfacher Wert.", key));
    return std::nullopt;
  }

  const YamlNode* map_in(const YamlNode& map, std::string_view key) {
    const YamlNode* const node = map.find(key);
    if (node == nullptr || node->kind == Kind::map) return node;
    problem(node->line, "field_wrong", fmt::format("Unter „{}“ stehen keine einzelnen Angaben.", key));
    return nullptr;
  }

  const YamlNode* list_in(const YamlNode& map, std::string_view key) {
    const YamlNode* const node = map.find(key);
    if (node == nullptr || node->kind == Kind::list) return node;
    if (node->kind != Kind::nothing)
      problem(node->line, "field_wrong", fmt::format("Die Angabe „{}“ ist keine Liste.", key));
    return nullptr;
  }

  std::optional<std::vector<RawText>> texts_in(const YamlNode& map, std::string_view key) {
    const YamlNode* const list = list_in(map, key);
    if (list == nullptr) return std::nullopt;
    std::vector<RawText> texts;
    for (const YamlNode& item : list->items) {
      if (item.kind == Kind::scalar) {
        texts.push_back({item.text, item.line});
      } else {
        problem(item.line, "field_wrong", fmt::format("In „{}“ steht kein einfacher Wert.", key));
      }
    }
    return texts;
  }

  void read_about(const YamlNode& root) {
    const YamlNode* const about = map_in(root, "aktenplan");
    if (about == nullptr) {
      problem(root.line, "title_missing", "Der Abschnitt „aktenplan“ mit Bezeichnung und Version fehlt.");
      return;
    }
    plan_.line = about->line;
    plan_.title = text_in(*about, "bezeichnung");
    plan_.version = text_in(*about, "version");
    plan_.valid_from = text_in(*about, "gueltig_von");
    plan_.valid_to = text_in(*about, "gueltig_bis");
    if (const YamlNode* archive = map_in(*about, "zustaendiges_archiv")) {
      for (const auto& [key, value] : archive->members) plan_.archive.emplace_back(key, value.text);
    }
  }

  void read_codes(const YamlNode& root) {
    const YamlNode* const lists = map_in(root, "codelisten");
    if (lists == nullptr) return;
    for (const auto& [name, list] : lists->members) {
      std::vector<std::pair<std::string, std::string>>& codes = plan_.codes[name];
      for (const auto& [code, meaning] : list.members) codes.emplace_back(code, meaning.text);
      for (const YamlNode& code : list.items) codes.emplace_back(code.text, "");
    }
  }

  RawPeriod period(const YamlNode& node) {
    RawPeriod period;
    period.line = node.line;
    period.years = text_in(node, "jahre");
    period.months = text_in(node, "monate");
    period.days = text_in(node, "tage");
    period.event = text_in(node, "beginn");
    period.rounding = text_in(node, "rundung");
    period.name = text_in(node, "name");
    period.access = text_in(node, "zugriff");
    return period;
  }

  RawRule rule(const YamlNode& node) {
    RawRule rule;
    rule.line = node.line;
    rule.unlimited = text_in(node, "unbefristet");
    rule.kind = text_in(node, "art");
    rule.combination = text_in(node, "kombination");
    rule.suspension = text_in(node, "ablaufhemmung");
    rule.reference_day = text_in(node, "stichtag");
    constexpr std::array<std::string_view, 13> known{
        "unbefristet", "art",  "kombination", "ablaufhemmung", "stichtag", "teile",  "jahre",
        "monate",      "tage", "beginn",      "rundung",       "name",     "zugriff"};
    for (const auto& [key, value] : node.members) {
      if (!among(known, key)) unknown_key(value.line, key);
    }
    if (const YamlNode* parts = list_in(node, "teile")) {
      for (const YamlNode& part : parts->items) {
        if (part.kind == Kind::map) {
          rule.periods.push_back(period(part));
        } else {
          problem(part.line, "field_wrong", "Ein Teil der Frist besteht nicht aus einzelnen Angaben.");
        }
      }
    } else if (!rule.combination) {
      rule.periods.push_back(period(node));
    }
    return rule;
  }

  std::optional<RawRule> rule_in(const YamlNode& node, const char* key) {
    const YamlNode* const given = map_in(node, key);
    return given == nullptr ? std::nullopt : std::optional(rule(*given));
  }

  RawFields inherited(const YamlNode& node) {
    RawFields fields;
    fields.retention = rule_in(node, "frist");
    fields.limit = rule_in(node, "loeschfrist");
    if (const YamlNode* earlier = list_in(node, "fruehere_fristen")) {
      for (const YamlNode& one : earlier->items) {
        if (one.kind != Kind::map) continue;
        YamlNode bare = one;
        std::erase_if(bare.members, [](const auto& member) { return member.first == "rechtsgrundlage"; });
        fields.earlier.push_back({rule(bare), text_in(one, "rechtsgrundlage")});
      }
    }
    fields.disposal = text_in(node, "aussonderungsart");
    fields.years_at_hand = text_in(node, "transferfrist_jahre");
    fields.legal_basis = text_in(node, "rechtsgrundlage");
    fields.protection = text_in(node, "schutzbedarf");
    fields.personal_data = text_in(node, "personenbezug");
    fields.confidentiality = text_in(node, "vertraulichkeit");
    fields.folder_kind = text_in(node, "aktentyp");
    fields.document_types = texts_in(node, "dokumenttypen");
    fields.search_locks = texts_in(node, "suchsperre");
    fields.access = texts_in(node, "zugriff");
    return fields;
  }

  void read_entries(const YamlNode& root) {
    const YamlNode* const entries = list_in(root, "einheiten");
    if (entries == nullptr || entries->items.empty()) {
      problem(root.line, "no_entries", "Der Aktenplan hat keine Einheiten.");
      return;
    }
    for (const YamlNode& entry : entries->items) read_entry(entry, -1);
  }

  void read_entry(const YamlNode& node, int parent) {
    if (node.kind != Kind::map) {
      problem(node.line, "field_wrong", "Eine Einheit besteht nicht aus einzelnen Angaben.");
      return;
    }
    RawEntry entry;
    entry.line = node.line;
    entry.parent = parent;
    entry.number = text_in(node, "kz");
    entry.title = text_in(node, "titel");
    entry.takes_folders = text_in(node, "aktenbildend");
    entry.id = text_in(node, "id");
    entry.valid_from = text_in(node, "gueltig_von");
    entry.valid_to = text_in(node, "gueltig_bis");
    entry.above = text_in(node, "ueber");
    entry.former_numbers = texts_in(node, "fruehere_kz").value_or(std::vector<RawText>());
    entry.fields = inherited(node);
    for (const auto& [key, value] : node.members) {
      if (among(note_keys, key) && value.kind == Kind::scalar) {
        entry.notes.emplace_back(key, value.text);
      } else if (!among(inherited_keys, key) && !among(entry_keys, key)) {
        unknown_key(value.line, key, entry.number ? entry.number->text : "");
      }
    }
    const int position = static_cast<int>(plan_.entries.size());
    plan_.entries.push_back(std::move(entry));
    if (const YamlNode* below = list_in(node, "einheiten")) {
      for (const YamlNode& child : below->items) read_entry(child, position);
    }
  }

  void read_overrides(const YamlNode& root) {
    const YamlNode* const overrides = list_in(root, "abweichungen");
    if (overrides == nullptr) return;
    for (const YamlNode& node : overrides->items) {
      if (node.kind != Kind::map) {
        problem(node.line, "field_wrong", "Eine Abweichung besteht nicht aus einzelnen Angaben.");
        continue;
      }
      plan_.overrides.push_back({node.line, text_in(node, "kz"), inherited(node)});
    }
  }

  std::vector<PlanProblem>& problems_;
  RawPlan plan_;
};

}  // namespace

RawPlan plan_from_yaml(std::string_view text, std::vector<PlanProblem>& problems) {
  try {
    return YamlPlan(problems).read(read_yaml(text));
  } catch (const YamlRefused& refused) {
    problems.push_back({refused.line, "", refused.code, refused.what});
    return {};
  }
}

}  // namespace eakte::archive

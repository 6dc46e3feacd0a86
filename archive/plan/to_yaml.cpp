#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "archive/file_plan_exchange.h"

namespace eakte::archive {
namespace {

/// A text in double quotes, whatever it holds; what stands for nothing else is left bare by nobody.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string_view word_of(RetentionRule::Kind kind) {
  return kind == RetentionRule::Kind::maximum ? "hoechst"
         : kind == RetentionRule::Kind::fixed ? "fest"
                                              : "mindest";
}

std::string list(const std::vector<std::string>& values) {
  std::vector<std::string> all;
  for (const std::string& value : values) all.push_back(in_quotes(value));
  return fmt::format("[{}]", fmt::join(all, ", "));
}

std::string members_of(const RetentionPeriod& period) {
  std::vector<std::string> members;
  if (!period.name.empty()) members.push_back("name: " + in_quotes(period.name));
  if (period.years != 0 || (period.months == 0 && period.days == 0))
    members.push_back(fmt::format("jahre: {}", period.years));
  if (period.months != 0) members.push_back(fmt::format("monate: {}", period.months));
  if (period.days != 0) members.push_back(fmt::format("tage: {}", period.days));
  members.push_back("beginn: " + in_quotes(period.start_event));
  members.push_back(period.rounding == Rounding::end_of_year ? "rundung: jahresende" : "rundung: taggenau");
  if (period.access_locked) members.emplace_back("zugriff: gesperrt");
  return fmt::format("{}", fmt::join(members, ", "));
}

/// `more` are further members, each behind a comma.
std::string rule_text(const RetentionRule& rule, const std::string& more = {}) {
  if (rule.unlimited) return fmt::format("{{unbefristet: true{}}}", more);
  std::string text = fmt::format("{{art: {}, ", word_of(rule.kind));
  if (rule.combination == RetentionRule::Combination::single) {
    text += members_of(rule.periods.at(0));
  } else {
    std::vector<std::string> parts;
    for (const RetentionPeriod& period : rule.periods)
      parts.push_back(fmt::format("{{{}}}", members_of(period)));
    text += fmt::format("kombination: {}, teile: [{}]",
                        rule.combination == RetentionRule::Combination::latest ? "max" : "stufen",
                        fmt::join(parts, ", "));
  }
  if (!rule.suspension.empty()) text += ", ablaufhemmung: " + in_quotes(rule.suspension);
  return text + more + "}";
}

std::string earlier_text(const std::vector<EarlierRule>& earlier) {
  std::vector<std::string> all;
  for (const EarlierRule& one : earlier) {
    std::string more = fmt::format(", stichtag: \"{}\"", to_iso(one.reference_day));
    if (!one.legal_basis.empty()) more += ", rechtsgrundlage: " + in_quotes(one.legal_basis);
    all.push_back(rule_text(one.rule, more));
  }
  return fmt::format("[{}]", fmt::join(all, ", "));
}

class YamlWriter {
public:
  explicit YamlWriter(const FilePlan& plan) : plan_(plan) {}

  std::string text() && {
    line(0, "schema_version: 1");
    line(0, "aktenplan:");
    line(1, "bezeichnung: " + in_quotes(plan_.title));
    line(1, "version: " + in_quotes(plan_.version));
    if (plan_.valid_from) line(1, "gueltig_von: " + in_quotes(to_iso(*plan_.valid_from)));
    if (plan_.valid_to) line(1, "gueltig_bis: " + in_quotes(to_iso(*plan_.valid_to)));
    if (!plan_.archive.empty()) line(1, "zustaendiges_archiv: " + pairs(plan_.archive));
    if (!plan_.code_lists.empty()) line(0, "codelisten:");
    for (const auto& [name, codes] : plan_.code_lists) line(1, in_quotes(name) + ": " + pairs(codes));
    line(0, "einheiten:");
    write_below("", FilePlanEntry(), 0);
    if (!plan_.overrides.empty()) line(0, "abweichungen:");
    for (const PlanOverride& override_ : plan_.overrides) {
      line(0, fmt::format("- {{kz: {}, frist: {}, rechtsgrundlage: {}}}", in_quotes(override_.number),
                          rule_text(override_.retention), in_quotes(override_.legal_basis)));
    }
    return std::move(text_);
  }

private:
  void line(int level, const std::string& text) {
    text_.append(static_cast<std::size_t>(2 * level), ' ');
    text_ += text;
    text_ += '\n';
  }

  static std::string pairs(const std::vector<std::pair<std::string, std::string>>& all) {
    std::vector<std::string> members;
    for (const auto& [key, value] : all) members.push_back(in_quotes(key) + ": " + in_quotes(value));
    return fmt::format("{{{}}}", fmt::join(members, ", "));
  }

  void write_below(const std::string& parent, const FilePlanEntry& above, int level) {
    for (const FilePlanEntry& entry : plan_.entries) {
      if (entry.parent != parent || entry.number.empty()) continue;
      FilePlanEntry own = entry;  // as the plan itself says
      for (const PlanOverride& override_ : plan_.overrides) {
        if (override_.number != entry.number) continue;
        own.retention = override_.replaced;
        own.legal_basis = override_.replaced_basis;
      }
      write_entry(own, above, level);
      const bool has_children = std::ranges::any_of(
          plan_.entries, [&](const FilePlanEntry& other) { return other.parent == entry.number; });
      if (!has_children) continue;
      line(level + 1, "einheiten:");
      write_below(entry.number, own, level + 1);
    }
  }

  void write_entry(const FilePlanEntry& entry, const FilePlanEntry& above, int level) {
    line(level, "- kz: " + in_quotes(entry.number));
    const auto member = [&](const std::string& text) { line(level + 1, text); };
    if (!entry.id.empty()) member("id: " + in_quotes(entry.id));
    if (!entry.former_numbers.empty()) member("fruehere_kz: " + list(entry.former_numbers));
    member("titel: " + in_quotes(entry.title));
    if (entry.takes_folders) member("aktenbildend: true");
    if (entry.valid_from && entry.valid_from != above.valid_from)
      member("gueltig_von: " + in_quotes(to_iso(*entry.valid_from)));
    if (entry.valid_to && entry.valid_to != above.valid_to)
      member("gueltig_bis: " + in_quotes(to_iso(*entry.valid_to)));
    write_schedule(entry, above, member);
    if (entry.disposal != above.disposal || above.number.empty())
      member(fmt::format("aussonderungsart: {}", code_of(entry.disposal)));
    if (entry.years_at_hand != above.years_at_hand)
      member(fmt::format("transferfrist_jahre: {}", entry.years_at_hand));
    const auto text = [&](const char* key, const std::string& value, const std::string& inherited) {
      if (value != inherited) member(fmt::format("{}: {}", key, in_quotes(value)));
    };
    text("schutzbedarf", entry.protection, above.protection);
    text("personenbezug", entry.personal_data, above.personal_data);
    text("vertraulichkeit", entry.confidentiality, above.confidentiality);
    text("aktentyp", entry.folder_kind, above.folder_kind);
    if (entry.document_types != above.document_types) member("dokumenttypen: " + list(entry.document_types));
    if (entry.search_locks != above.search_locks) member("suchsperre: " + list(entry.search_locks));
    if (entry.access != above.access) member("zugriff: " + list(entry.access));
    for (const auto& [key, value] : entry.notes) member(fmt::format("{}: {}", key, in_quotes(value)));
  }

  template <class Member>
  static void write_schedule(const FilePlanEntry& entry, const FilePlanEntry& above, const Member& member) {
    const bool same = entry.retention == above.retention && entry.earlier == above.earlier &&
                      entry.reference_day == above.reference_day &&
                      (entry.legal_basis == above.legal_basis || !entry.legal_basis.empty());
    const bool scheduled = entry.retention.unlimited || !entry.retention.periods.empty();
    if (scheduled && !same) {
      member("frist: " +
             rule_text(entry.retention, entry.reference_day
                                            ? fmt::format(", stichtag: \"{}\"", to_iso(*entry.reference_day))
                                            : std::string()));
      if (!entry.earlier.empty()) member("fruehere_fristen: " + earlier_text(entry.earlier));
    }
    if (!entry.legal_basis.empty() && (!same || entry.legal_basis != above.legal_basis))
      member("rechtsgrundlage: " + in_quotes(entry.legal_basis));
    if (entry.limit && entry.limit != above.limit) member("loeschfrist: " + rule_text(*entry.limit));
  }

  const FilePlan& plan_;
  std::string text_;
};

}  // namespace

std::string file_plan_to_yaml(const FilePlan& plan) { return YamlWriter(plan).text(); }

}  // namespace eakte::archive

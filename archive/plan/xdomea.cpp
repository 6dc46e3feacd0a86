#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <map>
#include <memory>

#include "archive/error.h"
#include "archive/plan/columns.h"
#include "archive/plan/limits.h"
#include "archive/plan/readers.h"

namespace eakte::archive {
namespace {

// What xdomea has no element for stands in its application specific extension, in the columns of our CSV.
constexpr std::string_view extension = "eakte:aktenplan:1";
constexpr std::string_view namespace_begin = "urn:xoev-de:xdomea:schema:";

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};
using DocumentPointer = std::unique_ptr<xmlDoc, FreeDocument>;

std::string_view name_of(const xmlNode* node) {
  return reinterpret_cast<const char*>(node->name);  // NOLINT: libxml2's characters are unsigned
}

int line_of(const xmlNode* node) { return static_cast<int>(xmlGetLineNo(node)); }

std::vector<const xmlNode*> children(const xmlNode* parent, std::string_view name) {
  std::vector<const xmlNode*> found;
  for (const xmlNode* node = parent->children; node != nullptr; node = node->next) {
    if (node->type == XML_ELEMENT_NODE && name_of(node) == name) found.push_back(node);
  }
  return found;
}

const xmlNode* child(const xmlNode* parent, std::string_view name) {
  if (parent == nullptr) return nullptr;
  const auto found = children(parent, name);
  return found.empty() ? nullptr : found.front();
}

std::string text_of(const xmlNode* node) {
  std::string text;
  for (const xmlNode* part = node->children; part != nullptr; part = part->next) {
    if ((part->type == XML_TEXT_NODE || part->type == XML_CDATA_SECTION_NODE) && part->content != nullptr)
      text += reinterpret_cast<const char*>(part->content);  // NOLINT: as above
  }
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<RawText> text_in(const xmlNode* parent, std::string_view name) {
  const xmlNode* const node = child(parent, name);
  if (node == nullptr) return std::nullopt;
  std::string text = text_of(node);
  if (text.empty()) return std::nullopt;
  return RawText{std::move(text), line_of(node)};
}

class XdomeaPlan {
public:
  explicit XdomeaPlan(std::vector<PlanProblem>& problems) : problems_(problems) {}

  RawPlan read(std::string_view text) {
    const DocumentPointer document = parsed(text);
    const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr) return {};
    const xmlChar* const uri = root->ns != nullptr ? root->ns->href : nullptr;
    const std::string_view schema = uri != nullptr ? reinterpret_cast<const char*>(uri) : "";  // NOLINT
    if (schema.starts_with(namespace_begin) && name_of(root).ends_with("EmpfangBestaetigen.0302")) {
      problem(line_of(root), "not_readable",
              "Das ist nur die Empfangsbestätigung zu einem Aktenplan (0302), nicht der Aktenplan selbst "
              "(0301).");
      return {};
    }
    if (!schema.starts_with(namespace_begin) || !name_of(root).ends_with("Aktenplan.0301")) {
      problem(line_of(root), "not_readable", "Das ist keine xdomea-Nachricht „Aktenplan.Aktenplan.0301“.");
      return {};
    }
    const xmlNode* const plan = child(root, "Aktenplan");
    if (plan == nullptr) {
      problem(line_of(root), "not_readable", "Die Nachricht enthält keinen Aktenplan.");
      return {};
    }
    if (const auto written = text_in(child(root, "Kopf"), "Erstellungszeitpunkt"))
      written_on_ = RawText{written->text.substr(0, 10), written->line};
    read_plan(plan);
    return std::move(plan_);
  }

private:
  void problem(int line, const char* code, std::string reason) {
    problems_.push_back({line, "", code, std::move(reason)});
  }

  DocumentPointer parsed(std::string_view text) {
    if (text.find("<!DOCTYPE") != std::string_view::npos || text.find("<!ENTITY") != std::string_view::npos) {
      problem(1, "too_much", "Die Datei legt einen eigenen Dokumenttyp fest; das ist nicht erlaubt.");
      return nullptr;
    }
    const std::unique_ptr<xmlParserCtxt, FreeContext> context(xmlNewParserCtxt());
    if (!context) throw Error("no memory for an XML parser");
    constexpr int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES;
    DocumentPointer document(xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()),
                                               nullptr, nullptr, options));
    if (!document || document->intSubset != nullptr) {
      std::string reason =
          context->lastError.message != nullptr ? context->lastError.message : "unbekannter Fehler";
      while (reason.ends_with('\n')) reason.pop_back();
      problem(std::max(1, context->lastError.line), "not_readable",
              fmt::format("Das ist kein gültiges XML: {}.", reason));
      return nullptr;
    }
    return document;
  }

  void read_plan(const xmlNode* plan) {
    plan_.line = line_of(plan);
    plan_.title = text_in(plan, "Bezeichnung");
    plan_.version = text_in(plan, "Version");
    plan_.valid_from = text_in(child(plan, "Gueltigkeit"), "Beginn");
    plan_.valid_to = text_in(child(plan, "Gueltigkeit"), "Ende");
    for (const xmlNode* unit : children(plan, "Einheit")) read_unit(unit, -1, 1);
    if (plan_.entries.empty()) problem(plan_.line, "no_entries", "Der Aktenplan hat keine Einheiten.");
  }

  void read_unit(const xmlNode* unit, int parent, std::size_t depth) {
    if (depth > plan_limits::depth || plan_.entries.size() > plan_limits::values / 10) {
      problem(line_of(unit), "too_much", "Der Aktenplan ist zu groß oder zu tief.");
      return;
    }
    const auto below = children(unit, "Einheit");
    const xmlNode* const own = our_extension(unit);
    if (own != nullptr) {
      read_columns(unit, own);
    } else {
      read_elements(unit, below.empty());
    }
    const int position = static_cast<int>(plan_.entries.size()) - 1;
    plan_.entries.back().parent = parent;
    plan_.entries.back().above.reset();
    for (const xmlNode* one : below) read_unit(one, position, depth + 1);
  }

  static const xmlNode* our_extension(const xmlNode* unit) {
    const xmlNode* const node = child(unit, "AnwendungsspezifischeErweiterung");
    const auto kennung = text_in(node, "Kennung");
    return kennung && kennung->text == extension ? node : nullptr;
  }

  static std::optional<RawText> title_of(const xmlNode* unit) {
    auto title = text_in(unit, "Inhaltsangabe");
    return title ? title : text_in(unit, "BetreffKurz");
  }

  void read_columns(const xmlNode* unit, const xmlNode* own) {
    std::map<std::string, RawText, std::less<>> fields;
    for (const xmlNode* field : children(own, "Feld")) {
      const auto name = text_in(field, "Name");
      const auto value = text_in(field, "Wert");
      if (name && value) fields.emplace(name->text, *value);
    }
    const auto cell = [&](std::string_view column) -> std::optional<RawText> {
      if (column == "Kennzeichen") return text_in(unit, "Kennzeichen");
      if (column == "Titel") return title_of(unit);
      const auto found = fields.find(column);
      return found == fields.end() ? std::nullopt : std::optional(found->second);
    };
    plan_columns::read_entry(plan_, line_of(unit), cell, problems_);
  }

  void read_elements(const xmlNode* unit, bool leaf) {
    RawEntry entry;
    entry.line = line_of(unit);
    entry.number = text_in(unit, "Kennzeichen");
    entry.title = title_of(unit);
    entry.takes_folders = RawText{leaf ? "true" : "false", entry.line};
    entry.valid_from = text_in(child(unit, "Gueltigkeit"), "Beginn");
    entry.valid_to = text_in(child(unit, "Gueltigkeit"), "Ende");
    const auto closed = text_in(unit, "Stillgelegt");
    if (closed && (closed->text == "1" || closed->text == "true") && !entry.valid_to)
      entry.valid_to = written_on_;
    // 2.x names the code directly, 3.x inside a choice.
    const xmlNode* action = child(unit, "Aussonderungsart");
    if (const xmlNode* inner = child(action, "Aussonderungsart")) action = inner;
    entry.fields.disposal = text_in(action, "code");
    entry.fields.retention = retention_of(unit);
    plan_.entries.push_back(std::move(entry));
  }

  /// xdomea counts whole years from the closing.
  static std::optional<RawRule> retention_of(const xmlNode* unit) {
    const xmlNode* const duration = child(unit, "Aufbewahrungsdauer");
    if (duration == nullptr) return std::nullopt;
    RawRule rule;
    rule.line = line_of(duration);
    const auto unlimited = text_in(duration, "Unbefristet");
    if (unlimited) {
      rule.unlimited = RawText{"true", rule.line};
      return rule;
    }
    RawPeriod period;
    period.line = rule.line;
    period.years = text_in(duration, "AnzahlJahre");
    if (!period.years) period.years = RawText{text_of(duration), rule.line};
    period.event = RawText{"zdA", rule.line};
    period.rounding = RawText{"jahresende", rule.line};
    rule.periods.push_back(std::move(period));
    return rule;
  }

  std::vector<PlanProblem>& problems_;
  RawPlan plan_;
  std::optional<RawText> written_on_;
};

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      default:
        // XML 1.0 has no place for other control characters.
        out += static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' ? ' ' : c;
    }
  }
  return out;
}

/// Whole years, rounded up, as far as a rule can be told in them.
int years_of(const RetentionRule& rule) {
  int all = 0;
  for (const RetentionPeriod& period : rule.periods) {
    const int days = 365 * period.years + 30 * period.months + period.days;
    const int years = std::max(0, period.months == 0 && period.days == 0 ? period.years : (days + 364) / 365);
    all = rule.combination == RetentionRule::Combination::latest ? std::max(all, years) : all + years;
  }
  return std::min(all, 65535);
}

class XdomeaWriter {
public:
  XdomeaWriter(const FilePlan& plan, const PlanMessage& message) : plan_(plan), message_(message) {}

  std::string text() && {
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<xdomea:Aktenplan.Aktenplan.0301 xmlns:xdomea=\"urn:xoev-de:xdomea:schema:3.1.0\">\n";
    write_head();
    open("Aktenplan");
    element("Bezeichnung", plan_.title);
    element("Version", plan_.version);
    write_below("");
    write_validity(plan_.valid_from, plan_.valid_to);
    close("Aktenplan");
    return text_ + "</xdomea:Aktenplan.Aktenplan.0301>\n";
  }

private:
  void open(std::string_view name) { text_ += fmt::format("<xdomea:{}>\n", name); }
  void close(std::string_view name) { text_ += fmt::format("</xdomea:{}>\n", name); }
  void element(std::string_view name, std::string_view value) {
    text_ += fmt::format("<xdomea:{}>{}</xdomea:{}>\n", name, escaped(value), name);
  }
  void coded(std::string_view name, std::string_view list, std::string_view version, std::string_view code) {
    text_ += fmt::format(
        "<xdomea:{} listURI=\"urn:xoev-de:xdomea:codeliste:{}\" "
        "listVersionID=\"{}\"><code>{}</code></xdomea:{}>\n",
        name, list, version, code, name);
  }

  void write_contact(const char* role, const std::string& name) {
    open(role);
    open("Institution");
    element("Name", name);
    close("Institution");
    close(role);
  }

  void write_head() {
    open("Kopf");
    element("ProzessID", message_.process);
    coded("Nachrichtentyp", "nachrichtentyp", "2.0", "0301");
    element("Erstellungszeitpunkt", message_.written_at);
    write_contact("Absender", message_.sender);
    write_contact("Empfaenger", message_.recipient);
    element("Empfangsbestaetigung", "false");
    close("Kopf");
  }

  void write_validity(const std::optional<Date>& from, const std::optional<Date>& to) {
    if (!from && !to) return;
    open("Gueltigkeit");
    if (from) element("Beginn", to_iso(*from));
    if (to) element("Ende", to_iso(*to));
    close("Gueltigkeit");
  }

  void write_below(const std::string& parent) {
    for (const FilePlanEntry& entry : plan_.entries) {
      if (entry.parent == parent && !entry.number.empty()) write_entry(entry);
    }
  }

  void write_entry(const FilePlanEntry& entry) {
    open("Einheit");
    element("Kennzeichen", entry.number);
    element("Inhaltsangabe", entry.title);
    open("Aussonderungsart");
    coded("Aussonderungsart", "aussonderungsart", "1.0", code_of(entry.disposal));
    close("Aussonderungsart");
    write_validity(entry.valid_from, entry.valid_to);
    const bool closed = entry.valid_to && to_iso(*entry.valid_to) < message_.written_at.substr(0, 10);
    element("Stillgelegt", closed ? "true" : "false");
    open("Aufbewahrungsdauer");
    if (entry.retention.unlimited) {
      element("Unbefristet", "1");
    } else {
      element("AnzahlJahre", std::to_string(years_of(entry.retention)));
    }
    close("Aufbewahrungsdauer");
    write_below(entry.number);
    write_extension(entry);
    close("Einheit");
  }

  void write_extension(const FilePlanEntry& entry) {
    open("AnwendungsspezifischeErweiterung");
    element("Kennung", extension);
    element("Name", "eakte");
    const std::vector<std::string> cells = plan_columns::cells_of(plan_, entry);
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view column = plan_columns::columns.at(i);
      if (cells[i].empty() || column == "Kennzeichen" || column == "Titel" || column == "Übergeordnet")
        continue;
      open("Feld");
      element("Name", column);
      element("Wert", cells[i]);
      close("Feld");
    }
    close("AnwendungsspezifischeErweiterung");
  }

  const FilePlan& plan_;
  const PlanMessage& message_;
  std::string text_;
};

}  // namespace

RawPlan plan_from_xdomea(std::string_view text, std::vector<PlanProblem>& problems) {
  return XdomeaPlan(problems).read(text);
}

std::string file_plan_to_xdomea(const FilePlan& plan, const PlanMessage& message) {
  return XdomeaWriter(plan, message).text();
}

}  // namespace eakte::archive

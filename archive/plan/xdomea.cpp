#include <fmt/format.h>
#include <libxml/parser.h>
#include <libxml/tree.h>

#include <algorithm>
#include <map>
#include <memory>

#include "archive/error.h"
#include "archive/file_plan_receipt.h"
#include "archive/plan/columns.h"
#include "archive/plan/limits.h"
#include "archive/plan/readers.h"
#include "archive/xdomea.h"

namespace eakte::archive {
namespace {

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

  /// Who sent it in which process; nothing where the head does not say.
  std::optional<PlanMessage> head(std::string_view text) {
    const DocumentPointer document = parsed(text);
    const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    if (root == nullptr || !name_of(root).ends_with("Aktenplan.0301")) return std::nullopt;
    const xmlNode* const head = child(root, "Kopf");
    const auto process = text_in(head, "ProzessID");
    const auto sender = text_in(child(child(head, "Absender"), "Institution"), "Name");
    if (!process || !is_uuid(process->text) || !sender) return std::nullopt;
    const auto recipient = text_in(child(child(head, "Empfaenger"), "Institution"), "Name");
    const auto written = text_in(head, "Erstellungszeitpunkt");
    return PlanMessage{process->text, sender->text, recipient ? recipient->text : std::string(),
                       written ? written->text : std::string()};
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
    return kennung && kennung->text == plan_columns::xdomea_extension ? node : nullptr;
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

}  // namespace

RawPlan plan_from_xdomea(std::string_view text, std::vector<PlanProblem>& problems) {
  return XdomeaPlan(problems).read(text);
}

std::optional<PlanMessage> plan_message_of(std::string_view text) {
  if (plan_format_of(text) != PlanFormat::xdomea || text.size() > plan_limits::bytes) return std::nullopt;
  std::vector<PlanProblem> problems;
  return XdomeaPlan(problems).head(text);
}

}  // namespace eakte::archive

#include <fmt/format.h>

#include <algorithm>

#include "archive/file_plan_receipt.h"
#include "archive/plan/columns.h"
#include "archive/xml_text.h"

namespace eakte::archive {
namespace {

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
    write_head("0301");
    element("Empfangsbestaetigung", "false");
    close("Kopf");
    open("Aktenplan");
    element("Bezeichnung", plan_.title);
    element("Version", plan_.version);
    write_below("");
    write_validity(plan_.valid_from, plan_.valid_to);
    close("Aktenplan");
    return text_ + "</xdomea:Aktenplan.Aktenplan.0301>\n";
  }

  /// The same head, and nothing but it.
  std::string receipt() && {
    text_ =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xdomea:Aktenplan.EmpfangBestaetigen.0302 "
        "xmlns:xdomea=\"urn:xoev-de:xdomea:schema:3.1.0\">\n";
    write_head("0302");
    close("Kopf");
    return text_ + "</xdomea:Aktenplan.EmpfangBestaetigen.0302>\n";
  }

private:
  void open(std::string_view name) { text_ += fmt::format("<xdomea:{}>\n", name); }
  void close(std::string_view name) { text_ += fmt::format("</xdomea:{}>\n", name); }
  void element(std::string_view name, std::string_view value) {
    text_ += fmt::format("<xdomea:{}>{}</xdomea:{}>\n", name, xml_escaped(value), name);
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

  /// Left open for what follows.
  void write_head(const char* type) {
    open("Kopf");
    element("ProzessID", message_.process);
    coded("Nachrichtentyp", "nachrichtentyp", "2.0", type);
    element("Erstellungszeitpunkt", message_.written_at);
    write_contact("Absender", message_.sender);
    write_contact("Empfaenger", message_.recipient);
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
    element("Kennung", plan_columns::xdomea_extension);
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

std::string file_plan_to_xdomea(const FilePlan& plan, const PlanMessage& message) {
  return XdomeaWriter(plan, message).text();
}

std::string file_plan_receipt(const PlanMessage& received, const std::string& recipient,
                              const std::string& written_at) {
  return XdomeaWriter({}, {received.process, recipient, received.sender, written_at}).receipt();
}

}  // namespace eakte::archive

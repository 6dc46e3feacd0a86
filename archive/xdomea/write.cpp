#include <fmt/format.h>

#include <string>
#include <string_view>

#include "archive/xdomea.h"
#include "archive/xdomea/characters.h"

namespace eakte::archive {
namespace {

/// Builds XML text; elements are of the message's namespace unless told otherwise.
class XmlText {
public:
  void open(std::string_view name, std::string_view attributes = {}) {
    text_ += fmt::format("{:{}}<xdomea:{}{}>\n", "", 2 * depth_, name, attributes);
    ++depth_;
  }
  void close(std::string_view name) {
    --depth_;
    text_ += fmt::format("{:{}}</xdomea:{}>\n", "", 2 * depth_, name);
  }
  void leaf(std::string_view name, std::string_view value) {
    text_ +=
        fmt::format("{:{}}<xdomea:{}>{}</xdomea:{}>\n", "", 2 * depth_, name, xml_characters(value), name);
  }
  void leaf_if(std::string_view name, std::string_view value) {
    if (!value.empty()) leaf(name, value);
  }
  void truth(std::string_view name, bool value) { leaf(name, value ? "1" : "0"); }
  /// Children of code types have no namespace (XD-01).
  void code(std::string_view name, std::string_view list, std::string_view list_version,
            std::string_view value) {
    text_ += fmt::format(
        "{:{}}<xdomea:{} listURI=\"urn:xoev-de:xdomea:codeliste:{}\" "
        "listVersionID=\"{}\"><code>{}</code></xdomea:{}>\n",
        "", 2 * depth_, name, list, list_version, xml_characters(value), name);
  }
  void foreign_code(std::string_view name, std::string_view value) {
    text_ += fmt::format("{:{}}<xdomea:{} listURI=\"\" listVersionID=\"\"><code>{}</code></xdomea:{}>\n", "",
                         2 * depth_, name, xml_characters(value), name);
  }
  std::string take() && { return std::move(text_); }

private:
  std::string text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  int depth_ = 0;
};

void write_office(XmlText& xml, std::string_view name, const Office& office) {
  xml.open(name);
  if (!office.code.empty()) {
    xml.open("Behoerdenkennung");
    xml.foreign_code("Behoerdenschluessel", office.code);
    xml.close("Behoerdenkennung");
  }
  if (!office.name.empty()) {
    xml.open("Institution");
    xml.leaf("Name", office.name);
    xml.close("Institution");
  }
  if (!office.unit.empty()) {
    xml.open("Organisationseinheit");
    xml.leaf("Name", office.unit);
    xml.close("Organisationseinheit");
  }
  xml.close(name);
}

void write_head(XmlText& xml, const MessageHead& head) {
  xml.open("Kopf");
  xml.leaf("ProzessID", head.process);
  xml.code("Nachrichtentyp", "nachrichtentyp", "2.0", number_of(head.type));
  xml.leaf("Erstellungszeitpunkt", head.created_at);
  write_office(xml, "Absender", head.sender);
  write_office(xml, "Empfaenger", head.recipient);
  if (!head.system.empty()) {
    const auto blank = head.system.rfind(' ');
    xml.open("SendendesSystem");
    xml.leaf("Produktname", head.system.substr(0, blank));
    if (blank != std::string::npos) xml.leaf("Version", head.system.substr(blank + 1));
    xml.close("SendendesSystem");
  }
  xml.leaf_if("Hinweis", head.note);
  if (head.type == MessageType::transfer) {
    xml.truth("Importbestaetigung", true);
    xml.truth("RueckmeldungArchivkennung", head.references_wanted);
  }
  const bool asks = head.type == MessageType::offer || head.type == MessageType::appraisal ||
                    head.type == MessageType::transfer || head.type == MessageType::plan ||
                    head.type == MessageType::plan_appraisal;
  if (asks) xml.truth("Empfangsbestaetigung", head.receipt_wanted);
  xml.close("Kopf");
}

void write_disposal(XmlText& xml, std::string_view code) {
  if (code.empty()) return;
  xml.open("Aussonderungsart");
  xml.code("Aussonderungsart", "aussonderungsart", "1.0", code);
  xml.close("Aussonderungsart");
}

void write_retention(XmlText& xml, const std::optional<int>& years, bool unlimited) {
  if (!years && !unlimited) return;
  xml.open("Aufbewahrungsdauer");
  if (unlimited) {
    xml.truth("Unbefristet", true);
  } else {
    xml.leaf("AnzahlJahre", std::to_string(*years));
  }
  xml.close("Aufbewahrungsdauer");
}

void write_general(XmlText& xml, const RecordObject& object) {
  xml.open("AllgemeineMetadaten");
  xml.leaf_if("Betreff", object.title);
  xml.leaf_if("Kennzeichen", object.reference);
  xml.leaf_if("Bemerkung", object.note);
  if (!object.medium.empty()) xml.code("Medium", "medium", "1.0", object.medium);
  if (!object.plan_entry.empty()) {
    xml.open("Aktenplaneinheit");
    xml.leaf("Kennzeichen", object.plan_entry);
    xml.leaf_if("Inhaltsangabe", object.plan_title);
    xml.close("Aktenplaneinheit");
  }
  xml.close("AllgemeineMetadaten");
}

void write_archival(XmlText& xml, const RecordObject& object) {
  xml.open("ArchivspezifischeMetadaten");
  write_retention(xml, object.retention_years, object.retention_unlimited);
  write_disposal(xml, object.disposal);
  if (!object.proposal.empty())
    xml.code("Bewertungsvorschlag", "bewertungsvorschlag", "1.0", object.proposal);
  xml.leaf_if("Aufbewahrungsende", object.retention_end);
  xml.close("ArchivspezifischeMetadaten");
}

void write_period(XmlText& xml, const RecordObject& object) {
  if (object.begins_on.empty() && object.ends_on.empty()) return;
  xml.open("Laufzeit");
  xml.leaf_if("Beginn", object.begins_on);
  xml.leaf_if("Ende", object.ends_on);
  xml.close("Laufzeit");
}

void write_closing(XmlText& xml, const RecordObject& object) {
  xml.truth("ZdA", object.closed);
  xml.leaf_if("ZdADatum", object.closed_on);
}

void write_history(XmlText& xml, const RecordObject& object) {
  for (const HistoryLine& line : object.history) {
    xml.open("HistorienProtokollInformation");
    xml.leaf_if("MetadatumName", line.field);
    xml.leaf_if("MetadatumAlterWert", line.old_value);
    xml.leaf_if("MetadatumNeuerWert", line.new_value);
    xml.leaf("Akteur", line.actor);
    xml.leaf("DatumUhrzeit", line.at);
    xml.leaf_if("Bemerkung", line.note);
    xml.leaf("Aktion", line.action);
    xml.close("HistorienProtokollInformation");
  }
}

void write_files(XmlText& xml, const RecordObject& object) {
  std::string version;
  for (const RecordFile& file : object.files) {
    if (file.version != version) {
      if (!version.empty()) xml.close("Version");
      version = file.version;
      xml.open("Version");
      xml.leaf("Nummer", version);
    }
    xml.open("Format");
    xml.code("Name", "dateiformat", "1.0", file.format);
    xml.leaf_if("SonstigerName", file.other_format);
    xml.leaf("Version", file.format_version);
    xml.open("Primaerdokument");
    xml.leaf("Dateiname", file.name);
    xml.leaf_if("DateinameOriginal", file.original_name);
    xml.close("Primaerdokument");
    xml.close("Format");
  }
  if (!version.empty()) xml.close("Version");
}

std::string_view record_type(RecordKind kind) {
  if (kind == RecordKind::folder) return "001";
  return kind == RecordKind::document ? "002" : "003";
}

void write_references(XmlText& xml, const RecordObject& object) {
  for (const RecordReference& reference : object.references) {
    xml.open("Verweis");
    xml.leaf_if("ID", reference.id);
    xml.code("SGOTyp", "schriftgutobjekttyp", "1.0", record_type(reference.kind));
    xml.leaf_if("SGOKennzeichen", reference.reference);
    xml.leaf_if("Bemerkung", reference.note);
    xml.close("Verweis");
  }
}

void write_object(XmlText& xml, const RecordObject& object, std::string_view name);

void write_children(XmlText& xml, const RecordObject& object, RecordKind kind, std::string_view name) {
  for (const RecordObject& child : object.children)
    if (child.kind == kind) write_object(xml, child, name);
}

void write_folder(XmlText& xml, const RecordObject& object) {
  write_general(xml, object);
  write_archival(xml, object);
  xml.leaf_if("Standort", object.place);
  xml.leaf_if("Typ", object.type);
  write_period(xml, object);
  write_history(xml, object);
  if (!object.children.empty()) {
    xml.open("Akteninhalt");
    write_children(xml, object, RecordKind::document, "Dokument");
    write_children(xml, object, RecordKind::record_case, "Vorgang");
    write_children(xml, object, RecordKind::folder, "Teilakte");
    xml.close("Akteninhalt");
  }
  write_references(xml, object);
  write_closing(xml, object);
}

void write_case(XmlText& xml, const RecordObject& object) {
  write_general(xml, object);
  write_archival(xml, object);
  xml.leaf_if("Typ", object.type);
  write_closing(xml, object);
  write_period(xml, object);
  write_history(xml, object);
  write_children(xml, object, RecordKind::document, "Dokument");
  write_references(xml, object);
  write_children(xml, object, RecordKind::record_case, "Teilvorgang");
}

void write_document(XmlText& xml, const RecordObject& object) {
  write_general(xml, object);
  xml.leaf_if("FremdesGeschaeftszeichen", object.foreign_reference);
  xml.leaf_if("Posteingangsdatum", object.received_on);
  xml.leaf_if("DatumDesSchreibens", object.document_date);
  xml.leaf_if("Typ", object.type);
  write_history(xml, object);
  write_files(xml, object);
  write_references(xml, object);
  write_children(xml, object, RecordKind::document, "Anlage");
  if (!object.sender.empty()) write_office(xml, "Absender", {object.sender, {}, {}});
  if (!object.recipient.empty()) write_office(xml, "Empfaenger", {object.recipient, {}, {}});
}

void write_object(XmlText& xml, const RecordObject& object, std::string_view name) {
  xml.open(name);
  xml.open("Identifikation");
  xml.leaf("ID", object.id);
  xml.close("Identifikation");
  if (object.kind == RecordKind::folder) write_folder(xml, object);
  if (object.kind == RecordKind::record_case) write_case(xml, object);
  if (object.kind == RecordKind::document) write_document(xml, object);
  xml.close(name);
}

std::string_view element_of(RecordKind kind) {
  if (kind == RecordKind::folder) return "Akte";
  return kind == RecordKind::record_case ? "Vorgang" : "Dokument";
}

void write_unit(XmlText& xml, const PlanUnit& unit) {
  xml.open("Einheit");
  xml.leaf_if("Kennzeichen", unit.number);
  xml.leaf_if("Inhaltsangabe", unit.title);
  xml.leaf("ID", unit.id);
  write_disposal(xml, unit.disposal);
  xml.truth("Stillgelegt", unit.retired);
  write_retention(xml, unit.retention_years, !unit.retention_years);
  for (const PlanUnit& child : unit.children) write_unit(xml, child);
  xml.close("Einheit");
}

void write_plan(XmlText& xml, const PlanForAppraisal& plan) {
  xml.open("Aktenplan");
  xml.leaf("ID", plan.id);
  xml.leaf("Bezeichnung", plan.title);
  xml.leaf("Version", plan.version);
  for (const PlanUnit& unit : plan.units) write_unit(xml, unit);
  xml.close("Aktenplan");
}

void write_appraised(XmlText& xml, std::string_view name, const AppraisedObject& object) {
  xml.open(name);
  xml.leaf("ID", object.id);
  write_disposal(xml, object.code);
  xml.close(name);
}

void write_imported(XmlText& xml, const XdomeaMessage& message, const ImportedObject& object) {
  const bool unit = message.head.type == MessageType::plan_imported;
  const std::string_view name = unit ? "BewerteteAktenplaneinheit" : "AusgesondertesSGO";
  xml.open(name);
  xml.leaf(unit ? "ID" : "IDSGO", object.id);
  xml.truth("Erfolgreich", object.success);
  xml.leaf_if("Fehlermeldung", object.message);
  if (!unit) xml.leaf_if("Archivkennung", object.archive_reference);
  xml.close(name);
}

}  // namespace

std::string write_xdomea(const XdomeaMessage& message) {
  XmlText xml;
  const std::string_view root = root_of(message.head.type);
  xml.open(root, " xmlns:xdomea=\"urn:xoev-de:xdomea:schema:3.1.0\"");
  write_head(xml, message.head);
  for (const RecordObject& object : message.objects) {
    xml.open("Schriftgutobjekt");
    write_object(xml, object, element_of(object.kind));
    xml.close("Schriftgutobjekt");
  }
  const bool catalogue = message.head.type == MessageType::plan_appraisal;
  for (const AppraisedObject& object : message.appraised)
    write_appraised(xml, catalogue ? "BewerteteAktenplaneinheit" : "BewertetesObjekt", object);
  for (const ImportedObject& object : message.imported) write_imported(xml, message, object);
  if (message.plan) write_plan(xml, *message.plan);
  xml.close(root);
  return std::move(xml).take();
}

}  // namespace eakte::archive

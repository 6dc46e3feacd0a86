#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "archive/xdomea.h"
#include "archive/xdomea/grammar.h"
#include "archive/xdomea/tree.h"

namespace eakte::archive {
namespace {

constexpr std::string_view namespace_prefix = "urn:xoev-de:xdomea:schema:";
constexpr std::array<std::string_view, 4> readable{"2.3.0", "2.4.0", "3.0.0", "3.1.0"};
constexpr int deepest_object = 20;

struct TypeName {
  MessageType type;
  std::string_view root;
};
constexpr auto type_names = std::to_array<TypeName>({
    {MessageType::offer, "Aussonderung.Anbieteverzeichnis.0501"},
    {MessageType::appraisal, "Aussonderung.Bewertungsverzeichnis.0502"},
    {MessageType::transfer, "Aussonderung.Aussonderung.0503"},
    {MessageType::offer_received, "Aussonderung.AnbietungEmpfangBestaetigen.0504"},
    {MessageType::appraisal_received, "Aussonderung.BewertungEmpfangBestaetigen.0505"},
    {MessageType::import_report, "Aussonderung.AussonderungImportBestaetigen.0506"},
    {MessageType::transfer_received, "Aussonderung.AussonderungEmpfangBestaetigen.0507"},
    {MessageType::plan, "Aussonderung.AktenplanZurBewertung.0511"},
    {MessageType::plan_received, "Aussonderung.AktenplanZurBewertungEmpfangBestaetigen.0512"},
    {MessageType::plan_appraisal, "Aussonderung.Bewertungskatalog.0513"},
    {MessageType::plan_imported, "Aussonderung.BewertungskatalogImportBestaetigen.0514"},
    {MessageType::plan_appraisal_received, "Aussonderung.BewerteterAktenplanEmpfangBestaetigen.0515"},
});

bool is_true(const std::string& text) {
  return text.find('1') != std::string::npos || text.find("true") != std::string::npos;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c; });
  return text;
}

std::string trimmed(const std::string& text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

std::optional<int> number_from(const std::string& text) {
  const std::string digits = trimmed(text);
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string version_of(const XdomeaNode& root) {
  if (!root.space.starts_with(namespace_prefix))
    throw BadMessage("xdomea_unknown_message", fmt::format("{} is not of xdomea", root.name));
  const std::string version = root.space.substr(namespace_prefix.size());
  if (std::ranges::find(readable, version) == readable.end())
    throw BadMessage("xdomea_version", fmt::format("version {}", version));
  if (root.prefix != "xdomea")
    throw BadMessage("xdomea_structure", fmt::format("line {}: the prefix must be xdomea", root.line));
  return version;
}

MessageType type_of(const XdomeaNode& root) {
  const auto* const found = std::ranges::find(type_names, root.name, &TypeName::root);
  if (found == type_names.end())
    throw BadMessage("xdomea_unknown_message", fmt::format("{} is no message of disposal", root.name));
  return found->type;
}

/// A person where no institution is named.
Office office_from(const XdomeaNode* contact) {
  Office office;
  if (contact == nullptr) return office;
  if (const XdomeaNode* const institution = contact->child("Institution")) {
    office.name = institution->text_of("Name");
    if (office.name.empty()) office.name = institution->text_of("Kurzbezeichnung");
  }
  if (const XdomeaNode* const unit = contact->child("Organisationseinheit"))
    office.unit = unit->text_of("Name");
  if (const XdomeaNode* const code = contact->child("Behoerdenkennung")) {
    office.code = trimmed(code->code_of("Behoerdenschluessel"));
    if (office.code.empty()) office.code = trimmed(code->code_of("Kennung"));
  }
  if (office.name.empty()) {
    if (const XdomeaNode* const person = contact->child("Name")) {
      if (const XdomeaNode* const family = person->child("Familienname"))
        office.name = family->text_of("Name");
    }
  }
  return office;
}

MessageHead head_from(const XdomeaNode& head) {
  MessageHead read;
  read.process = lower(head.text_of("ProzessID"));
  read.created_at = trimmed(head.text_of("Erstellungszeitpunkt"));
  read.sender = office_from(head.child("Absender"));
  read.recipient = office_from(head.child("Empfaenger"));
  if (const XdomeaNode* const system = head.child("SendendesSystem")) {
    read.system = system->text_of("Produktname");
    const std::string version = system->text_of("Version");
    if (!version.empty()) read.system += (read.system.empty() ? "" : " ") + version;
  }
  read.note = head.text_of("Hinweis");
  read.receipt_wanted = is_true(head.text_of("Empfangsbestaetigung"));
  read.references_wanted = is_true(head.text_of("RueckmeldungArchivkennung"));
  return read;
}

/// The disposal code: directly in 2.x, inside a choice in 3.x; empty for one of the sender's own making.
std::string disposal_from(const XdomeaNode& around) {
  const XdomeaNode* const found = around.child("Aussonderungsart");
  if (found == nullptr) return {};
  const std::string direct = trimmed(found->text_of("code"));
  return direct.empty() ? trimmed(found->code_of("Aussonderungsart")) : direct;
}

void read_retention(const XdomeaNode& around, std::optional<int>& years, bool& unlimited) {
  const XdomeaNode* const found = around.child("Aufbewahrungsdauer");
  if (found == nullptr) return;
  unlimited = found->child("Unbefristet") != nullptr;
  years = found->children.empty() ? number_from(found->text) : number_from(found->text_of("AnzahlJahre"));
}

void read_metadata(const XdomeaNode& node, RecordObject& object) {
  if (const XdomeaNode* const general = node.child("AllgemeineMetadaten")) {
    object.title = general->text_of("Betreff");
    object.reference = general->text_of("Kennzeichen");
    object.note = general->text_of("Bemerkung");
    object.medium = trimmed(general->code_of("Medium"));
    if (const XdomeaNode* const unit = general->child("Aktenplaneinheit")) {
      object.plan_entry = unit->text_of("Kennzeichen");
      object.plan_title = unit->text_of("Inhaltsangabe");
    }
  }
  if (const XdomeaNode* const archival = node.child("ArchivspezifischeMetadaten")) {
    read_retention(*archival, object.retention_years, object.retention_unlimited);
    object.disposal = disposal_from(*archival);
    object.proposal = trimmed(archival->code_of("Bewertungsvorschlag"));
    object.retention_end = trimmed(archival->text_of("Aufbewahrungsende"));
  }
  if (const XdomeaNode* const period = node.child("Laufzeit")) {
    object.begins_on = trimmed(period->text_of("Beginn"));
    object.ends_on = trimmed(period->text_of("Ende"));
  }
  object.place = node.text_of("Standort");
  object.type = node.text_of("Typ");
  object.closed = is_true(node.text_of("ZdA"));
  object.closed_on = trimmed(node.text_of("ZdADatum"));
}

HistoryLine history_from(const XdomeaNode& node) {
  const auto either = [&](const char* three, const char* two) {
    const std::string text = node.text_of(three);
    return text.empty() ? node.text_of(two) : text;
  };
  return {.actor = node.text_of("Akteur"),
          .at = trimmed(node.text_of("DatumUhrzeit")),
          .action = node.text_of("Aktion"),
          .field = either("MetadatumName", "Metadatum"),
          .old_value = either("MetadatumAlterWert", "AlterWert"),
          .new_value = either("MetadatumNeuerWert", "NeuerWert"),
          .note = node.text_of("Bemerkung")};
}

void read_version(const XdomeaNode& node, RecordObject& object) {
  for (const XdomeaNode& format : node.children) {
    if (format.name != "Format") continue;
    const XdomeaNode* const file = format.child("Primaerdokument");
    object.files.push_back({.name = file->text_of("Dateiname"),
                            .original_name = file->text_of("DateinameOriginal"),
                            .format = trimmed(format.code_of("Name")),
                            .other_format = format.text_of("SonstigerName"),
                            .format_version = format.text_of("Version"),
                            .version = node.text_of("Nummer")});
    // Signatures in files of their own lie in the container as well.
    const XdomeaNode* const seal = file->child("SignaturSiegel");
    if (seal == nullptr) continue;
    for (const XdomeaNode& one : seal->children) {
      if (one.name == "SignaturSiegelDatei")
        object.files.push_back({.name = one.text,
                                .original_name = {},
                                .format = {},
                                .other_format = {},
                                .format_version = {},
                                .version = node.text_of("Nummer")});
    }
  }
}

RecordReference reference_from(const XdomeaNode& node) {
  const std::string code = trimmed(node.code_of("SGOTyp"));
  const RecordKind kind = code == "002"   ? RecordKind::document
                          : code == "003" ? RecordKind::record_case
                                          : RecordKind::folder;
  return {kind, lower(trimmed(node.text_of("ID"))), node.text_of("SGOKennzeichen"),
          node.text_of("Bemerkung")};
}

RecordObject object_from(const XdomeaNode& node, RecordKind kind, int depth);

void read_children(const XdomeaNode& node, RecordObject& object, int depth) {
  for (const XdomeaNode& child : node.children) {
    if (child.name == "HistorienProtokollInformation") object.history.push_back(history_from(child));
    if (child.name == "Version") read_version(child, object);
    if (child.name == "Verweis") object.references.push_back(reference_from(child));
    if (child.name == "Akteninhalt") read_children(child, object, depth);
    if (child.name == "Dokument")
      object.children.push_back(object_from(child, RecordKind::document, depth + 1));
    if (child.name == "Vorgang" || child.name == "Teilvorgang")
      object.children.push_back(object_from(child, RecordKind::record_case, depth + 1));
    if (child.name == "Teilakte")
      object.children.push_back(object_from(child, RecordKind::folder, depth + 1));
    if (child.name == "Anlage") {
      object.children.push_back(object_from(child, RecordKind::document, depth + 1));
      object.children.back().attachment = true;
    }
  }
}

RecordObject object_from(const XdomeaNode& node, RecordKind kind, int depth) {
  if (depth > deepest_object)
    throw BadMessage("xdomea_too_deep",
                     fmt::format("line {}: nested deeper than {}", node.line, deepest_object));
  RecordObject object;
  object.kind = kind;
  object.id = lower(node.child("Identifikation")->text_of("ID"));
  read_metadata(node, object);
  object.foreign_reference = node.text_of("FremdesGeschaeftszeichen");
  object.received_on = trimmed(node.text_of("Posteingangsdatum"));
  object.document_date = trimmed(node.text_of("DatumDesSchreibens"));
  if (kind == RecordKind::document) {
    object.sender = office_from(node.child("Absender")).name;
    object.recipient = office_from(node.child("Empfaenger")).name;
  }
  read_children(node, object, depth);
  return object;
}

PlanUnit unit_from(const XdomeaNode& node) {
  PlanUnit unit{.id = lower(node.text_of("ID")),
                .number = node.text_of("Kennzeichen"),
                .title = node.text_of("Inhaltsangabe"),
                .disposal = disposal_from(node),
                .retired = is_true(node.text_of("Stillgelegt")),
                .retention_years = std::nullopt,
                .children = {}};
  bool unlimited = false;
  read_retention(node, unit.retention_years, unlimited);
  for (const XdomeaNode& child : node.children)
    if (child.name == "Einheit") unit.children.push_back(unit_from(child));
  return unit;
}

PlanForAppraisal plan_from(const XdomeaNode& node) {
  PlanForAppraisal plan{lower(node.text_of("ID")), node.text_of("Bezeichnung"), node.text_of("Version"), {}};
  for (const XdomeaNode& child : node.children)
    if (child.name == "Einheit") plan.units.push_back(unit_from(child));
  return plan;
}

ImportedObject imported_from(const XdomeaNode& node) {
  ImportedObject object;
  object.id = lower(node.text_of(node.child("IDSGO") != nullptr ? "IDSGO" : "ID"));
  object.success = is_true(node.text_of("Erfolgreich"));
  object.archive_reference = node.text_of("Archivkennung");
  for (const XdomeaNode& child : node.children) {
    std::string text;
    if (child.name == "Fehlermeldung") text = child.text;
    if (child.name == "FehlermeldungCode") {
      text = trimmed(child.text_of("code"));
      const std::string name = child.text_of("name");
      if (!name.empty()) text += " " + name;
    }
    if (!text.empty()) object.message += (object.message.empty() ? "" : "; ") + text;
  }
  return object;
}

/// 2.x tells one outcome for all objects it names.
void read_outcome(const XdomeaNode& node, XdomeaMessage& message) {
  const bool success = is_true(node.text_of("Erfolgreich"));
  for (const XdomeaNode& child : node.children) {
    if (child.name == "Rueckgabeparameter")
      message.imported.push_back({lower(child.text_of("ID")), success, node.text_of("Fehlermeldung"),
                                  child.text_of("Archivkennung")});
  }
  if (message.imported.empty())
    message.whole_import = ImportedObject{"", success, node.text_of("Fehlermeldung"), ""};
}

void read_body(const XdomeaNode& root, XdomeaMessage& message) {
  for (const XdomeaNode& node : root.children) {
    if (node.name == "Schriftgutobjekt") {
      const XdomeaNode& object = node.children.at(0);
      const RecordKind kind = object.name == "Akte"      ? RecordKind::folder
                              : object.name == "Vorgang" ? RecordKind::record_case
                                                         : RecordKind::document;
      message.objects.push_back(object_from(object, kind, 1));
    } else if (node.name == "BewertetesObjekt") {
      message.appraised.push_back({lower(node.text_of("ID")), disposal_from(node)});
    } else if (node.name == "BewerteteAktenplaneinheit") {
      if (message.head.type == MessageType::plan_appraisal) {
        message.appraised.push_back({lower(node.text_of("ID")), disposal_from(node)});
      } else {
        message.imported.push_back(imported_from(node));
      }
    } else if (node.name == "AusgesondertesSGO") {
      message.imported.push_back(imported_from(node));
    } else if (node.name == "ErfolgOderMisserfolg") {
      read_outcome(node, message);
    } else if (node.name == "Aktenplan" && message.head.type == MessageType::plan) {
      message.plan = plan_from(node);
    }
  }
}

void require_different_ids(const XdomeaMessage& message) {
  std::set<std::string> ids;
  const auto take = [&](const std::string& id) {
    if (!ids.insert(id).second) throw BadMessage("xdomea_duplicate_id", fmt::format("{} occurs twice", id));
  };
  for (const RecordObject& object : message.objects)
    for_each_object(object, [&](const RecordObject& one, int) {
      take(one.id);
      for (const RecordFile& file : one.files) take(file.name);
    });
  for (const AppraisedObject& object : message.appraised) take(object.id);
  for (const ImportedObject& object : message.imported) take(object.id);
}

}  // namespace

std::string number_of(MessageType type) { return fmt::format("{:04}", static_cast<int>(type)); }

std::string_view root_of(MessageType type) {
  return std::ranges::find(type_names, type, &TypeName::type)->root;
}

std::optional<MessageType> message_type_from(std::string_view number) {
  const auto* const found =
      std::ranges::find_if(type_names, [&](const TypeName& one) { return one.root.ends_with(number); });
  if (number.size() != 4 || found == type_names.end()) return std::nullopt;
  return found->type;
}

void for_each_object(const RecordObject& object, const std::function<void(const RecordObject&, int)>& visit,
                     int depth) {
  visit(object, depth);
  for (const RecordObject& child : object.children) for_each_object(child, visit, depth + 1);
}

XdomeaMessage read_xdomea(std::string_view xml, const std::filesystem::path& schemas) {
  const XdomeaNode root = parse_xdomea_tree(xml);
  const std::string version = version_of(root);
  const MessageType type = type_of(root);
  const bool three = version.starts_with('3');
  require_structure(root, three ? XdomeaFamily::three : XdomeaFamily::two);
  const XdomeaNode& head = root.children.at(0);
  if (!schemas.empty())
    require_valid(
        xml, schemas / version / (three ? "xdomea.xsd" : "xdomea-Nachrichten-AussonderungDurchfuehren.xsd"));
  XdomeaMessage message;
  message.head = head_from(head);
  message.head.version = version;
  message.head.type = type;
  read_body(root, message);
  require_different_ids(message);
  return message;
}

}  // namespace eakte::archive

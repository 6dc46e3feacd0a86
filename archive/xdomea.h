#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/calendar.h"
#include "archive/error.h"

namespace eakte::archive {

// Messages of xdomea between an office and its archive (XD-01 .. XD-22) as values. Ids of objects, processes
// and files are UUIDs in lower case. Read are 2.3.0, 2.4.0, 3.0.0 and 3.1.0, written is 3.1.0.

/// A message that is not taken. `code` is stable; ingest/reasons.cpp has a German sentence for each; the
/// message of the exception tells line and name.
struct BadMessage : Error {
  BadMessage(std::string reason_code, const std::string& message)
      : Error(message), code(std::move(reason_code)) {}
  std::string code;
};

/// The messages of disposal (XD-03), named by their numbers.
enum class MessageType {
  offer = 501,               ///< 0501 Anbieteverzeichnis
  appraisal = 502,           ///< 0502 Bewertungsverzeichnis
  transfer = 503,            ///< 0503 Aussonderung
  offer_received = 504,      ///< 0504
  appraisal_received = 505,  ///< 0505
  import_report = 506,       ///< 0506 AussonderungImportBestaetigen
  transfer_received = 507,   ///< 0507
  plan = 511,                ///< 0511 AktenplanZurBewertung
  plan_received = 512,       ///< 0512
  plan_appraisal = 513,      ///< 0513 Bewertungskatalog
  plan_imported = 514,       ///< 0514 BewertungskatalogImportBestaetigen
  plan_appraisal_received = 515
};
/// "0501".
std::string number_of(MessageType type);
/// The root element without prefix, "Aussonderung.Anbieteverzeichnis.0501".
std::string_view root_of(MessageType type);
std::optional<MessageType> message_type_from(std::string_view number);

/// A sender or recipient.
struct Office {
  std::string name;  ///< Institution
  std::string unit;  ///< Organisationseinheit
  std::string code;  ///< Behördenkennung, Behördenschlüssel
  bool operator==(const Office&) const = default;
};

struct MessageHead {
  std::string version;  ///< "3.1.0"
  MessageType type{};
  std::string process;
  std::string created_at;  ///< xs:dateTime as it stands there
  Office sender;
  Office recipient;
  std::string system;  ///< SendendesSystem: product and version
  std::string note;    ///< Hinweis
  bool receipt_wanted = false;
  bool references_wanted = false;  ///< RueckmeldungArchivkennung of a 0503
  bool operator==(const MessageHead&) const = default;
};

/// One line of an object's history (HistorienProtokollInformation).
struct HistoryLine {
  std::string actor;
  std::string at;
  std::string action;
  std::string field;
  std::string old_value;
  std::string new_value;
  std::string note;
  bool operator==(const HistoryLine&) const = default;
};

/// A primary file of a document (Format with Primaerdokument).
struct RecordFile {
  std::string name;           ///< in the container: "<UUID>_<name>.<ext>" (XD-11)
  std::string original_name;  ///< as received
  std::string format;         ///< code of the list dateiformat, "044"
  std::string other_format;   ///< when the code is 100
  std::string format_version;
  std::string version;  ///< number of the document's version
  bool operator==(const RecordFile&) const = default;
};

enum class RecordKind { folder, record_case, document };  // Akte, Vorgang, Dokument

/// Another object this one belongs together with (Verweis).
struct RecordReference {
  RecordKind kind = RecordKind::folder;
  std::string id;
  std::string reference;  ///< SGOKennzeichen
  std::string note;
  bool operator==(const RecordReference&) const = default;
};

/// A Schriftgutobjekt with what it contains.
struct RecordObject {
  RecordKind kind = RecordKind::folder;
  std::string id;
  std::string title;
  std::string reference;
  std::string note;
  std::string medium;  ///< code 001, 002, 003
  std::string place;   ///< Standort of a folder: where its paper lies
  std::string plan_entry;
  std::string plan_title;
  std::optional<int> retention_years;
  bool retention_unlimited = false;
  std::string disposal;       ///< Aussonderungsart A, B, V
  std::string proposal;       ///< Bewertungsvorschlag A, V
  std::string retention_end;  ///< "2025-12-31"; in 2.x "2025"
  std::string begins_on;
  std::string ends_on;
  bool closed = false;  ///< ZdA
  std::string closed_on;
  std::string type;
  std::string foreign_reference;
  std::string received_on;
  std::string document_date;
  std::string sender;
  std::string recipient;
  bool attachment = false;  ///< Anlage of the document around it
  std::vector<HistoryLine> history;
  std::vector<RecordFile> files;
  std::vector<RecordReference> references;
  std::vector<RecordObject> children;  ///< of a folder also its parts (Teilakten)
  bool operator==(const RecordObject&) const = default;
};

/// BewertetesObjekt of a 0502, BewerteteAktenplaneinheit of a 0513.
struct AppraisedObject {
  std::string id;
  std::string code;  ///< A, B, V; empty for one of the sender's own making
  bool operator==(const AppraisedObject&) const = default;
};

/// AusgesondertesSGO of a 0506, BewerteteAktenplaneinheit of a 0514.
struct ImportedObject {
  std::string id;
  bool success = false;
  std::string message;  ///< Fehlermeldung, several joined by "; "
  std::string archive_reference;
  bool operator==(const ImportedObject&) const = default;
};

/// An entry of the file plan of a 0511.
struct PlanUnit {
  std::string id;
  std::string number;
  std::string title;
  std::string disposal;
  bool retired = false;
  std::optional<int> retention_years;  ///< nothing: unlimited
  std::vector<PlanUnit> children;
  bool operator==(const PlanUnit&) const = default;
};

struct PlanForAppraisal {
  std::string id;
  std::string title;
  std::string version;
  std::vector<PlanUnit> units;
  bool operator==(const PlanForAppraisal&) const = default;
};

struct XdomeaMessage {
  MessageHead head;
  std::vector<RecordObject> objects;       ///< 0501, 0503
  std::vector<AppraisedObject> appraised;  ///< 0502, 0513
  std::vector<ImportedObject> imported;    ///< 0506, 0514
  /// Of a 2.x 0506 that names no object: its outcome, without id. Nothing else has it.
  std::optional<ImportedObject> whole_import;
  std::optional<PlanForAppraisal> plan;  ///< 0511
  bool operator==(const XdomeaMessage&) const = default;
};

/// Reads a message. Own structural checks are always made: namespace and prefix (XD-01), every child known
/// and in its place, ids, dates and codes, no id twice. What message it is, the root says: there are senders
/// whose Nachrichtentyp states the number of the message they answer. With `schemas` (the directory that
/// holds 2.3.0, 3.1.0, ...) it must be valid against the XSD as well. No network, no entities, no DTD.
/// Throws BadMessage.
XdomeaMessage read_xdomea(std::string_view xml, const std::filesystem::path& schemas = {});

/// The message as 3.1.0. `head.version` is ignored. Characters XML does not know become blanks.
std::string write_xdomea(const XdomeaMessage& message);

/// JSON of a message and back, for the worker's reply and for programs. Throws Error on another form.
std::string xdomea_to_json(const XdomeaMessage& message);
XdomeaMessage xdomea_from_json(std::string_view json);

/// Calls `visit` for the object and everything in it, parents first.
void for_each_object(const RecordObject& object,
                     const std::function<void(const RecordObject& object, int depth)>& visit, int depth = 1);

/// A new random UUID (version 4).
std::string new_uuid();
/// Whether `text` has the form of a UUID.
bool is_uuid(std::string_view text);
/// The UUID that stands for an id (the same 128 bits) and back; nothing when it is not one of ours.
std::string uuid_of(std::string_view id);
std::optional<std::string> id_from_uuid(std::string_view uuid);
/// A UUID (version 8) that always is the same for a name.
std::string named_uuid(std::string_view name);

}  // namespace eakte::archive

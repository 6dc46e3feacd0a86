#include "archive/disposal/record_objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/disposal/record_references.h"
#include "archive/xdomea/characters.h"

namespace eakte::archive {
namespace {

constexpr std::string_view electronic = "001";
constexpr std::size_t longest_name = 60;
constexpr int deepest_object = 5;  // XD-22

/// What an entry of the audit trail means in a history, in German.
std::string_view german_action(std::string_view action) {
  struct Word {
    std::string_view action;
    std::string_view german;
  };
  constexpr auto words = std::to_array<Word>({{"folder.added", "angelegt"},
                                              {"case.added", "angelegt"},
                                              {"document.filed", "abgelegt"},
                                              {"document.confirmed", "Angaben bestätigt oder berichtigt"},
                                              {"document.completed", "nachträglich gelesen"},
                                              {"document.text_corrected", "erkannten Text berichtigt"},
                                              {"document.text_restored", "Textberichtigung zurückgenommen"},
                                              {"case.closed", "geschlossen (z. d. A.)"},
                                              {"folder.closed", "geschlossen (z. d. A.)"},
                                              {"case.reopened", "wieder geöffnet"},
                                              {"folder.reopened", "wieder geöffnet"},
                                              {"folder.event", "Ereignis der Frist eingetragen"},
                                              {"folder.suspended", "Ablaufhemmung begonnen"},
                                              {"folder.offered", "dem Archiv angeboten"},
                                              {"folder.appraised", "vom Archiv bewertet"},
                                              {"folder.transferred", "an das Archiv abgegeben"},
                                              {"folder.transfer_failed", "Übernahme ist gescheitert"},
                                              {"hold.placed", "Löschsperre gesetzt"},
                                              {"hold.lifted", "Löschsperre aufgehoben"}});
  const auto* const found = std::ranges::find(words, action, &Word::action);
  return found == words.end() ? action : found->german;
}

std::vector<HistoryLine> history_of(Connection& connection, const std::string& id) {
  std::vector<HistoryLine> lines;
  for (const Row& row : connection.query(
           "SELECT actor, at, action FROM audit_trail WHERE subject = ? ORDER BY sequence", {id})) {
    HistoryLine line;
    line.actor = without_foreign_characters(row.text("actor"));
    line.at = row.text("at");
    line.action = german_action(row.text("action"));
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string medium_code(const std::string& medium) {
  if (medium == "hybrid") return "002";
  return medium == "paper" ? "003" : std::string(electronic);
}

/// Code of the list dateiformat and the usual extension.
struct FileKind {
  std::string_view media_type;
  std::string_view code;
  std::string_view extension;
};
constexpr auto file_kinds = std::to_array<FileKind>({
    {"application/pdf", "018", "pdf"},
    {"image/tiff", "024", "tiff"},
    {"image/jpeg", "011", "jpg"},
    {"image/png", "019", "png"},
    {"image/bmp", "001", "bmp"},
    {"text/plain", "045", "txt"},
    {"text/csv", "002", "csv"},
    {"text/html", "008", "html"},
    {"application/rtf", "022", "rtf"},
    {"application/msword", "003", "doc"},
    {"application/vnd.ms-excel", "028", "xls"},
    {"application/vnd.ms-powerpoint", "020", "ppt"},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "035", "docx"},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "036", "xlsx"},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", "037", "pptx"},
    {"application/vnd.oasis.opendocument.text", "015", "odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", "014", "ods"},
    {"application/vnd.oasis.opendocument.presentation", "013", "odp"},
    {"image/jp2", "100", "jp2"},
    {"image/webp", "100", "webp"},
});

/// "2u" when the checker found the archive file to be PDF/A-2u; empty when it is none.
std::string pdfa_level(const std::string& processing) {
  const auto record = nlohmann::json::parse(processing, nullptr, false);
  if (!record.is_object() || !record.contains("pdfa")) return {};
  const auto verdict = record["pdfa"].value("archive", nlohmann::json::object());
  const std::string standard = verdict.value("standard", "");
  const auto dash = standard.rfind('-');
  if (!verdict.value("valid", false) || dash == std::string::npos) return {};
  return standard.substr(dash + 1);
}

std::string stem_of(const std::string& name) { return name.substr(0, name.rfind('.')); }

RecordFile file_of(const Document& document, const Rendition& rendition) {
  const std::string media_type = rendition.media_type.substr(0, rendition.media_type.find(';'));
  const auto* const kind = std::ranges::find(file_kinds, media_type, &FileKind::media_type);
  const bool known = kind != file_kinds.end();
  const std::string original = without_foreign_characters(document.content.original_name);
  const bool received = rendition.role == RenditionRole::original;
  const std::string extension = known ? std::string(kind->extension) : "bin";
  RecordFile file;
  file.version = "1";
  file.format = known ? kind->code : "100";
  if (file.format == "100") file.other_format = media_type;
  file.original_name = received || original.empty() ? original : stem_of(original) + "." + extension;
  const std::string level = pdfa_level(document.content.processing);
  if (rendition.role == RenditionRole::pdfa && !level.empty()) {
    file.format = "044";
    file.format_version = level;
  }
  const std::string readable =
      ascii_name(original.empty() ? document.content.fields.title : stem_of(original), longest_name);
  const std::string uuid = named_uuid(fmt::format("file:{}:{}", document.id.text, name_of(rendition.role)));
  file.name = fmt::format("{}{}{}.{}", uuid, readable.empty() ? "" : "_", readable, extension);
  return file;
}

/// Archive file and original; the original of a part of a batch is the whole batch, with what belongs to
/// other folders, and stays here.
void add_files(const Document& document, RecordObject& object, std::map<std::string, std::string>& files) {
  std::string archived;
  for (const RenditionRole role : {RenditionRole::pdfa, RenditionRole::original}) {
    for (const Rendition& rendition : document.content.renditions) {
      if (rendition.role != role || rendition.object.sha256 == archived) continue;
      if (role == RenditionRole::original && document.content.source == "batch") {
        object.note =
            "Das Original ist Teil eines gemeinsam gescannten Stapels und wird als Archivfassung abgegeben.";
        continue;
      }
      const RecordFile file = file_of(document, rendition);
      files[file.name] = rendition.object.sha256;
      object.files.push_back(file);
      if (role == RenditionRole::pdfa) archived = rendition.object.sha256;
    }
  }
}

/// How many levels an object has, its own among them.
int height_of(const RecordObject& object) {
  int height = 0;
  for_each_object(object, [&](const RecordObject&, int depth) { height = std::max(height, depth); });
  return height;
}

/// Builds the objects of folders.
class FolderObjects {
public:
  FolderObjects(Connection& connection, const FilePlan& plan, const std::set<FolderId>& members,
                std::map<std::string, std::string>* files)
      : connection_(connection), plan_(plan), members_(members), files_(files) {}

  /// The folder with its parts that are members. What would lie too deep is left to be an object of its own.
  RecordObject folder(const FolderId& id, int depth) {
    const auto record = load_folder_record(connection_, plan_, id);
    if (!record) throw NotFound(fmt::format("there is no folder {}", id.text));
    RecordObject object = folder(*record);
    for (const Row& row :
         connection_.query("SELECT id FROM folder WHERE parent = ? ORDER BY id", {id.text})) {
      const FolderId part{row.text("id")};
      if (!members_.contains(part)) continue;
      RecordObject child = folder(part, depth + 1);
      if (depth + height_of(child) > deepest_object) {
        child.references.push_back({RecordKind::folder, object.id, object.reference, "Teil von"});
        apart_.push_back(std::move(child));
      } else {
        object.children.push_back(std::move(child));
      }
    }
    return object;
  }

  /// What lay too deep.
  std::vector<RecordObject> take_apart() { return std::exchange(apart_, {}); }

private:
  RecordObject folder(const FolderRecord& record) {
    RecordObject object;
    object.id = uuid_of(record.about.id.text);
    object.title = without_foreign_characters(record.about.title);
    object.reference = without_foreign_characters(record.about.reference);
    add_place(record.about.id, object);
    object.begins_on =
        to_iso(record.closed_on ? std::min(record.begins_on, *record.closed_on) : record.begins_on);
    add_disposal(record, object);
    close(record.closed_on, object);
    add_history(record.about.id.text, object);
    object.children = documents(record.about.id.text, "");
    for (const CaseRecord& one : record.cases) object.children.push_back(record_case(record, one));
    return object;
  }

  void add_place(const FolderId& id, RecordObject& object) {
    const Row row = connection_.query("SELECT medium, place FROM folder WHERE id = ?", {id.text}).at(0);
    object.medium = medium_code(row.text("medium"));
    object.place = without_foreign_characters(row.text("place"));
  }

  void add_disposal(const FolderRecord& record, RecordObject& object) const {
    object.disposal = code_of(record.disposal);
    if (record.disposal == DisposalAction::transfer) object.proposal = "A";
    if (record.disposal == DisposalAction::destroy) object.proposal = "V";
    if (record.retention.end) object.retention_end = to_iso(*record.retention.end);
    const FilePlanEntry* const entry = plan_.find(record.about.plan_entry);
    object.plan_entry = without_foreign_characters(record.about.plan_entry);
    if (entry == nullptr) return;
    object.plan_title = without_foreign_characters(entry->title);
    object.retention_years = years_of(entry->retention);
    object.retention_unlimited = entry->retention.unlimited;
  }

  static void close(const std::optional<Date>& closed_on, RecordObject& object) {
    object.closed = closed_on.has_value();
    if (!closed_on) return;
    object.closed_on = to_iso(*closed_on);
    object.ends_on = object.closed_on;
  }

  void add_history(const std::string& id, RecordObject& object) {
    object.references = references_of(connection_, id);
    if (files_ != nullptr) object.history = history_of(connection_, id);
  }

  RecordObject record_case(const FolderRecord& folder, const CaseRecord& one) {
    RecordObject object;
    object.kind = RecordKind::record_case;
    object.id = uuid_of(one.about.id.text);
    object.title = without_foreign_characters(one.about.title);
    object.reference = without_foreign_characters(one.about.reference);
    object.medium = electronic;
    object.disposal = code_of(folder.disposal);
    close(one.closed_on, object);
    add_history(one.about.id.text, object);
    object.children = documents(folder.about.id.text, one.about.id.text);
    return object;
  }

  std::vector<RecordObject> documents(const std::string& folder, const std::string& record_case) {
    std::vector<RecordObject> objects;
    for (const Row& row :
         connection_.query("SELECT id FROM document WHERE folder = ? AND "
                           "coalesce(record_case, '') = ? AND state <> 'withdrawn' AND draft = 0 ORDER BY "
                           "id",
                           {folder, record_case}))
      objects.push_back(document(load_document(connection_, {row.text("id")}).value()));
    return objects;
  }

  RecordObject document(const Document& document) {
    const NewDocument& content = document.content;
    RecordObject object;
    object.kind = RecordKind::document;
    object.id = uuid_of(document.id.text);
    object.title = without_foreign_characters(content.fields.title);
    object.medium = electronic;
    object.foreign_reference = without_foreign_characters(content.fields.reference);
    object.received_on = to_iso(content.received_on);
    if (content.fields.document_date) object.document_date = to_iso(*content.fields.document_date);
    object.type = without_foreign_characters(content.fields.document_type);
    object.sender = without_foreign_characters(content.fields.sender);
    object.recipient = without_foreign_characters(content.fields.recipient);
    add_history(document.id.text, object);
    if (files_ != nullptr) add_files(document, object, *files_);
    return object;
  }

  Connection& connection_;
  const FilePlan& plan_;
  const std::set<FolderId>& members_;
  std::vector<RecordObject> apart_;
  std::map<std::string, std::string>* files_;
};

/// Years of one period, rounded up.
int years_in(const RetentionPeriod& period) {
  constexpr int months_in_year = 12;
  constexpr int days_in_year = 365;
  return period.years + (period.months + months_in_year - 1) / months_in_year +
         (period.days + days_in_year - 1) / days_in_year;
}

}  // namespace

std::optional<int> years_of(const RetentionRule& rule) {
  if (rule.unlimited || rule.periods.empty()) return std::nullopt;
  int years = 0;
  for (const RetentionPeriod& period : rule.periods)
    years = rule.combination == RetentionRule::Combination::stages ? years + years_in(period)
                                                                   : std::max(years, years_in(period));
  if (years < 0) return std::nullopt;
  return years;
}

std::vector<RecordObject> objects_of(Connection& connection, const FilePlan& plan,
                                     const std::vector<FolderId>& folders,
                                     std::map<std::string, std::string>* files) {
  const std::set<FolderId> members(folders.begin(), folders.end());
  FolderObjects objects(connection, plan, members, files);
  std::vector<RecordObject> roots;
  for (const FolderId& id : folders) {
    const Rows rows =
        connection.query("SELECT coalesce(parent, '') AS parent FROM folder WHERE id = ?", {id.text});
    if (rows.empty()) throw NotFound(fmt::format("there is no folder {}", id.text));
    if (members.contains({rows[0].text("parent")})) continue;  // it comes with the folder around it
    roots.push_back(objects.folder(id, 1));
    for (RecordObject& part : objects.take_apart()) roots.push_back(std::move(part));
  }
  return roots;
}

std::map<std::string, FolderId> folders_in(const RecordObject& object) {
  std::map<std::string, FolderId> folders;
  const std::function<void(const RecordObject&, FolderId)> add = [&](const RecordObject& one,
                                                                     FolderId around) {
    if (one.kind == RecordKind::folder) around = {id_from_uuid(one.id).value()};
    folders.emplace(one.id, around);
    for (const RecordObject& child : one.children) add(child, around);
  };
  add(object, {});
  return folders;
}

}  // namespace eakte::archive

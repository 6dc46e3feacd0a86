#include "archive/destruction_steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/destruction/drafts.h"
#include "archive/destruction/pseudonym.h"
#include "archive/destruction/record.h"
#include "archive/destruction/rows.h"
#include "archive/document_proof.h"

namespace eakte::archive {
namespace {

/// Folders of one commit: enough that a thousand do not wait for a thousand syncs of the disk.
constexpr std::int64_t folders_at_once = 50;

void plan_file(Connection& connection, const DestructionId& destruction, const std::string& owner,
               const std::string& role, const std::string& sha256, std::int64_t size) {
  connection.execute(
      "INSERT OR IGNORE INTO destroyed_file(destruction, owner, role, sha256, size, fate) VALUES(?, ?, ?, ?, "
      "?, 'planned')",
      {destruction.text, owner, role, sha256, size});
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

/// Objects only an earlier revision named: corrections that were replaced since.
void plan_former_objects(Connection& connection, const Archive& archive, const DestructionId& destruction,
                         const Document& document, const std::string& manifest) {
  const auto file = archive.directory() / manifest_path(document, manifest);
  const auto read = nlohmann::json::parse(content_of(file), nullptr, false);
  if (!read.is_object() || !read.contains("renditions")) return;  // gone or damaged: verify tells of it
  for (const auto& rendition : read["renditions"]) {
    const auto sha256 = rendition.value("sha256", std::string());
    const bool current = std::ranges::any_of(
        document.content.renditions, [&](const Rendition& one) { return one.object.sha256 == sha256; });
    if (!sha256.empty() && !current)
      plan_file(connection, destruction, document.id.text, "former", sha256,
                rendition.value("size", std::int64_t{0}));
  }
}

void plan_document(Connection& connection, const Archive& archive, const DestructionId& destruction,
                   const Document& document) {
  const DocumentFields& fields = document.content.fields;
  connection.execute(
      "INSERT INTO destroyed_document(document, destruction, intake, received_on, person) VALUES(?, ?, ?, ?, "
      "?)",
      {document.id.text, destruction.text, document.content.intake.text, to_iso(document.content.received_on),
       pseudonym_of(connection, fields.sender.empty() ? fields.recipient : fields.sender)});
  for (const Rendition& rendition : document.content.renditions) {
    plan_file(connection, destruction, document.id.text, std::string(name_of(rendition.role)),
              rendition.object.sha256, static_cast<std::int64_t>(rendition.object.size));
  }
  for (const StoredObject& object : forget_proof_of(connection, document.id)) {
    plan_file(connection, destruction, document.id.text, "proof", object.sha256,
              static_cast<std::int64_t>(object.size));
  }
  for (const Row& row : connection.query(
           "SELECT DISTINCT json_extract(detail, '$.manifest') AS manifest FROM audit_trail WHERE "
           "subject = ? AND json_valid(detail)",
           {document.id.text})) {
    const std::string manifest = row.text("manifest");
    if (manifest.empty()) continue;
    if (manifest != document.manifest_sha256)
      plan_former_objects(connection, archive, destruction, document, manifest);
    plan_file(connection, destruction, document.id.text, "manifest", manifest, 0);
  }
}

void delete_document(Connection& connection, const DocumentId& id) {
  for (const char* sql : {"DELETE FROM page WHERE document = ?", "DELETE FROM proposal WHERE document = ?",
                          "DELETE FROM rendition WHERE document = ?", "DELETE FROM document WHERE id = ?"}) {
    connection.execute(sql, {id.text});
  }
  take_revision(connection, id);  // the views learn that it is gone
}

/// Plans and deletes the documents. False when ingest is at work on one of them; then nothing has changed.
bool forget_documents(Connection& connection, const Archive& archive, const DestructionId& destruction,
                      const FolderId& folder, std::vector<DocumentId> ids,
                      const std::vector<IntakeId>& intakes, const ForgetIntakes& forget) {
  const auto forgotten = forget(connection, ids, intakes);
  if (!forgotten) return false;
  for (const DocumentId& companion : forgotten->documents) {
    const auto document = load_document(connection, companion);
    const bool here =
        document && (document->content.fields.folder.empty() || document->content.fields.folder == folder);
    if (here && std::ranges::find(ids, companion) == ids.end()) ids.push_back(companion);
  }
  for (const DocumentId& id : ids) {
    plan_document(connection, archive, destruction, load_document(connection, id).value());
    delete_document(connection, id);
  }
  for (const ForgottenIntakes::Received& one : forgotten->received) {
    plan_file(connection, destruction, one.intake.text, "received", one.object.sha256,
              static_cast<std::int64_t>(one.object.size));
  }
  return true;
}

/// What stays of the folder is its id, reference and entry; people's words about it go.
void empty_folder(Connection& connection, const FolderId& id) {
  connection.execute("UPDATE folder SET status = 'destroyed', title = '', place = '' WHERE id = ?",
                     {id.text});
  connection.execute("UPDATE record_case SET title = '' WHERE folder = ?", {id.text});
  connection.execute("DELETE FROM folder_event WHERE folder = ?", {id.text});
  connection.execute("UPDATE refiling SET reason = '', decision_reason = '' WHERE folder = ?", {id.text});
  connection.execute("UPDATE disposal_hold SET reason = '', lift_reason = '' WHERE folder = ?", {id.text});
  connection.execute(
      "UPDATE disposal_process SET withdraw_reason = '' WHERE id IN (SELECT process FROM disposal_object "
      "WHERE "
      "folder = ?)",
      {id.text});
  connection.execute("UPDATE paper_handover SET items = '' WHERE folder = ?", {id.text});
  connection.execute("UPDATE destruction SET withdraw_reason = '' WHERE folder = ? AND state = 'withdrawn'",
                     {id.text});
}

std::vector<DocumentId> documents_in(Connection& connection, const FolderId& folder) {
  std::vector<DocumentId> ids;
  for (const Row& row :
       connection.query("SELECT id FROM document WHERE folder = ? ORDER BY id", {folder.text}))
    ids.push_back({row.text("id")});
  return ids;
}

void stop(Connection& connection, const Destruction& approved, const std::string& code) {
  connection.execute(
      "UPDATE destruction SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by = 'system', "
      "withdraw_reason "
      "= ? WHERE id = ?",
      {now_utc(), code, approved.id.text});
  append_audit_entry(connection,
                     {"system", "destruction.stopped", approved.folder.text,
                      fmt::format(R"({{"destruction":"{}","code":"{}"}})", approved.id.text, code)});
}

/// The code of what has come between since the approval; nothing when it may go on.
std::optional<std::string> what_stops(Connection& connection, const FilePlan& plan,
                                      const FolderRecord& folder, const Destruction& approved, Date today) {
  const auto allowed = allowed_destruction(connection, plan, folder, today);
  if (const auto* const code = std::get_if<std::string>(&allowed)) return *code;
  if (is_held(connection, folder.about.id, approved.proposed_at)) return "hold_placed_meanwhile";
  return std::nullopt;
}

void begin_one(Connection& connection, const Archive& archive, const Destruction& approved, Date today,
               const ForgetIntakes& forget, const std::string& actor, BegunDestructions& outcome) {
  const auto folder = load_folder_record(connection, archive.file_plan(), approved.folder);
  if (const auto code = what_stops(connection, archive.file_plan(), folder.value(), approved, today)) {
    stop(connection, approved, *code);
    ++outcome.stopped;
    return;
  }
  if (!forget_documents(connection, archive, approved.id, approved.folder,
                        documents_in(connection, approved.folder), {}, forget)) {
    ++outcome.waiting;
    return;
  }
  connection.execute(
      "UPDATE destruction SET state = 'begun', begun_at = ?, executed_by = ?, record = ? WHERE id = ?",
      {now_utc(), actor, draft_record(archive, *folder, approved, actor), approved.id.text});
  empty_folder(connection, approved.folder);
  append_audit_entry(connection, {actor, "destruction.begun", approved.folder.text,
                                  fmt::format(R"({{"destruction":"{}"}})", approved.id.text)});
  ++outcome.begun;
}

using Json = nlohmann::ordered_json;

/// The folder as the log knows it; a backup from before its time does not have it.
void insert_missing_folder(Connection& connection, const Json& record) {
  const Json& folder = record.at("folder");
  const auto id = folder.at("id").get<std::string>();
  if (!connection.query("SELECT 1 FROM folder WHERE id = ?", {id}).empty()) return;
  // Its reference may have been given to another folder by now; the id never is.
  connection.execute(
      "INSERT INTO folder(id, reference, reference_key, title, plan_entry, created_at, status) VALUES(?, ?, "
      "?, '', ?, ?, 'open')",
      {id, folder.at("reference").get<std::string>(), id,
       record.at("plan_entry").at("number").get<std::string>(), now_utc()});
}

/// The row of a destruction as the log tells of it.
void insert_logged(Connection& connection, const LoggedDestruction& logged, const Json& record,
                   const std::string& actor) {
  const auto folder = record.at("folder").at("id").get<std::string>();
  if (record.at("basis").at("kind").get<std::string>() != "draft") {
    connection.execute(
        "UPDATE destruction SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by = ?, withdraw_reason = "
        "'' "
        "WHERE folder = ? AND id <> ? AND state IN ('proposed', 'approved')",
        {now_utc(), actor, folder, logged.id.text});
  }
  Json draft = record;
  draft["applied_again"] = {{"at", now_utc()}, {"by", actor}};
  const auto text = [&](const char* object, const char* member) {
    return record.at(object).at(member).get<std::string>();
  };
  connection.execute(
      "INSERT INTO destruction(id, folder, state, basis, basis_source, proposed_at, proposed_by, "
      "approved_at, "
      "approved_by, begun_at, executed_by, record) VALUES(?, ?, 'begun', ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT(id) DO UPDATE SET state = 'begun', approved_at = excluded.approved_at, approved_by = "
      "excluded.approved_by, begun_at = excluded.begun_at, executed_by = excluded.executed_by, record = "
      "excluded.record",
      {logged.id.text, folder, text("basis", "kind"), text("basis", "source"), text("proposed", "at"),
       text("proposed", "by"), text("approved", "at"), text("approved", "by"), now_utc(), actor,
       draft.dump()});
}

/// What the restored catalogue still has of a destruction: documents by their ids and by their intakes, which
/// may have been filed anew.
bool begin_one_again(Connection& connection, const Archive& archive, const LoggedDestruction& logged,
                     const ForgetIntakes& forget, const std::string& actor) {
  if (!connection
           .query("SELECT 1 FROM destruction WHERE id = ? AND state IN ('begun', 'done')", {logged.id.text})
           .empty())
    return false;
  const Json record = Json::parse(logged.record);
  const FolderId folder{record.at("folder").at("id").get<std::string>()};
  std::vector<DocumentId> documents;
  std::vector<IntakeId> intakes;
  for (const Json& one : record.at("documents")) {
    intakes.push_back({one.at("intake").get<std::string>()});
    for (const Row& row : connection.query("SELECT id FROM document WHERE id = ? OR intake = ?",
                                           {one.at("document").get<std::string>(), intakes.back().text}))
      documents.push_back({row.text("id")});
  }
  for (const Json& one : record.at("intakes")) intakes.push_back({one.at("intake").get<std::string>()});
  insert_missing_folder(connection, record);
  insert_logged(connection, logged, record, actor);
  if (!forget_documents(connection, archive, logged.id, folder, documents, intakes, forget))
    throw Conflict(fmt::format("intakes of destruction {} are being worked on", logged.id.text));
  for (const Json& one : record.at("documents")) {
    connection.execute(
        "INSERT OR IGNORE INTO destroyed_document(document, destruction, intake, received_on, person) "
        "VALUES(?, ?, ?, ?, ?)",
        {one.at("document").get<std::string>(), logged.id.text, one.at("intake").get<std::string>(),
         one.at("received_on").get<std::string>(), one.value("person", std::string())});
  }
  // What a later time had moved out of the folder is not the log's to destroy; of drafts it tells nothing
  // else.
  const bool whole = record.at("basis").at("kind").get<std::string>() != "draft";
  if (whole && documents_in(connection, folder).empty()) empty_folder(connection, folder);
  append_audit_entry(connection, {actor, "destruction.applied_again", folder.text,
                                  fmt::format(R"({{"destruction":"{}"}})", logged.id.text)});
  return true;
}

}  // namespace

bool begin_deletion_of_drafts(Connection& connection, const Archive& archive, const FolderId& folder,
                              const std::vector<DocumentId>& drafts, const ForgetIntakes& forget,
                              const std::string& actor) {
  const std::string now = now_utc();
  Destruction deletion;
  deletion.id = {new_id_text()};
  deletion.folder = folder;
  deletion.basis = DestructionBasis::draft;
  deletion.basis_source = "z. d. A.";
  deletion.proposed_at = deletion.approved_at = now;
  deletion.proposed_by = deletion.approved_by = actor;
  const auto about = load_folder_record(connection, archive.file_plan(connection), folder);
  connection.execute(
      "INSERT INTO destruction(id, folder, state, basis, basis_source, proposed_at, proposed_by, "
      "approved_at, approved_by, begun_at, executed_by, record) VALUES(?, ?, 'begun', 'draft', ?, ?, ?, ?, "
      "?, ?, ?, ?)",
      {deletion.id.text, folder.text, deletion.basis_source, now, actor, now, actor, now, actor,
       draft_record(archive, about.value(), deletion, actor)});
  if (!forget_documents(connection, archive, deletion.id, folder, drafts, {}, forget)) return false;
  append_audit_entry(connection,
                     {actor, "destruction.begun", folder.text,
                      fmt::format(R"({{"destruction":"{}","drafts":{}}})", deletion.id.text, drafts.size())});
  return true;
}

BegunDestructions begin_destructions(Archive& archive, Date today, const ForgetIntakes& forget,
                                     const std::string& actor, const StepReached& reached) {
  BegunDestructions outcome;
  std::string last;
  for (;;) {
    BegunDestructions step;
    bool more = false;
    archive.database().write([&](Connection& connection) {
      const Rows rows = connection.query(
          select_destructions("destruction.state = 'approved' AND not_before <= ? AND destruction.id > ? "
                              "ORDER BY destruction.id LIMIT ?"),
          {to_iso(today), last, folders_at_once});
      more = !rows.empty();
      if (more) last = rows.back().text("id");
      for (const Row& row : rows)
        begin_one(connection, archive, destruction_from(row), today, forget, actor, step);
    });
    if (!more) return outcome;
    outcome.begun += step.begun;
    outcome.stopped += step.stopped;
    outcome.waiting += step.waiting;
    reached("begun");
  }
}

int begin_again(Archive& archive, const std::vector<LoggedDestruction>& logged, const ForgetIntakes& forget,
                const std::string& actor) {
  int begun = 0;
  for (const LoggedDestruction& one : logged) {
    archive.database().write([&](Connection& connection) {
      if (begin_one_again(connection, archive, one, forget, actor)) ++begun;
    });
  }
  return begun;
}

bool destruction_is_underway(const Archive& archive) {
  return !archive.database().query("SELECT 1 FROM destruction WHERE state = 'begun' LIMIT 1").empty();
}

}  // namespace eakte::archive

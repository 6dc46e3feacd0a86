#include "archive/erasure_requests.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/accounts.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/destruction/rows.h"
#include "archive/erasure/letter.h"

namespace eakte::archive {
namespace {

/// The same day of the next month, its last one where it has no such day.
Date a_month_later(Date date) {
  const Date later = date + std::chrono::months(1);
  return later.ok() ? later : Date(later.year() / later.month() / std::chrono::last);
}

ErasureRequest request_from(const Row& row) {
  return {.id = {row.text("id")},
          .about = {row.text("person"), row.text("address"), row.text("reference"),
                    date_from_iso(row.text("received_on")).value()},
          .answer_by = date_from_iso(row.text("answer_by")).value(),
          .recorded_at = row.text("recorded_at"),
          .recorded_by = row.text("recorded_by"),
          .decided_at = row.text("decided_at"),
          .decided_by = row.text("decided_by"),
          .letter = row.text("letter"),
          .items = {}};
}

ErasureDecision decision_from(const std::string& name) {
  for (const auto decision : {ErasureDecision::proposed, ErasureDecision::restricted}) {
    if (name == name_of(decision)) return decision;
  }
  return ErasureDecision::refused;
}

ErasureRequest required(Connection& connection, const ErasureRequestId& id) {
  const Rows rows = connection.query("SELECT * FROM erasure_request WHERE id = ?", {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no request {}", id.text));
  ErasureRequest request = request_from(rows[0]);
  for (const Row& row :
       connection.query("SELECT * FROM erasure_item WHERE request = ? ORDER BY document", {id.text})) {
    request.items.push_back({{row.text("document")},
                             {row.text("folder")},
                             decision_from(row.text("decision")),
                             row.text("code")});
  }
  return request;
}

void restrict_access(Connection& connection, const ErasureRequestId& request, const DocumentId& document,
                     const std::string& actor) {
  const Rows standing =
      connection.query("SELECT 1 FROM restriction WHERE document = ? AND lifted_at IS NULL", {document.text});
  if (!standing.empty()) return;
  const std::string before =
      connection.query("SELECT access FROM document WHERE id = ?", {document.text}).at(0).text("access");
  connection.execute(
      "INSERT INTO restriction(document, request, access_before, placed_at, placed_by) VALUES(?, ?, ?, ?, ?)",
      {document.text, request.text, before, now_utc(), actor});
  const std::string access = nlohmann::json::array({restricted_access}).dump();
  connection.execute("UPDATE document SET access = ?, revision = ? WHERE id = ?",
                     {access, take_revision(connection, document), document.text});
  append_audit_entry(connection, {actor, "document.restricted", document.text,
                                  fmt::format(R"({{"request":"{}"}})", request.text)});
}

/// What is decided about a document. A folder in processing stays with those who process it; everything else
/// that cannot go is restricted.
ErasureItem decided_item(Connection& connection, const FilePlan& plan, const DocumentId& id, Date today) {
  const auto document = load_document(connection, id);
  if (!document) throw NotFound(fmt::format("there is no document {}", id.text));
  const FolderId folder = document->content.fields.folder;
  if (folder.empty()) return {id, folder, ErasureDecision::refused, "not_in_a_folder"};
  const auto record = load_folder_record(connection, plan, folder).value();
  const auto allowed = allowed_destruction(connection, plan, record, today);
  const auto* const code = std::get_if<std::string>(&allowed);
  if (code == nullptr) return {id, folder, ErasureDecision::proposed, ""};
  if (*code == "folder_not_closed") return {id, folder, ErasureDecision::refused, *code};
  return {id, folder, ErasureDecision::restricted, *code};
}

void record_item(Connection& connection, const FilePlan& plan, const ErasureRequestId& request,
                 const ErasureItem& item, Date today, const std::string& actor) {
  connection.execute(
      "INSERT INTO erasure_item(request, document, folder, decision, code) VALUES(?, ?, ?, ?, ?)",
      {request.text, item.document.text, item.folder.text, std::string(name_of(item.decision)), item.code});
  if (item.decision == ErasureDecision::restricted)
    restrict_access(connection, request, item.document, actor);
  if (item.decision == ErasureDecision::proposed && !is_underway(connection, item.folder))
    propose_folder(connection, plan, item.folder, today, actor);
}

}  // namespace

std::string_view name_of(ErasureDecision decision) {
  switch (decision) {
    case ErasureDecision::proposed:
      return "proposed";
    case ErasureDecision::restricted:
      return "restricted";
    case ErasureDecision::refused:
      return "refused";
  }
  return "";
}

ErasureRequestId record_erasure_request(Archive& archive, const NewErasureRequest& request, Date today,
                                        const std::string& actor) {
  if (request.person.empty()) throw Error("a request for erasure has the name of the person");
  if (!request.received_on.ok() || request.received_on > today)
    throw Forbidden("day_in_future", "the request cannot have come in on a day that has not come");
  const ErasureRequestId id{new_id_text()};
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    connection.execute(
        "INSERT INTO erasure_request(id, person, address, reference, received_on, answer_by, recorded_at, "
        "recorded_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        {id.text, request.person, request.address, request.reference, to_iso(request.received_on),
         to_iso(a_month_later(request.received_on)), now_utc(), actor});
    append_audit_entry(connection, {actor, "erasure.requested", id.text, {}});
  });
  return id;
}

ErasureRequest decide_erasure(Archive& archive, const ErasureRequestId& id,
                              const std::vector<DocumentId>& documents, Date today,
                              const std::string& actor) {
  const std::set<DocumentId> each(documents.begin(), documents.end());
  ErasureRequest request;
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    request = required(connection, id);
    if (!request.decided_at.empty())
      throw Forbidden("erasure_decided", fmt::format("request {} is decided", id.text));
    // All is looked at before anything is proposed: two documents of one folder have the same answer.
    for (const DocumentId& document : each)
      request.items.push_back(decided_item(connection, archive.file_plan(), document, today));
    for (const ErasureItem& item : request.items)
      record_item(connection, archive.file_plan(), id, item, today, actor);
    request.letter = letter_about(connection, archive.file_plan(), request, today);
    request.decided_at = now_utc();
    request.decided_by = actor;
    connection.execute("UPDATE erasure_request SET decided_at = ?, decided_by = ?, letter = ? WHERE id = ?",
                       {request.decided_at, actor, request.letter, id.text});
    const auto number = [&](ErasureDecision decision) {
      return std::ranges::count(request.items, decision, &ErasureItem::decision);
    };
    append_audit_entry(
        connection,
        {actor, "erasure.decided", id.text,
         fmt::format(R"({{"proposed":{},"restricted":{},"refused":{}}})", number(ErasureDecision::proposed),
                     number(ErasureDecision::restricted), number(ErasureDecision::refused))});
  });
  return request;
}

ErasureRequest erasure_request(const Archive& archive, const ErasureRequestId& id) {
  std::optional<ErasureRequest> request;
  archive.database().read([&](Connection& connection) { request = required(connection, id); });
  return *std::move(request);
}

std::vector<ErasureRequest> erasure_requests(const Archive& archive, int limit) {
  std::vector<ErasureRequest> requests;
  for (const Row& row : archive.database().query("SELECT * FROM erasure_request ORDER BY id DESC LIMIT ?",
                                                 {std::int64_t{limit}}))
    requests.push_back(request_from(row));
  return requests;
}

bool is_restricted(const Document& document) {
  return std::ranges::find(document.content.access, restricted_access) != document.content.access.end();
}

void lift_restriction(Archive& archive, const DocumentId& document, const std::string& actor) {
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    if (!load_document(connection, document))
      throw NotFound(fmt::format("there is no document {}", document.text));
    const Rows lifted = connection.query(
        "UPDATE restriction SET lifted_at = ?, lifted_by = ? WHERE document = ? AND lifted_at IS NULL "
        "RETURNING access_before",
        {now_utc(), actor, document.text});
    if (lifted.empty())
      throw Forbidden("not_restricted", fmt::format("document {} is not restricted", document.text));
    connection.execute("UPDATE document SET access = ?, revision = ? WHERE id = ?",
                       {lifted[0].text("access_before"), take_revision(connection, document), document.text});
    append_audit_entry(connection, {actor, "document.restriction_lifted", document.text, {}});
  });
}

}  // namespace eakte::archive

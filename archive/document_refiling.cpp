#include "archive/document_refiling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/accounts.h"
#include "archive/catalogue/proposal_rows.h"
#include "archive/structure/confirmed_entry.h"

namespace eakte::archive {
namespace {

using State = DocumentRefiling::State;
constexpr std::array<std::string_view, 4> state_names{"proposed", "released", "done", "rejected"};

DocumentRefiling refiling_from(const Row& row) {
  DocumentRefiling refiling;
  refiling.id = {row.text("id")};
  refiling.document = {row.text("document")};
  refiling.from_entry = row.text("from_entry");
  refiling.to_entry = row.text("to_entry");
  read_proposal(row, state_names, refiling);
  return refiling;
}

std::vector<DocumentRefiling> refilings(const Rows& rows) {
  std::vector<DocumentRefiling> all;
  for (const Row& row : rows) all.push_back(refiling_from(row));
  return all;
}

DocumentRefiling required(const Rows& rows, const RefilingId& id) {
  if (rows.empty()) throw NotFound(fmt::format("there is no refiling {}", id.text));
  return refiling_from(rows[0]);
}

constexpr const char* by_id = "SELECT * FROM document_refiling WHERE id = ?";

void require_reason(const std::string& reason) {
  if (reason.empty()) throw Forbidden("reason_missing", "a reason is needed");
}

void decide(Connection& connection, const DocumentRefiling& about, State state, const std::string& reason,
            const std::string& actor) {
  connection.execute(
      "UPDATE document_refiling SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE id "
      "= "
      "?",
      {std::string(name_of(state)), actor, now_utc(), reason, about.id.text});
  append_audit_entry(connection, {actor, fmt::format("document_refiling.{}", name_of(state)),
                                  about.document.text, fmt::format(R"({{"refiling":"{}"}})", about.id.text)});
}

const FilePlanEntry& entry_to(const FilePlan& plan, const std::string& number, Date today) {
  const FilePlanEntry* const entry = plan.find(number);
  if (entry == nullptr || !entry->takes_folders)
    throw Error(fmt::format("entry {} of the file plan takes no documents", number));
  if (!entry->open_on(today)) throw Forbidden("entry_closed", fmt::format("entry {} is closed", number));
  return *entry;
}

}  // namespace

std::string_view name_of(State state) { return state_names.at(static_cast<std::size_t>(state)); }

DocumentRefiling propose_document_refiling(Archive& archive, const DocumentId& document,
                                           const std::string& to_entry, const std::string& reason, Date today,
                                           const std::string& actor) {
  require_reason(reason);
  const std::string from = archive.document(document).content.fields.plan_entry;
  const RefilingId id{new_id_text()};
  archive.database().write([&](Connection& connection) {
    const FilePlan& plan = archive.file_plan(connection);
    const FilePlanEntry& to = entry_to(plan, to_entry, today);
    if (to.number == from) throw Forbidden("same_place", "the document is filed there already");
    if (!shortens_confirmed(connection, plan, document, to.number))
      throw Forbidden("second_person_not_needed", "nothing goes earlier there");
    connection.execute(
        "INSERT INTO document_refiling(id, document, from_entry, to_entry, state, reason, proposed_by, "
        "proposed_at) VALUES(?, ?, ?, ?, 'proposed', ?, ?, ?)",
        {id.text, document.text, from, to.number, reason, actor, now_utc()});
    append_audit_entry(connection, {actor, "document_refiling.proposed", document.text,
                                    fmt::format(R"({{"refiling":"{}","to":"{}"}})", id.text, to.number)});
  });
  return required(archive.database().query(by_id, {id.text}), id);
}

DocumentRefiling release_document_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                                           const std::string& actor) {
  require_reason(reason);
  DocumentRefiling about;
  archive.database().write([&](Connection& connection) {
    about = required(connection.query(by_id, {id.text}), id);
    // One that was cut short after its release goes on.
    if (about.state != State::proposed && about.state != State::released)
      throw Forbidden("refiling_decided", fmt::format("refiling {} is {}", id.text, name_of(about.state)));
    require_second_person(connection, about.proposed_by, actor, Role::records_manager);
    if (about.state == State::proposed) decide(connection, about, State::released, reason, actor);
  });
  DocumentFields fields = archive.document(about.document).content.fields;
  fields.plan_entry = about.to_entry;
  fields.folder = {};
  fields.open_case = {};
  archive.confirm(about.document, fields, actor, [&](Connection& connection) {
    connection.execute("UPDATE document_refiling SET state = 'done' WHERE id = ?", {id.text});
  });
  return required(archive.database().query(by_id, {id.text}), id);
}

DocumentRefiling reject_document_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                                          const std::string& actor) {
  require_reason(reason);
  archive.database().write([&](Connection& connection) {
    if (has_accounts(archive)) require_role(connection, actor, Role::records_manager);
    const DocumentRefiling about = required(connection.query(by_id, {id.text}), id);
    if (about.state != State::proposed)
      throw Forbidden("refiling_decided", fmt::format("refiling {} is {}", id.text, name_of(about.state)));
    decide(connection, about, State::rejected, reason, actor);
  });
  return required(archive.database().query(by_id, {id.text}), id);
}

std::vector<DocumentRefiling> refilings_of(const Archive& archive, const DocumentId& document) {
  return refilings(archive.database().query(
      "SELECT * FROM document_refiling WHERE document = ? ORDER BY id DESC", {document.text}));
}

std::vector<DocumentRefiling> waiting_document_refilings(const Archive& archive) {
  return refilings(archive.database().query(
      "SELECT * FROM document_refiling WHERE state IN ('proposed', 'released') ORDER BY id DESC"));
}

}  // namespace eakte::archive

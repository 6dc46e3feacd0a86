#include "archive/refiling.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/accounts.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/catalogue/proposal_rows.h"
#include "archive/structure/moved_documents.h"
#include "archive/structure/new_folder.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> state_names{"proposed", "done", "rejected"};

Refiling refiling_from(const Row& row) {
  Refiling refiling;
  refiling.id = {row.text("id")};
  refiling.folder = {row.text("folder")};
  refiling.from_entry = row.text("from_entry");
  refiling.to_entry = row.text("to_entry");
  refiling.second_person = row.integer("second_person") != 0;
  read_proposal(row, state_names, refiling);
  return refiling;
}

Refiling refiling(const Archive& archive, const RefilingId& id) {
  const Rows rows = archive.database().query("SELECT * FROM refiling WHERE id = ?", {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no refiling {}", id.text));
  return refiling_from(rows[0]);
}

std::vector<Refiling> refilings(const Rows& rows) {
  std::vector<Refiling> all;
  for (const Row& row : rows) all.push_back(refiling_from(row));
  return all;
}

void require_reason(const std::string& reason) {
  if (reason.empty()) throw Forbidden("reason_missing", "a reason is needed");
}

FolderRecord required_folder(Connection& connection, const FilePlan& plan, const FolderId& id) {
  auto folder = load_folder_record(connection, plan, id);
  if (!folder) throw NotFound(fmt::format("there is no folder {}", id.text));
  return *std::move(folder);
}

const FilePlanEntry& required_entry(const FilePlan& plan, const std::string& number) {
  const FilePlanEntry* const entry = plan.find(number);
  if (entry == nullptr) throw Error(fmt::format("the file plan has no entry {}", number));
  if (!entry->takes_folders) throw Error(fmt::format("entry {} of the file plan takes no folders", number));
  return *entry;
}

void require_open(const FolderRecord& folder) {
  if (folder.status != FolderStatus::open)
    throw Forbidden("folder_closed",
                    fmt::format("folder {} is {}", folder.about.id.text, name_of(folder.status)));
}

/// A folder that may still go to another entry, and the entry.
const FilePlanEntry& require_movable(const FolderRecord& folder, const FilePlan& plan, const std::string& to,
                                     Date today) {
  if (folder.status != FolderStatus::open && folder.status != FolderStatus::closed)
    throw Forbidden("disposal_begun",
                    fmt::format("folder {} is {} already", folder.about.id.text, name_of(folder.status)));
  if (!folder.parent.empty())
    throw Forbidden("part_of_whole", fmt::format("folder {} is a part of another", folder.about.id.text));
  const FilePlanEntry& entry = required_entry(plan, to);
  if (!entry.open_on(today)) throw Forbidden("entry_closed", fmt::format("entry {} is closed", to));
  if (entry.number == folder.about.plan_entry)
    throw Forbidden("same_place", "the folder is filed there already");
  return entry;
}

/// The folder itself and all its parts.
std::vector<FolderId> whole(Connection& connection, const FolderId& id) {
  std::vector<FolderId> all;
  for (const Row& row : connection.query(
           "WITH RECURSIVE family(id) AS (SELECT ? UNION ALL SELECT folder.id FROM folder JOIN family ON "
           "folder.parent = family.id) SELECT id FROM family",
           {id.text}))
    all.push_back({row.text("id")});
  return all;
}

std::vector<MovedDocument> prepare_refiling(const Archive& archive, const FolderId& id,
                                            const std::string& to) {
  std::vector<DocumentId> documents;
  archive.database().read([&](Connection& connection) {
    for (const FolderId& one : whole(connection, id)) {
      const auto more = documents_in(connection, "folder", one.text);
      documents.insert(documents.end(), more.begin(), more.end());
    }
  });
  return prepare_move(archive, documents, [&](const Document& document) {
    const DocumentFields& fields = document.content.fields;
    NewPlace place{archive.folder(fields.folder), std::nullopt};
    place.folder.plan_entry = to;
    if (!fields.open_case.empty()) place.open_case = archive.open_case(fields.open_case);
    return place;
  });
}

void refile_now(Archive& archive, Connection& connection, const FolderId& id, const FilePlanEntry& to,
                std::vector<MovedDocument>& moved, const std::string& refiling, const std::string& actor) {
  std::size_t documents = 0;
  for (const FolderId& one : whole(connection, id)) {
    documents += documents_in(connection, "folder", one.text).size();
    connection.execute("UPDATE folder SET plan_entry = ? WHERE id = ?", {to.number, one.text});
    append_audit_entry(connection,
                       {actor, "folder.refiled", one.text,
                        fmt::format(R"({{"refiling":"{}","plan_entry":"{}"}})", refiling, to.number)});
  }
  if (documents != moved.size()) throw Conflict("something came into the folder meanwhile");
  commit_move(connection, moved, actor);
  refresh_retention(connection, archive.file_plan(connection), id);
}

void decide(Connection& connection, const RefilingId& id, const char* state, const std::string& reason,
            const std::string& actor) {
  connection.execute(
      "UPDATE refiling SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE id = ?",
      {std::string(state), actor, now_utc(), reason, id.text});
}

void require_undecided(const Refiling& about) {
  if (about.state != RefilingState::proposed)
    throw Forbidden("refiling_decided",
                    fmt::format("refiling {} is {}", about.id.text, name_of(about.state)));
}

/// Both open, and nothing in the first may go earlier in the second.
void require_joinable(Connection& connection, const FilePlan& plan, const FolderId& from,
                      const FolderId& into) {
  const FolderRecord source = required_folder(connection, plan, from);
  const FolderRecord target = required_folder(connection, plan, into);
  require_open(source);
  require_open(target);
  if (source.about.plan_entry == target.about.plan_entry) return;
  if (weakens(required_entry(plan, source.about.plan_entry), required_entry(plan, target.about.plan_entry)))
    throw Forbidden("second_person_needed", fmt::format("entry {} is shorter than {}",
                                                        target.about.plan_entry, source.about.plan_entry));
}

/// Moves cases with their documents, and single documents, into a folder; one commit. `also` runs in it.
void move_into(Archive& archive, const FolderId& from, const FolderId& into, const std::vector<CaseId>& cases,
               const std::vector<DocumentId>& documents, const std::string& actor,
               const std::function<void(Connection&)>& also) {
  std::vector<DocumentId> all = documents;
  archive.database().read([&](Connection& connection) {
    require_joinable(connection, archive.file_plan(connection), from, into);
    for (const CaseId& one : cases) {
      const auto more = documents_in(connection, "record_case", one.text);
      all.insert(all.end(), more.begin(), more.end());
    }
  });
  const Folder folder = archive.folder(into);
  std::vector<MovedDocument> moved = prepare_move(archive, all, [&](const Document& document) {
    NewPlace place{folder, std::nullopt};
    const CaseId& open_case = document.content.fields.open_case;
    if (document.content.fields.folder != from)
      throw Forbidden("not_in_there",
                      fmt::format("document {} is not in folder {}", document.id.text, from.text));
    // A document taken out alone leaves its case behind.
    if (std::ranges::find(cases, open_case) != cases.end()) place.open_case = archive.open_case(open_case);
    return place;
  });
  archive.database().write([&](Connection& connection) {
    const FilePlan& plan = archive.file_plan(connection);
    require_joinable(connection, plan, from, into);
    for (const CaseId& one : cases) {
      const std::int64_t changed = connection.execute(
          "UPDATE record_case SET folder = ? WHERE id = ? AND folder = ?", {into.text, one.text, from.text});
      if (changed == 0)
        throw Forbidden("not_in_there", fmt::format("case {} is not in folder {}", one.text, from.text));
      append_audit_entry(connection, {actor, "case.moved", one.text,
                                      fmt::format(R"({{"from":"{}","to":"{}"}})", from.text, into.text)});
    }
    commit_move(connection, moved, actor);
    for (const CaseId& one : cases) {
      if (!connection
               .query("SELECT 1 FROM document WHERE record_case = ? AND folder <> ?", {one.text, into.text})
               .empty())
        throw Conflict("something came into the case meanwhile");
    }
    refresh_retention(connection, plan, from);
    refresh_retention(connection, plan, into);
    if (also) also(connection);
  });
}

void leave_relation(Connection& connection, const char* kind, const std::string& source,
                    const std::string& target, const std::string& actor) {
  connection.execute(
      "INSERT INTO relation(kind, source, target, created_at, created_by) VALUES(?, ?, ?, ?, ?)",
      {std::string(kind), source, target, now_utc(), actor});
  append_audit_entry(connection, {actor, "relation.made", source,
                                  fmt::format(R"({{"kind":"{}","target":"{}"}})", kind, target)});
}

/// Puts documents of one case into another of the same folder.
void move_between_cases(Archive& archive, const CaseId& from, const CaseId& into,
                        const std::vector<DocumentId>& documents, const std::string& actor,
                        const std::function<void(Connection&)>& also) {
  const Case source = archive.open_case(from);
  const Case target = archive.open_case(into);
  if (source.folder != target.folder) throw Forbidden("not_in_there", "the cases lie in different folders");
  const Folder folder = archive.folder(source.folder);
  std::vector<MovedDocument> moved = prepare_move(archive, documents, [&](const Document& document) {
    if (document.content.fields.open_case != from)
      throw Forbidden("not_in_there",
                      fmt::format("document {} is not in case {}", document.id.text, from.text));
    return NewPlace{folder, target};
  });
  archive.database().write([&](Connection& connection) {
    const Rows closed = connection.query(
        "SELECT 1 FROM record_case JOIN folder ON folder.id = record_case.folder WHERE record_case.id IN (?, "
        "?) AND "
        "(record_case.status <> 'open' OR folder.status <> 'open')",
        {from.text, into.text});
    if (!closed.empty()) throw Forbidden("folder_closed", "a case or its folder is closed");
    commit_move(connection, moved, actor);
    if (also) also(connection);
  });
}

}  // namespace

std::string_view name_of(RefilingState state) { return state_names.at(static_cast<std::size_t>(state)); }

bool weakens(const FilePlanEntry& from, const FilePlanEntry& to) {
  if (may_end_earlier(from.retention, to.retention)) return true;
  if (to.disposal == DisposalAction::destroy && from.disposal != DisposalAction::destroy) return true;
  return to.limit && to.limit != from.limit && (!from.limit || may_end_earlier(*from.limit, *to.limit));
}

Refiling refile_folder(Archive& archive, const FolderId& id, const std::string& to_entry,
                       const std::string& reason, Date today, const std::string& actor) {
  require_reason(reason);
  const std::string number = required_entry(archive.file_plan(), to_entry).number;
  const RefilingId refiling_id{new_id_text()};
  std::vector<MovedDocument> moved = prepare_refiling(archive, id, number);
  archive.database().write([&](Connection& connection) {
    if (has_accounts(archive)) require_role(connection, actor, Role::records_manager);
    const FilePlan& plan = archive.file_plan(connection);
    const FolderRecord folder = required_folder(connection, plan, id);
    const FilePlanEntry& to = require_movable(folder, plan, number, today);
    const bool second_person = weakens(required_entry(plan, folder.about.plan_entry), to);
    connection.execute(
        "INSERT INTO refiling(id, folder, from_entry, to_entry, state, second_person, reason, proposed_by, "
        "proposed_at) VALUES(?, ?, ?, ?, 'proposed', ?, ?, ?, ?)",
        {refiling_id.text, id.text, folder.about.plan_entry, to.number, std::int64_t{second_person ? 1 : 0},
         reason, actor, now_utc()});
    append_audit_entry(connection, {actor, "refiling.proposed", id.text,
                                    fmt::format(R"({{"refiling":"{}","to":"{}","second_person":{}}})",
                                                refiling_id.text, to.number, second_person)});
    if (second_person) return;
    refile_now(archive, connection, id, to, moved, refiling_id.text, actor);
    decide(connection, refiling_id, "done", "", actor);
  });
  return refiling(archive, refiling_id);
}

Refiling release_refiling(Archive& archive, const RefilingId& id, const std::string& reason, Date today,
                          const std::string& actor) {
  require_reason(reason);
  const Refiling about = refiling(archive, id);
  require_undecided(about);
  const std::string number = required_entry(archive.file_plan(), about.to_entry).number;
  std::vector<MovedDocument> moved = prepare_refiling(archive, about.folder, number);
  archive.database().write([&](Connection& connection) {
    require_undecided(
        refiling_from(connection.query("SELECT * FROM refiling WHERE id = ?", {id.text}).at(0)));
    require_second_person(connection, about.proposed_by, actor, Role::records_manager);
    const FilePlan& plan = archive.file_plan(connection);
    const FilePlanEntry& to =
        require_movable(required_folder(connection, plan, about.folder), plan, number, today);
    decide(connection, id, "done", reason, actor);
    append_audit_entry(connection, {actor, "refiling.released", about.folder.text,
                                    fmt::format(R"({{"refiling":"{}"}})", id.text)});
    refile_now(archive, connection, about.folder, to, moved, id.text, actor);
  });
  return refiling(archive, id);
}

Refiling reject_refiling(Archive& archive, const RefilingId& id, const std::string& reason,
                         const std::string& actor) {
  require_reason(reason);
  const Refiling about = refiling(archive, id);
  archive.database().write([&](Connection& connection) {
    if (has_accounts(archive)) require_role(connection, actor, Role::records_manager);
    require_undecided(
        refiling_from(connection.query("SELECT * FROM refiling WHERE id = ?", {id.text}).at(0)));
    decide(connection, id, "rejected", reason, actor);
    append_audit_entry(connection, {actor, "refiling.rejected", about.folder.text,
                                    fmt::format(R"({{"refiling":"{}"}})", id.text)});
  });
  return refiling(archive, id);
}

std::vector<Refiling> refilings_of(const Archive& archive, const FolderId& folder) {
  return refilings(
      archive.database().query("SELECT * FROM refiling WHERE folder = ? ORDER BY id DESC", {folder.text}));
}

std::vector<Refiling> waiting_refilings(const Archive& archive) {
  return refilings(
      archive.database().query("SELECT * FROM refiling WHERE state = 'proposed' ORDER BY id DESC"));
}

void move_case(Archive& archive, const CaseId& id, const FolderId& to, const std::string& actor) {
  const Case moved = archive.open_case(id);
  if (moved.folder == to) throw Forbidden("same_place", "the case lies there already");
  move_into(archive, moved.folder, to, {id}, {}, actor, {});
}

void merge_folders(Archive& archive, const FolderId& from, const FolderId& into, Date today,
                   const std::string& actor) {
  if (from == into) throw Forbidden("same_place", "a folder is not merged with itself");
  std::vector<CaseId> cases;
  std::vector<DocumentId> documents;
  archive.database().read([&](Connection& connection) {
    for (const Row& row :
         connection.query("SELECT id FROM record_case WHERE folder = ? ORDER BY id", {from.text}))
      cases.push_back({row.text("id")});
    for (const Row& row : connection.query(
             "SELECT id FROM document WHERE folder = ? AND record_case IS NULL ORDER BY id", {from.text}))
      documents.push_back({row.text("id")});
    if (!connection.query("SELECT 1 FROM folder WHERE parent = ?", {from.text}).empty())
      throw Forbidden("part_of_whole", fmt::format("folder {} has parts", from.text));
  });
  move_into(archive, from, into, cases, documents, actor, [&](Connection& connection) {
    if (!documents_in(connection, "folder", from.text).empty())
      throw Conflict("something came into the folder meanwhile");
    leave_relation(connection, "merged_into", from.text, into.text, actor);
    connection.execute("UPDATE folder SET status = 'closed', closed_on = ? WHERE id = ?",
                       {to_iso(today), from.text});
    append_audit_entry(connection, {actor, "folder.closed", from.text,
                                    fmt::format(R"({{"closed_on":"{}"}})", to_iso(today))});
    refresh_retention(connection, archive.file_plan(connection), from);
  });
}

FolderId split_folder(Archive& archive, const FolderId& from, const NewFolder& into,
                      const std::vector<CaseId>& cases, const std::vector<DocumentId>& documents,
                      std::string_view reference_template, Date today, const std::string& actor) {
  if (cases.empty() && documents.empty())
    throw Forbidden("nothing_to_split", "nothing is chosen to be split off");
  NewFolder made = into;
  made.plan_entry = archive.folder(from).plan_entry;
  const FolderId id = add_folder(archive, made, reference_template, today, actor);
  move_into(archive, from, id, cases, documents, actor, [&](Connection& connection) {
    leave_relation(connection, "split_from", id.text, from.text, actor);
  });
  return id;
}

void merge_cases(Archive& archive, const CaseId& from, const CaseId& into, Date today,
                 const std::string& actor) {
  if (from == into) throw Forbidden("same_place", "a case is not merged with itself");
  std::vector<DocumentId> documents;
  archive.database().read(
      [&](Connection& connection) { documents = documents_in(connection, "record_case", from.text); });
  move_between_cases(archive, from, into, documents, actor, [&](Connection& connection) {
    leave_relation(connection, "merged_into", from.text, into.text, actor);
    connection.execute("UPDATE record_case SET status = 'closed', closed_on = ? WHERE id = ?",
                       {to_iso(today), from.text});
    append_audit_entry(
        connection, {actor, "case.closed", from.text, fmt::format(R"({{"closed_on":"{}"}})", to_iso(today))});
  });
}

CaseId split_case(Archive& archive, const CaseId& from, const std::string& title,
                  const std::vector<DocumentId>& documents, const std::string& actor) {
  if (documents.empty()) throw Forbidden("nothing_to_split", "nothing is chosen to be split off");
  const CaseId id = add_numbered_case(archive, archive.open_case(from).folder, title, actor);
  move_between_cases(archive, from, id, documents, actor, [&](Connection& connection) {
    leave_relation(connection, "split_from", id.text, from.text, actor);
  });
  return id;
}

}  // namespace eakte::archive

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/catalogue/folder_rows.h"
#include "archive/disposal/process_rows.h"
#include "archive/disposal/record_objects.h"
#include "archive/disposal/whole_folders.h"
#include "archive/due_list.h"
#include "archive/offers.h"

namespace eakte::archive {
namespace {

/// What a step is going to write: built once for the file, and once more in the transaction that makes it
/// valid, where it must come out the same.
struct Prepared {
  XdomeaMessage message;
  std::map<std::string, std::string> files;  ///< hashes by name in the container
  std::vector<ObjectRow> rows;
  std::vector<FolderId> folders;
};

void require_parties(const DisposalParties& parties) {
  if (parties.authority.name.empty() || parties.archive.name.empty())
    throw Forbidden("parties_missing", "the office or the archive has no name");
}

MessageHead head_for(MessageType type, const std::string& process, const DisposalParties& parties) {
  MessageHead head;
  head.version = "3.1.0";
  head.type = type;
  head.process = process;
  head.created_at = now_utc();
  head.sender = parties.authority;
  head.recipient = parties.archive;
  head.system = parties.system;
  head.receipt_wanted = true;
  head.references_wanted = type == MessageType::transfer;
  return head;
}

FolderRecord required(Connection& connection, const FilePlan& plan, const FolderId& id) {
  auto folder = load_folder_record(connection, plan, id);
  if (!folder) throw NotFound(fmt::format("there is no folder {}", id.text));
  return *std::move(folder);
}

void require_no_hold(const FolderRecord& folder) {
  if (folder.standing_holds > 0)
    throw Forbidden("hold_standing",
                    fmt::format("{}: {} holds stand", folder.about.reference, folder.standing_holds));
}

/// Closed, due, and nothing stands against it.
void require_due(const FolderRecord& folder, Date on) {
  if (folder.status == FolderStatus::open)
    throw Forbidden("folder_not_closed", fmt::format("{} is open", folder.about.reference));
  if (folder.status != FolderStatus::closed)
    throw Forbidden("disposal_begun",
                    fmt::format("{} is {} already", folder.about.reference, name_of(folder.status)));
  if (!is_due(folder, on))
    throw Forbidden("folder_not_due", fmt::format("{} is not due on {}", folder.about.reference, to_iso(on)));
  require_no_hold(folder);
}

void require_some_once(const std::vector<FolderId>& folders) {
  if (folders.empty()) throw Forbidden("nothing_chosen", "no folder is chosen");
  if (std::set<FolderId>(folders.begin(), folders.end()).size() != folders.size())
    throw Error("a folder is named twice");
}

/// Rows for an object and all in it. `folders` tells by UUID what belongs to which.
void add_rows(const RecordObject& object, const std::map<std::string, FolderId>& folders,
              const std::string& parent, ObjectRow like, std::vector<ObjectRow>& rows) {
  like.id = object.id;
  like.kind = object.kind;
  like.folder = folders.at(object.id);
  like.parent = parent;
  rows.push_back(like);
  like.root = false;
  for (const RecordObject& child : object.children) add_rows(child, folders, object.id, like, rows);
}

void audit(Connection& connection, const std::string& actor, const char* action, const FolderId& folder,
           const std::string& process) {
  append_audit_entry(connection, {actor, action, folder.text, nlohmann::json{{"process", process}}.dump()});
}

using Build = std::function<void(Connection&, Prepared&)>;
using Apply = std::function<void(Connection&, const Prepared&)>;

/// The file first, then the state: builds the message, writes it durably, and commits rows and state in the
/// transaction in which the message comes out the same once more.
void write_step(Archive& archive, const MessageHead& head, const std::filesystem::path& schemas,
                const Build& build, const Apply& apply, const std::string& actor) {
  remove_unfinished_messages(archive);
  Prepared prepared;
  prepared.message.head = head;
  archive.database().read([&](Connection& connection) { build(connection, prepared); });
  StagedMessage staged = stage_message(archive, prepared.message, prepared.files, schemas);
  archive.database().write([&](Connection& connection) {
    Prepared now;
    now.message.head = head;
    build(connection, now);
    if (now.message != prepared.message || now.files != prepared.files)
      throw Conflict("what is offered or handed over has changed meanwhile");
    apply(connection, now);
    insert_message(connection, head.process, head, false, staged, actor);
    int position = 0;
    for (const ObjectRow& row : now.rows)
      if (!row.handed_over || !mark_handed_over(connection, head.process, row))
        insert_object(connection, head.process, row, position++);
  });
}

void set_status(Connection& connection, const FolderId& folder, FolderStatus status) {
  connection.execute("UPDATE folder SET status = ? WHERE id = ?",
                     {std::string(name_of(status)), folder.text});
}

/// Whether an object goes to the archive: its own decision, else that of what it lies in.
bool goes(const RecordObject& object, const Decisions& decisions, bool around) {
  const auto found = decisions.find(object.id);
  return found == decisions.end() ? around : found->second == AppraisalDecision::transfer;
}

/// The objects of a folder that are handed over: the uppermost that go, without what in them does not. What
/// goes although the thing around it does not becomes an object of its own.
void take_roots(RecordObject object, const Decisions& decisions, bool around,
                std::vector<RecordObject>& roots);

RecordObject without_the_rest(RecordObject object, const Decisions& decisions,
                              std::vector<RecordObject>& roots) {
  if (object.kind != RecordKind::document) object.disposal = "A";
  std::vector<RecordObject> kept;
  for (RecordObject& child : object.children) {
    if (goes(child, decisions, true)) {
      kept.push_back(without_the_rest(std::move(child), decisions, roots));
    } else {
      take_roots(std::move(child), decisions, false, roots);
    }
  }
  object.children = std::move(kept);
  return object;
}

void take_roots(RecordObject object, const Decisions& decisions, bool around,
                std::vector<RecordObject>& roots) {
  if (goes(object, decisions, around)) {
    roots.push_back(without_the_rest(std::move(object), decisions, roots));
    return;
  }
  for (RecordObject& child : object.children) take_roots(std::move(child), decisions, false, roots);
}

void require_to_be_handed_over(Connection& connection, const FolderRecord& folder) {
  if (folder.status != FolderStatus::appraised)
    throw Forbidden(folder.status == FolderStatus::transferred ? "transferred_already" : "transfer_undecided",
                    fmt::format("{} is {}", folder.about.reference, name_of(folder.status)));
  const auto appraisal = appraisal_of(connection, folder.about.id);
  if (!appraisal || appraisal->decision != AppraisalDecision::transfer)
    throw Forbidden("transfer_undecided", fmt::format("{} is not appraised A", folder.about.reference));
  require_no_hold(folder);
}

/// What the 0502 decided about the objects of folders; one that was appraised by letter or plan goes as a
/// whole.
Decisions decisions_for(Connection& connection, const std::vector<FolderId>& folders) {
  Decisions decisions;
  for (const FolderId& id : folders) {
    Decisions own = decisions_on(connection, id);
    if (own.empty()) own.emplace(uuid_of(id.text), AppraisalDecision::transfer);
    decisions.merge(own);
  }
  return decisions;
}

/// Puts what goes to the archive of the folders into the message.
void hand_over(Connection& connection, const FilePlan& plan, const std::vector<FolderId>& folders,
               Prepared& prepared) {
  for (const FolderId& id : folders) require_to_be_handed_over(connection, required(connection, plan, id));
  const Decisions decisions = decisions_for(connection, folders);
  ObjectRow like;
  like.decision = AppraisalDecision::transfer;
  like.handed_over = true;
  like.root = true;
  for (RecordObject& whole : objects_of(connection, plan, folders, &prepared.files)) {
    const std::map<std::string, FolderId> owners = folders_in(whole);
    std::vector<RecordObject> roots;
    take_roots(std::move(whole), decisions, false, roots);
    for (RecordObject& root : roots) {
      add_rows(root, owners, "", like, prepared.rows);
      prepared.message.objects.push_back(std::move(root));
    }
  }
  prepared.folders = folders;
}

void mark_transferred(Connection& connection, const Prepared& prepared, const std::string& process,
                      const std::string& actor) {
  for (const FolderId& folder : prepared.folders) {
    set_status(connection, folder, FolderStatus::transferred);
    audit(connection, actor, "folder.transferred", folder, process);
  }
}

/// The folders of a process its 0502 appraised A.
std::vector<FolderId> folders_to_transfer(Connection& connection, const std::string& process) {
  if (kind_of_process(connection, process) != ProcessKind::four_stage)
    throw Forbidden("answer_unexpected", "only a process that offered something transfers it");
  if (message_hash(connection, process, MessageType::transfer))
    throw Forbidden("transferred_already", fmt::format("process {} has its 0503", process));
  if (!message_hash(connection, process, MessageType::appraisal))
    throw Forbidden("appraisal_open", fmt::format("process {} has no 0502", process));
  std::vector<FolderId> folders;
  for (const ObjectRow& row : load_objects(connection, process)) {
    if (row.decision == AppraisalDecision::transfer &&
        std::ranges::find(folders, row.folder) == folders.end())
      folders.push_back(row.folder);
  }
  if (folders.empty()) throw Forbidden("nothing_chosen", "the archive wants nothing of this process");
  return folders;
}

}  // namespace

std::string offer_folders(Archive& archive, const std::vector<FolderId>& folders,
                          const DisposalParties& parties, Date on, const std::string& actor) {
  require_parties(parties);
  require_some_once(folders);
  const MessageHead head = head_for(MessageType::offer, new_uuid(), parties);
  const auto build = [&](Connection& connection, Prepared& prepared) {
    prepared.folders = whole_folders(connection, folders);
    for (const FolderId& id : prepared.folders)
      require_due(required(connection, archive.file_plan(), id), on);
    prepared.message.objects = objects_of(connection, archive.file_plan(), prepared.folders, nullptr);
    for (const RecordObject& object : prepared.message.objects)
      add_rows(object, folders_in(object), "", {}, prepared.rows);
  };
  const auto apply = [&](Connection& connection, const Prepared& prepared) {
    insert_process(connection, head.process, ProcessKind::four_stage, actor);
    for (const FolderId& id : prepared.folders) {
      set_status(connection, id, FolderStatus::offered);
      audit(connection, actor, "folder.offered", id, head.process);
    }
  };
  write_step(archive, head, parties.schemas, build, apply, actor);
  return head.process;
}

void transfer_offered(Archive& archive, const std::string& process, const DisposalParties& parties,
                      const std::string& actor) {
  require_parties(parties);
  const MessageHead head = head_for(MessageType::transfer, process, parties);
  const auto build = [&](Connection& connection, Prepared& prepared) {
    hand_over(connection, archive.file_plan(), folders_to_transfer(connection, process), prepared);
  };
  const auto apply = [&](Connection& connection, const Prepared& prepared) {
    mark_transferred(connection, prepared, process, actor);
  };
  write_step(archive, head, parties.schemas, build, apply, actor);
}

std::string transfer_folders(Archive& archive, const std::vector<FolderId>& folders,
                             const DisposalParties& parties, const std::string& actor) {
  require_parties(parties);
  require_some_once(folders);
  const MessageHead head = head_for(MessageType::transfer, new_uuid(), parties);
  const auto build = [&](Connection& connection, Prepared& prepared) {
    for (const FolderId& id : folders) {
      const FolderRecord folder = required(connection, archive.file_plan(), id);
      if (const auto process = process_to_transfer(connection, id))
        throw Forbidden("transfer_open",
                        fmt::format("{} is handed over in process {}", folder.about.reference, *process));
    }
    hand_over(connection, archive.file_plan(), folders, prepared);
  };
  const auto apply = [&](Connection& connection, const Prepared& prepared) {
    insert_process(connection, head.process, ProcessKind::two_stage, actor);
    mark_transferred(connection, prepared, head.process, actor);
  };
  write_step(archive, head, parties.schemas, build, apply, actor);
  return head.process;
}

std::string send_file_plan(Archive& archive, const DisposalParties& parties, const std::string& actor) {
  require_parties(parties);
  const MessageHead head = head_for(MessageType::plan, new_uuid(), parties);
  const FilePlan& plan = archive.file_plan();
  const auto id_of = [&](const std::string& number) {
    return named_uuid(fmt::format("plan:{}:{}", archive.tenant(), number));
  };
  const std::function<std::vector<PlanUnit>(const std::string&)> below = [&](const std::string& parent) {
    std::vector<PlanUnit> units;
    for (const FilePlanEntry& entry : plan.entries) {
      if (entry.parent != parent) continue;
      units.push_back({id_of(entry.number), entry.number, entry.title, std::string(code_of(entry.disposal)),
                       false, years_of(entry.retention), below(entry.number)});
    }
    return units;
  };
  const auto build = [&](Connection&, Prepared& prepared) {
    prepared.message.plan = PlanForAppraisal{id_of(""), plan.title, plan.version, below("")};
  };
  const auto apply = [&](Connection& connection, const Prepared&) {
    insert_process(connection, head.process, ProcessKind::plan, actor);
    for (const FilePlanEntry& entry : plan.entries)
      connection.execute("INSERT INTO plan_appraisal(process, id, plan_entry) VALUES(?, ?, ?)",
                         {head.process, id_of(entry.number), entry.number});
  };
  write_step(archive, head, parties.schemas, build, apply, actor);
  return head.process;
}

void appraise_by_plan(Archive& archive, const std::vector<FolderId>& folders, Date on,
                      const std::string& actor) {
  require_some_once(folders);
  archive.database().write([&](Connection& connection) {
    for (const FolderId& id : whole_folders(connection, folders)) {
      const FolderRecord folder = required(connection, archive.file_plan(), id);
      require_due(folder, on);
      const auto appraisal = plan_appraisal_of(connection, archive.file_plan(), folder.about.plan_entry);
      const auto decision = appraisal ? appraisal_decision_from(appraisal->code) : std::nullopt;
      if (!decision)
        throw Forbidden("plan_not_appraised",
                        fmt::format("entry {} of {}", folder.about.plan_entry, folder.about.reference));
      record_appraisal(connection, archive.file_plan(),
                       {id, *decision, appraisal->process, std::min(appraisal->decided_on, on)}, on, actor);
    }
  });
}

}  // namespace eakte::archive

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "archive/disposal/process_rows.h"
#include "archive/offers.h"

namespace eakte::archive {
namespace {

/// What an answer answers, and the kind of process it belongs to.
struct Expectation {
  MessageType answer;
  MessageType question;
};
constexpr auto expectations =
    std::to_array<Expectation>({{MessageType::offer_received, MessageType::offer},
                                {MessageType::appraisal, MessageType::offer},
                                {MessageType::transfer_received, MessageType::transfer},
                                {MessageType::import_report, MessageType::transfer},
                                {MessageType::plan_received, MessageType::plan},
                                {MessageType::plan_appraisal, MessageType::plan}});

/// Codes are compared where both sides have told one (1.4).
void require_sender(const MessageHead& head, const DisposalParties& parties) {
  const auto differ = [](const std::string& one, const std::string& other) {
    return !one.empty() && !other.empty() && one != other;
  };
  if (differ(head.sender.code, parties.archive.code) || differ(head.recipient.code, parties.authority.code))
    throw Forbidden("answer_wrong_sender",
                    fmt::format("{} wrote to {}", head.sender.code, head.recipient.code));
}

/// The day an answer bears, or today when that day has not come.
Date day_of(const MessageHead& head, Date today) {
  const auto written = date_from_iso(std::string_view(head.created_at).substr(0, 10));
  return written ? std::min(*written, today) : today;
}

/// One answer on its way into the catalogue.
class Answer {
public:
  Answer(Archive& archive, const XdomeaMessage& message, const DisposalParties& parties, Date today,
         const std::string& actor)
      : archive_(archive),
        message_(message),
        head_(message.head),
        parties_(parties),
        today_(today),
        actor_(actor) {}

  /// Whether it was taken before. Throws Forbidden when it cannot be taken.
  bool was_taken(Connection& connection, const std::string& message_sha256) const {
    const auto* const expectation = std::ranges::find(expectations, head_.type, &Expectation::answer);
    if (expectation == expectations.end())
      throw Forbidden("answer_unexpected", fmt::format("message {} is no answer", number_of(head_.type)));
    const Rows rows =
        connection.query("SELECT withdrawn_at FROM disposal_process WHERE id = ?", {head_.process});
    if (rows.empty()) throw Forbidden("process_unknown", fmt::format("process {}", head_.process));
    if (const auto there = message_hash(connection, head_.process, head_.type)) {
      if (*there == message_sha256) return true;
      throw Forbidden("answer_repeated",
                      fmt::format("process {} has its {}", head_.process, number_of(head_.type)));
    }
    if (!rows[0].is_null("withdrawn_at"))
      throw Forbidden("offer_withdrawn", fmt::format("process {} was withdrawn", head_.process));
    if (!message_hash(connection, head_.process, expectation->question))
      throw Forbidden("answer_unexpected",
                      fmt::format("process {} has no {}", head_.process, number_of(expectation->question)));
    require_sender(head_, parties_);
    return false;
  }

  void apply(Connection& connection) {
    if (head_.type == MessageType::appraisal) appraise(connection);
    if (head_.type == MessageType::import_report) confirm(connection);
    if (head_.type == MessageType::plan_appraisal) appraise_plan(connection);
  }

  /// What it is answered with.
  std::vector<XdomeaMessage> replies() const { return replies_; }

private:
  MessageHead reply_head(MessageType type) const {
    MessageHead head;
    head.version = "3.1.0";
    head.type = type;
    head.process = head_.process;
    head.created_at = now_utc();
    head.sender = parties_.authority;
    head.recipient = parties_.archive;
    head.system = parties_.system;
    return head;
  }

  void confirm_receipt(MessageType type) {
    if (!head_.receipt_wanted) return;
    replies_.emplace_back();
    replies_.back().head = reply_head(type);
  }

  /// 0502: every object gets its own decision or that of what it lies in; every folder must have one (1.4).
  void appraise(Connection& connection) {
    std::vector<ObjectRow> objects = load_objects(connection, head_.process);
    std::map<std::string, ObjectRow*> by_id;
    for (ObjectRow& object : objects) by_id[object.id] = &object;
    for (const AppraisedObject& appraised : message_.appraised) {
      const auto found = by_id.find(appraised.id);
      if (found == by_id.end())
        throw Forbidden("object_unknown", fmt::format("{} was not offered in this process", appraised.id));
      found->second->decision = appraisal_decision_from(appraised.code);
      if (!found->second->decision)
        throw Forbidden("appraisal_unclear", fmt::format("{} is neither A nor V", appraised.id));
    }
    for (ObjectRow& object : objects) {
      const auto around = by_id.find(object.parent);
      if (!object.decision && around != by_id.end()) object.decision = around->second->decision;
    }
    store_decisions(connection, objects);
    record(connection, objects);
    confirm_receipt(MessageType::appraisal_received);
  }

  void store_decisions(Connection& connection, const std::vector<ObjectRow>& objects) const {
    for (const ObjectRow& object : objects) {
      if (!object.decision) continue;
      connection.execute("UPDATE disposal_object SET decision = ? WHERE process = ? AND id = ?",
                         {std::string(code_of(*object.decision)), head_.process, object.id});
    }
  }

  /// A folder goes to the archive when anything of it does; it may be destroyed when all of it may.
  void record(Connection& connection, const std::vector<ObjectRow>& objects) const {
    std::map<FolderId, AppraisalDecision> folders;
    std::set<std::string> filled;
    for (const ObjectRow& object : objects) filled.insert(object.parent);
    for (const ObjectRow& object : objects) {
      if (object.decision) {
        const auto [at, added] = folders.try_emplace(object.folder, *object.decision);
        if (*object.decision == AppraisalDecision::transfer) at->second = AppraisalDecision::transfer;
      } else if (!filled.contains(object.id)) {
        throw Forbidden("appraisal_incomplete", fmt::format("{} has no decision", object.id));
      }
    }
    for (const auto& [folder, decision] : folders) {
      const auto by_letter = appraisal_of(connection, folder);
      if (by_letter && by_letter->decision == decision) continue;
      record_appraisal(connection, archive_.file_plan(),
                       {folder, decision, head_.process, day_of(head_, today_)}, today_, actor_);
    }
  }

  /// What the archive told of one object of the 0503 it took or refused as a whole, with all that lies in it.
  struct Outcome {
    ImportedObject told;
    bool whole = false;
  };

  /// 0506: success counts for the very objects it names (XD-05). What lies in an object goes with it: where
  /// something failed, all of that object did.
  void confirm(Connection& connection) {
    if (message_.whole_import && message_.whole_import->success)
      throw Forbidden("import_unnamed", fmt::format("the 0506 of {} names no object", head_.process));
    std::map<std::string, const ImportedObject*> told;
    for (const ImportedObject& imported : message_.imported) told[imported.id] = &imported;
    std::vector<ObjectRow> objects = load_objects(connection, head_.process);
    std::erase_if(objects, [](const ObjectRow& object) { return !object.handed_over; });
    std::map<std::string, std::string> root_of;  // parents come before what lies in them
    std::map<std::string, Outcome> outcomes;     // by root
    for (const ObjectRow& object : objects) {
      const std::string root = object.root ? object.id : root_of.at(object.parent);
      root_of[object.id] = root;
      const auto found = told.find(object.id);
      if (found != told.end()) store_import(connection, *found->second);
      if (object.root) {
        outcomes[root] =
            found != told.end() ? Outcome{*found->second, found->second->success} : unnamed(connection, root);
      } else if (found != told.end() && !found->second->success) {
        outcomes[root].whole = false;
      }
      if (found != told.end()) told.erase(found);
    }
    if (!told.empty())
      throw Forbidden("object_unknown",
                      fmt::format("{} was not handed over in this process", told.begin()->first));
    settle(connection, objects, root_of, outcomes);
  }

  /// A root the 0506 does not name was not taken over.
  Outcome unnamed(Connection& connection, const std::string& root) const {
    if (!message_.whole_import) return {};
    const ImportedObject failed{root, false, message_.whole_import->message, ""};
    store_import(connection, failed);
    return {failed, false};
  }

  /// A folder is taken over when every root with something of it was.
  void settle(Connection& connection, const std::vector<ObjectRow>& objects,
              const std::map<std::string, std::string>& root_of,
              const std::map<std::string, Outcome>& outcomes) const {
    std::map<FolderId, Outcome> folders;
    for (const ObjectRow& object : objects) {
      const Outcome& root = outcomes.at(root_of.at(object.id));
      Outcome& folder = folders.try_emplace(object.folder, root).first->second;
      folder.whole = folder.whole && root.whole;
      if (folder.told.archive_reference.empty()) folder.told.archive_reference = root.told.archive_reference;
      // A part in a folder shares what became of it.
      if (object.kind == RecordKind::folder && !object.root && !root.told.id.empty())
        connection.execute(
            "UPDATE disposal_object SET imported = ?, message = ?, archive_reference = ? WHERE process = ? "
            "AND id = "
            "? AND imported IS NULL",
            {std::int64_t{root.whole ? 1 : 0}, root.told.message, root.told.archive_reference, head_.process,
             object.id});
    }
    for (const auto& [folder, outcome] : folders) {
      if (outcome.whole) {
        confirm_transfer(connection, folder, outcome.told.archive_reference);
      } else {
        take_back(connection, folder);
      }
    }
  }

  void store_import(Connection& connection, const ImportedObject& imported) const {
    connection.execute(
        "UPDATE disposal_object SET imported = ?, message = ?, archive_reference = ? WHERE process = ? AND "
        "id = "
        "?",
        {std::int64_t{imported.success ? 1 : 0}, imported.message, imported.archive_reference, head_.process,
         imported.id});
  }

  void confirm_transfer(Connection& connection, const FolderId& folder, const std::string& reference) const {
    connection.execute(
        "UPDATE appraisal SET transfer_confirmed_at = ?, archive_reference = ? WHERE folder = ?",
        {now_utc(), reference, folder.text});
    audit(connection, "folder.transfer_confirmed", folder);
  }

  /// Not taken over: it is appraised as before and can be handed over again, in another process.
  void take_back(Connection& connection, const FolderId& folder) const {
    connection.execute("UPDATE folder SET status = 'appraised' WHERE id = ? AND status = 'transferred'",
                       {folder.text});
    audit(connection, "folder.transfer_failed", folder);
  }

  void audit(Connection& connection, const char* action, const FolderId& folder) const {
    append_audit_entry(connection,
                       {actor_, action, folder.text, nlohmann::json{{"process", head_.process}}.dump()});
  }

  /// 0513: what cannot be taken over is told to the archive in the 0514.
  void appraise_plan(Connection& connection) {
    XdomeaMessage report;
    report.head = reply_head(MessageType::plan_imported);
    for (const AppraisedObject& appraised : message_.appraised) {
      ImportedObject imported{appraised.id, false, "", ""};
      if (appraised.code.empty()) {
        imported.message = "Nur die Aussonderungsarten A, B und V werden übernommen.";
      } else {
        imported.success =
            connection.execute(
                "UPDATE plan_appraisal SET code = ?, decided_on = ? WHERE process = ? AND id = ?",
                {appraised.code, to_iso(day_of(head_, today_)), head_.process, appraised.id}) == 1;
        if (!imported.success) imported.message = "Diese Aktenplaneinheit wurde nicht zur Bewertung gegeben.";
      }
      report.imported.push_back(std::move(imported));
    }
    replies_.push_back(std::move(report));
    confirm_receipt(MessageType::plan_appraisal_received);
  }

  Archive& archive_;
  const XdomeaMessage& message_;
  const MessageHead& head_;
  const DisposalParties& parties_;
  Date today_;
  const std::string& actor_;
  std::vector<XdomeaMessage> replies_;
};

}  // namespace

TakenAnswer take_answer(Archive& archive, const ReadContainer& answer, int received,
                        const DisposalParties& parties, Date today, const std::string& actor) {
  const MessageHead& head = answer.message.head;
  TakenAnswer taken{head.process, head.type, false};
  remove_unfinished_messages(archive);
  StagedMessage staged = stage_received(archive, answer, received);
  archive.database().write([&](Connection& connection) {
    Answer coming(archive, answer.message, parties, today, actor);
    if (coming.was_taken(connection, answer.message_sha256)) return;
    coming.apply(connection);
    insert_message(connection, head.process, head, true, staged, actor);
    for (const XdomeaMessage& reply : coming.replies()) {
      StagedMessage written = stage_message(archive, reply, {}, parties.schemas);
      insert_message(connection, head.process, reply.head, false, written, actor);
    }
    taken.changed = true;
  });
  return taken;
}

}  // namespace eakte::archive

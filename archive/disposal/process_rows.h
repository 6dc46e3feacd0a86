#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "archive/disposal/outbox.h"
#include "archive/offers.h"

namespace eakte::archive {

/// A row of disposal_object.
struct ObjectRow {
  std::string id;
  RecordKind kind = RecordKind::folder;
  FolderId folder;
  std::string parent;  ///< UUID; empty for a folder
  std::optional<AppraisalDecision> decision;
  bool handed_over = false;
  bool root = false;
};

void insert_process(Connection& connection, const std::string& id, ProcessKind kind,
                    const std::string& actor);
/// Throws NotFound.
ProcessKind kind_of_process(Connection& connection, const std::string& id);

/// Adds the row of a message, puts its file in place and tells the audit trail.
void insert_message(Connection& connection, const std::string& process, const MessageHead& head,
                    bool incoming, StagedMessage& staged, const std::string& actor);
/// The hash of the XML of a message of a process; nothing when there is none of that type.
std::optional<std::string> message_hash(Connection& connection, const std::string& process, MessageType type);

void insert_object(Connection& connection, const std::string& process, const ObjectRow& row, int position);
/// Marks the row of an object that was offered before; false when there is none.
bool mark_handed_over(Connection& connection, const std::string& process, const ObjectRow& row);
/// In the order of the message: parents before children.
std::vector<ObjectRow> load_objects(Connection& connection, const std::string& process);

/// What the 0502 decided about the objects of a folder, by UUID; empty when none came.
using Decisions = std::map<std::string, AppraisalDecision>;
Decisions decisions_on(Connection& connection, const FolderId& folder);

/// The four-stage process of a folder that has an appraisal but no transfer yet.
std::optional<std::string> process_to_transfer(Connection& connection, const FolderId& folder);

/// What the last 0513 says of an entry, or of the nearest entry above it.
std::optional<PlanAppraisal> plan_appraisal_of(Connection& connection, const FilePlan& plan,
                                               const std::string& plan_entry);

}  // namespace eakte::archive

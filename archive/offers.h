#pragma once
#include <optional>
#include <string>
#include <vector>

#include "archive/appraisal.h"
#include "archive/life_cycle.h"
#include "archive/xdomea_container.h"

namespace eakte::archive {

// Disposal with the archive by xdomea (XD-04). Four stages: offer_folders (0501), its answer (0502),
// transfer_offered (0503), its answer (0506). Two stages: send_file_plan (0511), its answer (0513),
// appraise_by_plan, transfer_folders (0503), its answer (0506). Each process has a UUID that all its messages
// bear, and at most one message of a type (XD-12). A message is durable in the tenant's outbox before the
// state follows it; all of a step is one commit, audit entries included.

/// Who offers to whom.
struct DisposalParties {
  Office authority;               ///< the office, as the archive knows it
  Office archive;                 ///< whom it offers to
  std::string system;             ///< this program and its version
  std::filesystem::path schemas;  ///< directory of the XSDs; empty: only our own checks
};

enum class ProcessKind {
  four_stage,  ///< offer, appraisal, transfer
  two_stage,   ///< transfer of what is appraised already
  plan         ///< appraisal of the file plan
};
std::string_view name_of(ProcessKind kind);

struct ProcessMessage {
  MessageType type{};
  bool incoming = false;
  std::string file_name;  ///< in the outbox
  std::string sha256;
  std::string recorded_at;  ///< UTC
  std::string recorded_by;
  bool kept = true;  ///< false: the file was removed with a folder that was in it
};

/// A folder in a process, as far as this process brought it.
struct ProcessFolder {
  Folder about;  ///< reference and title are empty when it is destroyed
  FolderStatus status = FolderStatus::offered;
  std::optional<AppraisalDecision> decision;
  bool handed_over = false;      ///< it was in the 0503
  std::optional<bool> imported;  ///< what the 0506 said; nothing: it has not come, or does not name it
  std::string message;           ///< why its import failed, as the archive told
  std::string archive_reference;
};

/// How far a process is, for the list people look at.
enum class ProcessState {
  waiting,      ///< for the appraisal
  appraised,    ///< what was marked A has yet to be handed over; of a plan: done
  transferred,  ///< handed over, the import is not confirmed
  confirmed,    ///< the 0506 has come; see `failed`
  withdrawn
};
std::string_view name_of(ProcessState state);

struct DisposalProcess {
  std::string id;
  ProcessKind kind = ProcessKind::four_stage;
  ProcessState state = ProcessState::waiting;
  std::string created_at;
  std::string created_by;
  int folder_count = 0;
  int failed = 0;            ///< folders of which the archive did not take over everything
  std::string withdrawn_at;  ///< UTC; empty: it stands
  std::string withdrawn_by;
  std::string withdraw_reason;
  std::vector<ProcessMessage> messages;  ///< by type
  std::vector<ProcessFolder> folders;    ///< without those of processes of a plan
};

/// Offers closed folders that are due on a day: writes the 0501, and they are offered. All or none. Returns
/// the process. Throws NotFound; Forbidden: parties_missing, nothing_chosen, folder_not_closed,
/// folder_not_due, hold_standing, disposal_begun; Conflict when something changed meanwhile; StorageFailure.
std::string offer_folders(Archive& archive, const std::vector<FolderId>& folders,
                          const DisposalParties& parties, Date on, const std::string& actor);

/// Takes back an offer the archive has not answered with a 0502: its folders are closed and due as before and
/// can be offered again; what was appraised by letter meanwhile stays so. An answer that comes later is
/// refused. Throws NotFound; Error without a reason; Forbidden: answer_unexpected (not an offer),
/// offer_answered, offer_withdrawn.
void withdraw_offer(Archive& archive, const std::string& process, const std::string& reason,
                    const std::string& actor);

/// A folder that is appraised A and lies in no process that has yet to hand it over: after an appraisal by
/// letter or plan, and after a failed import.
struct OpenTransfer {
  Folder about;
  std::string source;   ///< of its appraisal
  std::string message;  ///< why its last import failed; empty: it was not handed over yet
  bool on_paper = false;  ///< its paper is handed over by a protocol (paper_handover.h)
};
/// By reference, at most `limit`.
std::vector<OpenTransfer> open_transfers(const Archive& archive, int limit);

/// Hands over what the 0502 of a process appraised A: writes the 0503 with PDF/A and originals. Throws
/// NotFound; Forbidden: appraisal_open (no 0502 yet), transferred_already, nothing_chosen (all was V),
/// hold_standing, and as above.
void transfer_offered(Archive& archive, const std::string& process, const DisposalParties& parties,
                      const std::string& actor);

/// Hands over folders that are appraised A and were not taken over yet, in a process of their own: after an
/// appraisal by letter or by the file plan, and again after a failed import. Further: transfer_undecided,
/// transfer_open (its process has yet to transfer it).
std::string transfer_folders(Archive& archive, const std::vector<FolderId>& folders,
                             const DisposalParties& parties, const std::string& actor);

/// Sends the file plan to be appraised beforehand: writes the 0511.
std::string send_file_plan(Archive& archive, const DisposalParties& parties, const std::string& actor);

/// What the last 0513 says of an entry of the file plan, its own or that of the nearest entry above.
struct PlanAppraisal {
  std::string process;
  std::string plan_entry;  ///< that was appraised
  std::string code;        ///< A, V, or B: to be appraised folder by folder
  Date decided_on{};
};
std::optional<PlanAppraisal> plan_appraisal_of(const Archive& archive, const std::string& plan_entry);

/// Records the appraisal of the file plan for due folders of its entries, instead of an offer. All or none.
/// Throws as offer_folders; Forbidden: plan_not_appraised.
void appraise_by_plan(Archive& archive, const std::vector<FolderId>& folders, Date on,
                      const std::string& actor);

struct TakenAnswer {
  std::string process;
  MessageType type{};
  bool changed = false;  ///< false: the same message was taken before
};

/// Takes an answer of the archive: 0504, 0507 and 0512 are recorded; a 0502 appraises the folders and is
/// answered by a 0505 when asked for; a 0506 confirms transfers or says why not, and what failed is appraised
/// as before and can be transferred again; a 0513 appraises the file plan and is answered by 0514 and 0515.
/// `received` is the file as it came; it is kept. All or nothing; the same message again changes nothing.
/// Throws Forbidden: process_unknown, answer_unexpected, answer_wrong_sender, answer_repeated (XD-12),
/// offer_withdrawn, object_unknown, appraisal_unclear (neither A nor V), appraisal_incomplete, import_unnamed
/// (a 2.x 0506 that names no object).
TakenAnswer take_answer(Archive& archive, const ReadContainer& answer, int received,
                        const DisposalParties& parties, Date today, const std::string& actor);

/// Throws NotFound.
DisposalProcess disposal_process(const Archive& archive, const std::string& id);
/// Newest first, at most `limit`, without their folders.
std::vector<DisposalProcess> disposal_processes(const Archive& archive, int limit);
/// The processes a folder is in, newest first.
std::vector<std::string> processes_of(const Archive& archive, const FolderId& folder);

/// A message of a process, verified against its hash. Throws NotFound, Damaged.
OpenObject open_message(const Archive& archive, const std::string& process, MessageType type);

/// The same for a person who takes it along: it is an export, and the audit trail tells of it.
OpenObject hand_out_message(Archive& archive, const std::string& process, MessageType type,
                            const std::string& actor);

/// Removes from the outbox every message that holds something of a destroyed folder (RT-10), and what a crash
/// left there. Returns how many.
int remove_messages_of_destroyed(Archive& archive);

/// Removes from the outbox what a crash left there before its commit, so that no message lies there that was
/// never sent. Returns how many. Each step of disposal and the start of a service do it.
int remove_unfinished_messages(Archive& archive);

/// What is wrong with the outbox, one sentence each, for verify_archive.
std::vector<std::string> check_outbox(const Archive& archive);

}  // namespace eakte::archive

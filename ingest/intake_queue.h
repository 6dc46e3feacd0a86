#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::ingest {

using archive::IntakeId;

/// Where an intake stands. Everything received is in exactly one of these, which `eakte verify` adds up.
enum class IntakeState {
  queued,       ///< durable, waits for a worker
  working,      ///< a worker has it
  filed,        ///< a document is in the archive
  review,       ///< likewise, and a person has to look at the filing
  refused,      ///< the input cannot be taken; the bytes are kept
  quarantined,  ///< processing failed repeatedly; the bytes are kept
  unpacked,     ///< was an archive; its members are intakes of their own
  split,        ///< was a batch with separators; its parts are intakes of their own, each with its document
  withdrawn,    ///< was part of a batch that has been filed as one document since
  duplicate,    ///< same bytes as an earlier intake, linked to it
  destroyed     ///< its document was destroyed; id, hash and times stay
};
std::string_view name_of(IntakeState state);
std::optional<IntakeState> intake_state_from(std::string_view name);

/// Something that came in (Posteingang), before and after it became a document.
struct Intake {
  IntakeId id;
  std::string received_at;  ///< UTC
  std::string source;       ///< "upload", "cli", "watch", "archive", "batch"
  std::string name;         ///< as given, valid UTF-8; for display only
  IntakeId parent;          ///< the archive it was a member of, the batch it was part of; else empty
  int depth = 0;            ///< archives around it
  std::string sha256;
  std::uint64_t size = 0;
  std::string languages;  ///< the recogniser's, from the configuration of the source
  IntakeState state = IntakeState::queued;
  std::string reason;  ///< code of reasons.h, empty when all went well
  std::string detail;  ///< for operators, English, no content
  int attempts = 0;
  bool whole = false;            ///< a batch that is to be one document although separators stand in it
  archive::DocumentId document;  ///< empty until filed
  IntakeId duplicate_of;         ///< empty unless the state is duplicate
};

/// What is known when bytes arrive.
struct NewIntake {
  std::string source;
  std::string name;
  std::string languages = "deu+eng";
  IntakeId parent;
  int depth = 0;
  std::string idempotency_key;  ///< empty: none
  std::string actor{};          ///< the account that sent it; empty: the source
};

/// A part of a batch, ready to be filed.
struct BatchPart {
  IntakeId id;
  std::string name;
  std::vector<int> pages;  ///< of the batch, from 1
};

/// What became of one page of a split batch.
struct BatchPage {
  int number = 1;
  std::string role;   ///< "page", "separator", "back"
  IntakeId part;      ///< where it went; empty for separators and their backs
  std::string codes;  ///< JSON as in archive::PageRecord
};

struct IntakeList {
  std::vector<Intake> intakes;  ///< newest first
  std::string next;             ///< cursor; empty at the end
};

/// The durable queue in front of the archive, in the tenant's catalogue. Safe for concurrent use by threads
/// and processes.
class IntakeQueue {
public:
  /// A worker that dies of an intake leaves the service alive, so three deaths are the intake's fault.
  static constexpr int max_attempts = 3;
  /// A death of the service itself is hardly the intake's fault; this bounds the case that it is.
  static constexpr int max_interruptions = 10;

  explicit IntakeQueue(archive::Archive& archive);

  /// Takes bytes in: object durable, then intake, audit entry and queue place in one commit. When this
  /// returns, the intake survives a power cut. Bytes that an earlier intake holds already become
  /// state duplicate, unless that one was refused or set aside. The same idempotency key gives the same
  /// intake again. Throws archive::StorageFailure (nothing taken), Refused("idempotency_key_reused").
  Intake accept(archive::StagedObject bytes, const NewIntake& about);

  /// The oldest waiting intake, now working with one more attempt; nothing when none waits.
  std::optional<Intake> claim();

  /// Ends an intake without a document (refused, quarantined, unpacked), or gives it back to be tried again
  /// (queued). A batch whose parts are filed goes back to split instead of being refused or quarantined: what
  /// could not be done is only its joining.
  void finish(const IntakeId& id, IntakeState state, const std::string& reason, const std::string& detail);

  /// To be run inside the commit that files the document.
  static void mark_filed(archive::Connection& connection, const IntakeId& id,
                         const archive::DocumentId& document, archive::DocumentState state);

  /// To be run inside the commit that files the parts of a batch: makes them intakes, filed or on review,
  /// notes what became of each page, and ends the batch as split. `documents` and `states` belong to `parts`.
  /// Throws archive::Conflict when the batch has ended meanwhile.
  static void mark_split(archive::Connection& connection, const Intake& batch,
                         const std::vector<BatchPart>& parts,
                         const std::vector<archive::DocumentId>& documents,
                         const std::vector<archive::DocumentState>& states,
                         const std::vector<BatchPage>& pages);

  /// A split batch waits again, to be filed as one document; its parts stay in force until it is, and are
  /// withdrawn in the same commit. Throws archive::NotFound, archive::Conflict (not a split batch, or a part
  /// of it was destroyed).
  Intake join(const IntakeId& id, const std::string& actor);
  /// The parts of a batch, in order, whether in force or withdrawn.
  std::vector<Intake> parts_of(const IntakeId& batch) const;
  /// What became of its pages; empty when it was never split.
  std::vector<BatchPage> pages_of(const IntakeId& batch) const;

  /// Gives a claimed intake back because the process ends; the attempt does not count.
  void give_back(const IntakeId& id);

  /// Ends an intake that still waits; false when it does not wait (any more).
  bool cancel_waiting(const IntakeId& id, const std::string& actor);

  /// Members of an archive and the archive's own end, in one commit.
  std::vector<Intake> finish_unpacked(const IntakeId& archive_intake,
                                      std::vector<std::pair<archive::StoredObject, NewIntake>> members);

  /// At start: what was being worked on when the service died waits again without the attempt being counted,
  /// or is quarantined after too many such deaths. Returns how many were found.
  int recover();

  /// A refused or quarantined intake waits again, with its attempts forgiven; so does one whose document was
  /// filed unread (unread_intakes.h), which stays in force. Throws archive::NotFound, archive::Conflict.
  Intake retry(const IntakeId& id, const std::string& actor);

  Intake intake(const IntakeId& id) const;  ///< throws archive::NotFound
  /// For a duplicate: the intake it is linked to; otherwise itself.
  Intake resolved(const Intake& intake) const;
  IntakeList list(std::span<const IntakeState> states, const std::string& cursor, int limit) const;
  std::map<IntakeState, std::int64_t> counts() const;

private:
  archive::Archive& archive_;
};

/// Turns bytes of any encoding into valid UTF-8 for display: UTF-8 stays, else read as windows-1252;
/// control characters become '\uFFFD'.
std::string displayable(std::string_view bytes);

}  // namespace eakte::ingest

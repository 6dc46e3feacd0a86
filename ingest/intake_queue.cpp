#include "ingest/intake_queue.h"

#include <algorithm>
#include <array>
#include <utility>

#include "archive/audit_trail.h"
#include "archive/calendar.h"
#include "ingest/error.h"
#include "ingest/queue/intake_rows.h"
#include "ingest/unread_intakes.h"

namespace eakte::ingest {
namespace {

using archive::Connection;
using archive::Row;
using archive::Rows;

/// The intake whose bytes are these, unless it came to nothing.
std::optional<Intake> find_same_bytes(Connection& connection, const std::string& sha256) {
  const Rows rows = connection.query(
      "SELECT * FROM intake WHERE sha256 = ? AND source <> 'batch'"
      " AND state NOT IN ('refused', 'quarantined', 'duplicate', 'destroyed') ORDER BY id LIMIT 1",
      {sha256});
  if (rows.empty()) return std::nullopt;
  return intake_from(rows.front());
}

Intake insert(Connection& connection, const archive::StoredObject& object, const NewIntake& about) {
  Intake intake;
  intake.id = {archive::new_id_text()};
  intake.received_at = archive::now_utc();
  intake.source = about.source;
  intake.name = displayable(about.name);
  intake.parent = about.parent;
  intake.depth = about.depth;
  intake.sha256 = object.sha256;
  intake.size = object.size;
  intake.languages = about.languages;
  if (const auto first = find_same_bytes(connection, object.sha256)) {
    intake.state = IntakeState::duplicate;
    intake.reason = "duplicate";
    intake.duplicate_of = first->id;
    intake.document = first->document;
  }
  connection.execute(
      "INSERT INTO intake(id, received_at, source, name, parent, depth, sha256, size, languages, state, "
      "reason,"
      " document, duplicate_of, idempotency_key, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
      {intake.id.text, intake.received_at, intake.source, intake.name, intake.parent.text,
       std::int64_t{intake.depth}, intake.sha256, static_cast<std::int64_t>(intake.size), intake.languages,
       text_of(intake.state), intake.reason, intake.document.text, intake.duplicate_of.text,
       about.idempotency_key.empty() ? archive::Value(nullptr) : archive::Value(about.idempotency_key),
       intake.received_at});
  archive::append_audit_entry(connection, {.actor = about.actor.empty() ? about.source : about.actor,
                                           .action = "intake.accepted",
                                           .subject = intake.id.text,
                                           .detail = R"({"sha256":")" + intake.sha256 + R"("})"});
  return intake;
}

/// The intake this idempotency key was given before. Throws Refused when it came with other bytes.
std::optional<Intake> same_key(Connection& connection, const NewIntake& about,
                               const archive::StoredObject& object) {
  if (about.idempotency_key.empty()) return std::nullopt;
  const Rows rows =
      connection.query("SELECT * FROM intake WHERE idempotency_key = ?", {about.idempotency_key});
  if (rows.empty()) return std::nullopt;
  Intake earlier = intake_from(rows.front());
  if (earlier.sha256 != object.sha256) {
    throw Refused("idempotency_key_reused",
                  "idempotency key of intake " + earlier.id.text + " came with other bytes");
  }
  return earlier;
}

/// Documents of which there is nothing but the original.
constexpr const char* filed_unread =
    "SELECT intake.id FROM intake JOIN document ON document.intake = intake.id"
    " WHERE intake.state IN ('filed', 'review') AND document.state <> 'withdrawn'"
    " AND NOT EXISTS (SELECT 1 FROM rendition WHERE rendition.document = document.id AND role <> 'original')";

bool was_filed_unread(Connection& connection, const IntakeId& id) {
  return !connection.query(std::string(filed_unread) + " AND intake.id = ?", {id.text}).empty();
}

}  // namespace

IntakeQueue::IntakeQueue(archive::Archive& archive) : archive_(archive) {}

Intake IntakeQueue::accept(archive::StagedObject bytes, const NewIntake& about) {
  for (;;) {
    const archive::StoredObject object = bytes.commit();
    std::optional<Intake> accepted;
    archive_.database().write([&](Connection& connection) {
      accepted = same_key(connection, about, object);
      // The bytes may have been there already, and been destroyed since commit(): then our own take their
      // place.
      if (!accepted && archive_.objects().exists(object.sha256)) accepted = insert(connection, object, about);
    });
    if (accepted) return *std::move(accepted);
  }
}

std::optional<Intake> IntakeQueue::claim() {
  // Looking needs no write lock; most wake-ups find nothing.
  if (archive_.database().query("SELECT 1 FROM intake WHERE state = 'queued' LIMIT 1").empty())
    return std::nullopt;
  std::optional<Intake> claimed;
  archive_.database().write([&](Connection& connection) {
    const Rows rows = connection.query(
        "UPDATE intake SET state = 'working', attempts = attempts + 1, updated_at = ?"
        " WHERE id = (SELECT id FROM intake WHERE state = 'queued' ORDER BY id LIMIT 1) RETURNING *",
        {archive::now_utc()});
    if (!rows.empty()) claimed = intake_from(rows.front());
  });
  return claimed;
}

void IntakeQueue::finish(const IntakeId& id, IntakeState state, const std::string& reason,
                         const std::string& detail) {
  archive_.database().write([&](Connection& connection) {
    const IntakeState end = resting_state(connection, id, state);
    set_state(connection, id, end, reason, detail);
    record_end(connection, id, end, reason);
  });
}

void IntakeQueue::mark_filed(Connection& connection, const IntakeId& id, const archive::DocumentId& document,
                             archive::DocumentState state) {
  const IntakeState end = state == archive::DocumentState::review ? IntakeState::review : IntakeState::filed;
  set_state(connection, id, end, "", "");
  connection.execute("UPDATE intake SET document = ? WHERE id = ? OR duplicate_of = ?",
                     {document.text, id.text, id.text});
  // A batch that is one document now: its parts are withdrawn with their documents.
  for (const Row& row : connection.query(
           "SELECT id FROM intake WHERE parent = ? AND source = 'batch' AND state IN ('filed', 'review')",
           {id.text})) {
    const IntakeId part{row.text("id")};
    set_state(connection, part, IntakeState::withdrawn, "", "");
    record_end(connection, part, IntakeState::withdrawn, "");
  }
}

void IntakeQueue::give_back(const IntakeId& id) {
  archive_.database().write([&](Connection& connection) {
    connection.execute(
        "UPDATE intake SET state = 'queued', attempts = attempts - 1 WHERE id = ? AND state = 'working'",
        {id.text});
  });
}

bool IntakeQueue::cancel_waiting(const IntakeId& id, const std::string& actor) {
  bool cancelled = false;
  archive_.database().write([&](Connection& connection) {
    const auto intake = find_intake(connection, id);
    if (!intake) throw archive::NotFound("there is no intake " + id.text);
    cancelled = intake->state == IntakeState::queued;
    if (!cancelled) return;
    const IntakeState end = resting_state(connection, id, IntakeState::refused);
    set_state(connection, id, end, "cancelled", "cancelled by " + actor);
    record_end(connection, id, end, "cancelled");
  });
  return cancelled;
}

std::vector<Intake> IntakeQueue::finish_unpacked(
    const IntakeId& archive_intake, std::vector<std::pair<archive::StoredObject, NewIntake>> members) {
  std::vector<Intake> intakes;
  archive_.database().write([&](Connection& connection) {
    intakes.clear();
    for (const auto& [object, about] : members) {
      // Destroyed with somebody else's document since it was unpacked: it is unpacked again.
      if (!archive_.objects().exists(object.sha256))
        throw archive::Conflict("object " + object.sha256 + " is gone");
      intakes.push_back(insert(connection, object, about));
    }
    set_state(connection, archive_intake, IntakeState::unpacked, "", "");
    record_end(connection, archive_intake, IntakeState::unpacked, "");
  });
  return intakes;
}

int IntakeQueue::recover() {
  int found = 0;
  archive_.database().write([&](Connection& connection) {
    const Rows rows = connection.query("SELECT * FROM intake WHERE state = 'working'");
    found = static_cast<int>(rows.size());
    for (const Row& row : rows) {
      const IntakeId id{row.text("id")};
      if (row.integer("interruptions") + 1 < max_interruptions) {
        set_state(connection, id, IntakeState::queued, "", "");
        connection.execute(
            "UPDATE intake SET attempts = attempts - 1, interruptions = interruptions + 1 WHERE id = ?",
            {id.text});
      } else {
        const IntakeState end = resting_state(connection, id, IntakeState::quarantined);
        set_state(connection, id, end, "worker_crashed", "the service died while working on it");
        record_end(connection, id, end, "worker_crashed");
      }
    }
  });
  return found;
}

Intake IntakeQueue::retry(const IntakeId& id, const std::string& actor) {
  std::optional<Intake> intake;
  archive_.database().write([&](Connection& connection) {
    intake = find_intake(connection, id);
    if (!intake) throw archive::NotFound("there is no intake " + id.text);
    if (intake->state != IntakeState::refused && intake->state != IntakeState::quarantined &&
        !was_filed_unread(connection, id)) {
      throw archive::Conflict("intake " + id.text + " is " + text_of(intake->state) +
                              ", only refused, quarantined and unread ones can be tried again");
    }
    connection.execute("UPDATE intake SET attempts = 0, interruptions = 0 WHERE id = ?", {id.text});
    set_state(connection, id, IntakeState::queued, "", "");
    archive::append_audit_entry(
        connection, {.actor = actor, .action = "intake.retried", .subject = id.text, .detail = ""});
    intake = find_intake(connection, id);
  });
  return *intake;
}

std::vector<IntakeId> unread_intakes(const archive::Archive& archive) {
  std::vector<IntakeId> ids;
  for (const Row& row : archive.database().query(std::string(filed_unread) + " ORDER BY intake.id"))
    ids.push_back({row.text("id")});
  return ids;
}

Intake IntakeQueue::intake(const IntakeId& id) const {
  std::optional<Intake> intake;
  archive_.database().read([&](Connection& connection) { intake = find_intake(connection, id); });
  if (!intake) throw archive::NotFound("there is no intake " + id.text);
  return *intake;
}

Intake IntakeQueue::resolved(const Intake& intake) const {
  return intake.state == IntakeState::duplicate ? this->intake(intake.duplicate_of) : intake;
}

IntakeList IntakeQueue::list(std::span<const IntakeState> states, const std::string& cursor,
                             int limit) const {
  std::string sql = "SELECT * FROM intake WHERE 1";
  std::vector<archive::Value> values;
  if (!cursor.empty()) {
    sql += " AND id < ?";
    values.emplace_back(cursor);
  }
  if (!states.empty()) {
    sql += " AND state IN (";
    for (const IntakeState state : states) {
      sql += values.size() > (cursor.empty() ? 0U : 1U) ? ",?" : "?";
      values.emplace_back(text_of(state));
    }
    sql += ")";
  }
  sql += " ORDER BY id DESC LIMIT ?";
  values.emplace_back(std::int64_t{limit} + 1);
  IntakeList list;
  for (const Row& row : archive_.database().query(sql, values)) list.intakes.push_back(intake_from(row));
  if (std::ssize(list.intakes) > limit) {
    list.intakes.pop_back();
    list.next = list.intakes.back().id.text;
  }
  return list;
}

std::map<IntakeState, std::int64_t> IntakeQueue::counts() const {
  std::map<IntakeState, std::int64_t> counts;
  for (const IntakeState state : all_intake_states()) counts[state] = 0;
  for (const Row& row :
       archive_.database().query("SELECT state, count(*) AS number FROM intake GROUP BY state")) {
    counts[intake_state_from(row.text("state")).value()] = row.integer("number");
  }
  return counts;
}

}  // namespace eakte::ingest

#include "archive/audit_trail.h"
#include "archive/calendar.h"
#include "ingest/intake_queue.h"
#include "ingest/queue/intake_rows.h"

namespace eakte::ingest {
namespace {

using archive::Connection;
using archive::Row;

void insert_part(Connection& connection, const Intake& batch, const BatchPart& part,
                 const archive::DocumentId& document, IntakeState state) {
  const std::string now = archive::now_utc();
  connection.execute(
      "INSERT INTO intake(id, received_at, source, name, parent, depth, sha256, size, languages, state, "
      "document,"
      " updated_at) VALUES (?,?,'batch',?,?,?,?,?,?,?,?,?)",
      {part.id.text, batch.received_at, part.name, batch.id.text, std::int64_t{batch.depth} + 1, batch.sha256,
       static_cast<std::int64_t>(batch.size), batch.languages, text_of(state), document.text, now});
  archive::append_audit_entry(connection, {.actor = "system",
                                           .action = "intake.accepted",
                                           .subject = part.id.text,
                                           .detail = R"({"batch":")" + batch.id.text + R"("})"});
}

}  // namespace

void IntakeQueue::mark_split(Connection& connection, const Intake& batch, const std::vector<BatchPart>& parts,
                             const std::vector<archive::DocumentId>& documents,
                             const std::vector<archive::DocumentState>& states,
                             const std::vector<BatchPage>& pages) {
  const auto current = find_intake(connection, batch.id);
  if (!current || current->state != IntakeState::working)
    throw archive::Conflict("intake " + batch.id.text + " has ended meanwhile");
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool review = states.at(i) == archive::DocumentState::review;
    insert_part(connection, batch, parts[i], documents.at(i),
                review ? IntakeState::review : IntakeState::filed);
  }
  for (const BatchPage& page : pages) {
    connection.execute("INSERT INTO batch_page(intake, number, role, part, codes) VALUES (?,?,?,?,?)",
                       {batch.id.text, std::int64_t{page.number}, page.role, page.part.text, page.codes});
  }
  set_state(connection, batch.id, IntakeState::split, "", "");
  record_end(connection, batch.id, IntakeState::split, "");
}

Intake IntakeQueue::join(const IntakeId& id, const std::string& actor) {
  std::optional<Intake> intake;
  archive_.database().write([&](Connection& connection) {
    intake = find_intake(connection, id);
    if (!intake) throw archive::NotFound("there is no intake " + id.text);
    if (intake->state != IntakeState::split) {
      throw archive::Conflict("intake " + id.text + " is " + text_of(intake->state) +
                              ", only split ones can be joined");
    }
    if (!connection
             .query(
                 "SELECT 1 FROM intake WHERE parent = ? AND source = 'batch' AND state = 'destroyed' LIMIT 1",
                 {id.text})
             .empty())
      throw archive::Conflict("a part of batch " + id.text + " was destroyed");
    connection.execute("UPDATE intake SET whole = 1, attempts = 0, interruptions = 0 WHERE id = ?",
                       {id.text});
    set_state(connection, id, IntakeState::queued, "", "");
    archive::append_audit_entry(
        connection, {.actor = actor, .action = "intake.joined", .subject = id.text, .detail = ""});
    intake = find_intake(connection, id);
  });
  return *intake;
}

std::vector<Intake> IntakeQueue::parts_of(const IntakeId& batch) const {
  std::vector<Intake> parts;
  for (const Row& row : archive_.database().query(
           "SELECT * FROM intake WHERE parent = ? AND source = 'batch' ORDER BY id", {batch.text})) {
    parts.push_back(intake_from(row));
  }
  return parts;
}

std::vector<BatchPage> IntakeQueue::pages_of(const IntakeId& batch) const {
  std::vector<BatchPage> pages;
  for (const Row& row : archive_.database().query(
           "SELECT number, role, part, codes FROM batch_page WHERE intake = ? ORDER BY number",
           {batch.text})) {
    pages.push_back(
        {static_cast<int>(row.integer("number")), row.text("role"), {row.text("part")}, row.text("codes")});
  }
  return pages;
}

}  // namespace eakte::ingest

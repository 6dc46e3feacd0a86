#include "ingest/queue/intake_rows.h"

#include <algorithm>
#include <array>
#include <utility>

#include "archive/audit_trail.h"
#include "archive/calendar.h"

namespace eakte::ingest {
namespace {

using archive::Connection;
using archive::Row;
using archive::Rows;

constexpr std::array<std::pair<IntakeState, std::string_view>, 11> state_names{{
    {IntakeState::queued, "queued"},
    {IntakeState::working, "working"},
    {IntakeState::filed, "filed"},
    {IntakeState::review, "review"},
    {IntakeState::refused, "refused"},
    {IntakeState::quarantined, "quarantined"},
    {IntakeState::unpacked, "unpacked"},
    {IntakeState::split, "split"},
    {IntakeState::withdrawn, "withdrawn"},
    {IntakeState::duplicate, "duplicate"},
    {IntakeState::destroyed, "destroyed"},
}};

/// The state of the document that an intake has already; nothing when it has none.
std::optional<IntakeState> state_of_document(Connection& connection, const IntakeId& id) {
  const Rows rows = connection.query("SELECT state FROM document WHERE intake = ?", {id.text});
  if (rows.empty()) return std::nullopt;
  return rows.front().text("state") == "review" ? IntakeState::review : IntakeState::filed;
}

}  // namespace

std::string_view name_of(IntakeState state) {
  return std::ranges::find(state_names, state, &std::pair<IntakeState, std::string_view>::first)->second;
}

std::optional<IntakeState> intake_state_from(std::string_view name) {
  const auto* found = std::ranges::find(state_names, name, &std::pair<IntakeState, std::string_view>::second);
  if (found == state_names.end()) return std::nullopt;
  return found->first;
}

std::vector<IntakeState> all_intake_states() {
  std::vector<IntakeState> states;
  for (const auto& [state, name] : state_names) states.push_back(state);
  return states;
}

std::string text_of(IntakeState state) { return std::string(name_of(state)); }

Intake intake_from(const Row& row) {
  Intake intake;
  intake.id = {row.text("id")};
  intake.received_at = row.text("received_at");
  intake.source = row.text("source");
  intake.name = row.text("name");
  intake.parent = {row.text("parent")};
  intake.depth = static_cast<int>(row.integer("depth"));
  intake.sha256 = row.text("sha256");
  intake.size = static_cast<std::uint64_t>(row.integer("size"));
  intake.languages = row.text("languages");
  intake.state = intake_state_from(row.text("state")).value();
  intake.reason = row.text("reason");
  intake.detail = row.text("detail");
  intake.attempts = static_cast<int>(row.integer("attempts"));
  intake.whole = row.integer("whole") != 0;
  intake.document = {row.text("document")};
  intake.duplicate_of = {row.text("duplicate_of")};
  return intake;
}

std::optional<Intake> find_intake(Connection& connection, const IntakeId& id) {
  const Rows rows = connection.query("SELECT * FROM intake WHERE id = ?", {id.text});
  if (rows.empty()) return std::nullopt;
  return intake_from(rows.front());
}

void set_state(Connection& connection, const IntakeId& id, IntakeState state, const std::string& reason,
               const std::string& detail) {
  const auto changed =
      connection.execute("UPDATE intake SET state = ?, reason = ?, detail = ?, updated_at = ? WHERE id = ?",
                         {text_of(state), reason, detail, archive::now_utc(), id.text});
  if (changed != 1) throw archive::NotFound("there is no intake " + id.text);
}

IntakeState resting_state(Connection& connection, const IntakeId& id, IntakeState state) {
  if (state != IntakeState::refused && state != IntakeState::quarantined) return state;
  if (const auto filed = state_of_document(connection, id)) return *filed;
  const Rows parts = connection.query(
      "SELECT 1 FROM intake WHERE parent = ? AND source = 'batch' AND state IN ('filed', 'review') LIMIT 1",
      {id.text});
  if (parts.empty()) return state;
  connection.execute("UPDATE intake SET whole = 0 WHERE id = ?", {id.text});
  return IntakeState::split;
}

void record_end(Connection& connection, const IntakeId& id, IntakeState state, const std::string& reason) {
  if (state == IntakeState::queued) return;
  archive::append_audit_entry(connection, {.actor = "system",
                                           .action = "intake." + text_of(state),
                                           .subject = id.text,
                                           .detail = R"({"reason":")" + reason + R"("})"});
}

}  // namespace eakte::ingest

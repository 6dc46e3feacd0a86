#include "ingest/forget_intakes.h"

#include <algorithm>
#include <set>
#include <string>

#include "archive/calendar.h"

namespace eakte::ingest {
namespace {

using archive::Connection;
using archive::Row;
using archive::Rows;

/// Collects the intakes that are the content of some documents.
class Gathering {
public:
  explicit Gathering(Connection& connection) : connection_(connection) {}

  void add_document(const archive::DocumentId& document) {
    for (const Row& row : connection_.query("SELECT intake FROM document WHERE id = ?", {document.text})) {
      add(row.text("intake"));
    }
  }

  void add(const std::string& id) {
    const Rows rows = connection_.query("SELECT * FROM intake WHERE id = ?", {id});
    if (rows.empty() || rows[0].text("state") == "destroyed" || !ids_.insert(id).second) return;
    const Row& intake = rows[0];
    if (intake.text("source") != "batch") add_same_bytes(intake);
    add_former_parts(id);
    add_around(intake);
  }

  /// Whether all of them have ended; what waits may become a document in the next moment.
  bool all_ended() const {
    return std::ranges::none_of(ids_, [&](const std::string& id) {
      return !connection_.query("SELECT 1 FROM intake WHERE id = ? AND state IN ('queued', 'working')", {id})
                  .empty();
    });
  }
  bool batch_is_read_again() const { return batch_is_read_again_; }

  const std::set<std::string>& ids() const { return ids_; }
  const std::vector<archive::DocumentId>& documents() const { return documents_; }

private:
  /// The same bytes that came to nothing, or came again.
  void add_same_bytes(const Row& intake) {
    for (const Row& row : connection_.query(
             "SELECT id FROM intake WHERE sha256 = ? AND state IN ('duplicate', 'refused', 'quarantined')",
             {intake.text("sha256")}))
      add(row.text("id"));
  }

  /// Parts of a batch that has been filed as one document since.
  void add_former_parts(const std::string& batch) {
    for (const Row& row : connection_.query(
             "SELECT id, document FROM intake WHERE parent = ? AND source = 'batch' AND state = 'withdrawn'",
             {batch})) {
      add(row.text("id"));
      if (!row.text("document").empty()) documents_.push_back({row.text("document")});
    }
  }

  /// What the bytes came in.
  void add_around(const Row& intake) {
    const Rows parents =
        connection_.query("SELECT id, state FROM intake WHERE id = ?", {intake.text("parent")});
    if (parents.empty()) return;
    const std::string parent = parents[0].text("id");
    const std::string state = parents[0].text("state");
    if (intake.text("source") != "batch") {
      if (state == "unpacked") add(parent);
      return;
    }
    if (state == "queued" || state == "working") batch_is_read_again_ = true;
    if (state != "split") return;
    for (const Row& row : connection_.query(
             "SELECT id FROM intake WHERE parent = ? AND source = 'batch' AND state <> 'destroyed'",
             {parent})) {
      if (!ids_.contains(row.text("id"))) return;
    }
    add(parent);
  }

  Connection& connection_;
  std::set<std::string> ids_;
  std::vector<archive::DocumentId> documents_;
  bool batch_is_read_again_ = false;
};

void empty_intake(Connection& connection, const std::string& id) {
  connection.execute("UPDATE batch_page SET codes = '[]' WHERE part = ?", {id});
  connection.execute("DELETE FROM batch_page WHERE intake = ?", {id});
  connection.execute(
      "UPDATE intake SET state = 'destroyed', name = '', detail = '', reason = '', idempotency_key = NULL, "
      "updated_at = ? WHERE id = ?",
      {archive::now_utc(), id});
}

}  // namespace

std::optional<archive::ForgottenIntakes> forget_intakes(Connection& connection,
                                                        const std::vector<archive::DocumentId>& documents,
                                                        const std::vector<archive::IntakeId>& intakes) {
  Gathering gathering(connection);
  for (const archive::DocumentId& document : documents) gathering.add_document(document);
  // Named ones were waiting when the backup was made that is restored now; they are not waited for.
  const bool ended = gathering.all_ended() && !gathering.batch_is_read_again();
  for (const archive::IntakeId& intake : intakes) gathering.add(intake.text);
  if (!ended) return std::nullopt;
  archive::ForgottenIntakes forgotten{gathering.documents(), {}};
  for (const std::string& id : gathering.ids()) {
    const Row row = connection.query("SELECT sha256, size FROM intake WHERE id = ?", {id}).at(0);
    forgotten.received.push_back(
        {{id}, {row.text("sha256"), static_cast<std::uint64_t>(row.integer("size"))}});
    empty_intake(connection, id);
  }
  return forgotten;
}

}  // namespace eakte::ingest

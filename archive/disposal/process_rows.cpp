#include "archive/disposal/process_rows.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 3> kind_names{"four_stage", "two_stage", "plan"};
constexpr std::array<std::string_view, 3> record_kinds{"folder", "case", "document"};

std::int64_t truth(bool value) { return value ? 1 : 0; }

}  // namespace

std::string_view name_of(ProcessKind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

void insert_process(Connection& connection, const std::string& id, ProcessKind kind,
                    const std::string& actor) {
  connection.execute("INSERT INTO disposal_process(id, kind, created_at, created_by) VALUES(?, ?, ?, ?)",
                     {id, std::string(name_of(kind)), now_utc(), actor});
}

ProcessKind kind_of_process(Connection& connection, const std::string& id) {
  const Rows rows = connection.query("SELECT kind FROM disposal_process WHERE id = ?", {id});
  if (rows.empty()) throw NotFound(fmt::format("there is no process {}", id));
  const auto* const found = std::ranges::find(kind_names, rows[0].text("kind"));
  return static_cast<ProcessKind>(found - kind_names.begin());
}

void insert_message(Connection& connection, const std::string& process, const MessageHead& head,
                    bool incoming, StagedMessage& staged, const std::string& actor) {
  staged.put_in_place();
  const std::string number = number_of(head.type);
  connection.execute(
      "INSERT INTO disposal_message(process, type, incoming, file_name, sha256, size, message_sha256, "
      "created_at, recorded_at, recorded_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {process, number, truth(incoming), staged.file_name(), staged.sha256(),
       static_cast<std::int64_t>(staged.size()), staged.message_sha256(), head.created_at, now_utc(), actor});
  const nlohmann::json detail{{"message", number}, {"sha256", staged.sha256()}};
  append_audit_entry(connection, {actor, incoming ? "disposal.message_taken" : "disposal.message_written",
                                  process, detail.dump()});
}

std::optional<std::string> message_hash(Connection& connection, const std::string& process,
                                        MessageType type) {
  const Rows rows =
      connection.query("SELECT message_sha256 FROM disposal_message WHERE process = ? AND type = ?",
                       {process, number_of(type)});
  if (rows.empty()) return std::nullopt;
  return rows[0].text("message_sha256");
}

void insert_object(Connection& connection, const std::string& process, const ObjectRow& row, int position) {
  const Value decision = row.decision ? Value(std::string(code_of(*row.decision))) : Value(nullptr);
  connection.execute(
      "INSERT INTO disposal_object(process, id, kind, folder, parent, position, decision, handed_over, root) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)",
      {process, row.id, std::string(record_kinds.at(static_cast<std::size_t>(row.kind))), row.folder.text,
       row.parent, static_cast<std::int64_t>(position), decision, truth(row.handed_over), truth(row.root)});
}

bool mark_handed_over(Connection& connection, const std::string& process, const ObjectRow& row) {
  return connection.execute(
             "UPDATE disposal_object SET handed_over = 1, root = ? WHERE process = ? AND id = ?",
             {truth(row.root), process, row.id}) == 1;
}

std::vector<ObjectRow> load_objects(Connection& connection, const std::string& process) {
  std::vector<ObjectRow> objects;
  for (const Row& row :
       connection.query("SELECT * FROM disposal_object WHERE process = ? ORDER BY position", {process})) {
    const auto* const kind = std::ranges::find(record_kinds, row.text("kind"));
    ObjectRow object;
    object.id = row.text("id");
    object.kind = static_cast<RecordKind>(kind - record_kinds.begin());
    object.folder = {row.text("folder")};
    object.parent = row.text("parent");
    if (!row.is_null("decision")) object.decision = appraisal_decision_from(row.text("decision"));
    object.handed_over = row.integer("handed_over") == 1;
    object.root = row.integer("root") == 1;
    objects.push_back(std::move(object));
  }
  return objects;
}

Decisions decisions_on(Connection& connection, const FolderId& folder) {
  Decisions decisions;
  for (const Row& row :
       connection.query("SELECT disposal_object.id, decision FROM disposal_object JOIN disposal_process ON "
                        "disposal_process.id = process AND disposal_process.kind = 'four_stage' WHERE folder "
                        "= ? AND decision IS NOT NULL "
                        "ORDER BY created_at",
                        {folder.text}))
    decisions[row.text("id")] = appraisal_decision_from(row.text("decision")).value();
  return decisions;
}

std::optional<PlanAppraisal> plan_appraisal_of(Connection& connection, const FilePlan& plan,
                                               const std::string& plan_entry) {
  const FilePlanEntry* entry = plan.find(plan_entry);
  for (; entry != nullptr; entry = plan.find(entry->parent)) {
    const Rows rows = connection.query(
        "SELECT plan_appraisal.process, plan_entry, code, decided_on FROM plan_appraisal JOIN "
        "disposal_message "
        "ON disposal_message.process = plan_appraisal.process AND type = '0513' WHERE plan_entry = ? AND "
        "code "
        "IS NOT NULL ORDER BY recorded_at DESC LIMIT 1",
        {entry->number});
    if (!rows.empty())
      return PlanAppraisal{rows[0].text("process"), rows[0].text("plan_entry"), rows[0].text("code"),
                           date_from_iso(rows[0].text("decided_on")).value()};
  }
  return std::nullopt;
}

std::optional<std::string> process_to_transfer(Connection& connection, const FolderId& folder) {
  const Rows rows = connection.query(
      "SELECT process FROM disposal_object WHERE folder = ? AND decision = 'A' AND NOT EXISTS (SELECT 1 FROM "
      "disposal_message WHERE disposal_message.process = disposal_object.process AND type = '0503') AND "
      "EXISTS "
      "(SELECT 1 FROM disposal_message WHERE disposal_message.process = disposal_object.process AND type = "
      "'0502') LIMIT 1",
      {folder.text});
  if (rows.empty()) return std::nullopt;
  return rows[0].text("process");
}

}  // namespace eakte::archive

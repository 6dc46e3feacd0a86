#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/disposal/process_rows.h"
#include "archive/offers.h"

namespace eakte::archive {
namespace {

void require_unanswered(Connection& connection, const std::string& process) {
  if (kind_of_process(connection, process) != ProcessKind::four_stage)
    throw Forbidden("answer_unexpected", fmt::format("process {} offers nothing", process));
  const Rows rows = connection.query("SELECT withdrawn_at FROM disposal_process WHERE id = ?", {process});
  if (!rows[0].is_null("withdrawn_at"))
    throw Forbidden("offer_withdrawn", fmt::format("process {} was withdrawn before", process));
  if (message_hash(connection, process, MessageType::appraisal))
    throw Forbidden("offer_answered", fmt::format("process {} has its 0502", process));
}

}  // namespace

void withdraw_offer(Archive& archive, const std::string& process, const std::string& reason,
                    const std::string& actor) {
  if (reason.empty()) throw Error("taking back an offer needs a reason");
  archive.database().write([&](Connection& connection) {
    require_unanswered(connection, process);
    const Rows offered = connection.query(
        "SELECT id FROM folder WHERE status = 'offered' AND id IN (SELECT folder FROM disposal_object WHERE "
        "process = ?) ORDER BY id",
        {process});
    if (offered.empty())
      throw Forbidden("offer_answered", fmt::format("process {} waits for nothing", process));
    for (const Row& row : offered) {
      connection.execute("UPDATE folder SET status = 'closed' WHERE id = ?", {row.text("id")});
      append_audit_entry(connection, {actor, "folder.offer_withdrawn", row.text("id"),
                                      nlohmann::json{{"process", process}}.dump()});
    }
    connection.execute(
        "UPDATE disposal_process SET withdrawn_at = ?, withdrawn_by = ?, withdraw_reason = ? WHERE id = ?",
        {now_utc(), actor, reason, process});
    append_audit_entry(connection, {actor, "disposal.withdrawn", process,
                                    nlohmann::json{{"folders", offered.size()}}.dump()});
  });
}

std::vector<OpenTransfer> open_transfers(const Archive& archive, int limit) {
  std::vector<OpenTransfer> open;
  archive.database().read([&](Connection& connection) {
    for (const Row& row : connection.query(
             "SELECT folder.id, reference, title, plan_entry, source, coalesce((SELECT message FROM "
             "disposal_object JOIN disposal_process ON disposal_process.id = process WHERE "
             "disposal_object.folder = folder.id AND imported = 0 ORDER BY created_at DESC, position LIMIT "
             "1), '') AS message, medium <> 'electronic' AS on_paper FROM appraisal CROSS JOIN folder ON folder.id = appraisal.folder WHERE "
             "status = "
             "'appraised' AND decision = 'A' ORDER BY reference")) {
      const FolderId id{row.text("id")};
      if (process_to_transfer(connection, id)) continue;
      open.push_back({{id, row.text("reference"), row.text("title"), row.text("plan_entry")},
                      row.text("source"),
                      row.text("message"),
                      row.integer("on_paper") != 0});
      if (static_cast<int>(open.size()) == limit) return;
    }
  });
  return open;
}

}  // namespace eakte::archive

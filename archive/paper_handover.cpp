#include "archive/paper_handover.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "archive/accounts.h"
#include "archive/appraisal.h"
#include "archive/destruction/rows.h"
#include "archive/disposal/process_rows.h"
#include "archive/disposal/whole_folders.h"

namespace eakte::archive {
namespace {

constexpr std::size_t longest_list = 100'000;
constexpr std::size_t longest_text = 500;

void require_complete(const NewPaperHandover& handover) {
  const auto fits = [](const std::string& text, std::size_t most) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos && text.size() <= most;
  };
  if (!fits(handover.received_by, longest_text) || !fits(handover.protocol, longest_text) ||
      !fits(handover.items, longest_list))
    throw Forbidden("handover_incomplete", "a handover has a receiver, a protocol and a list");
}

std::string text_of(Connection& connection, const char* column, const FolderId& id) {
  const Rows rows = connection.query(fmt::format("SELECT {} FROM folder WHERE id = ?", column), {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no folder {}", id.text));
  return rows[0].text(column);
}

/// Drafts are no part of what the archive gets.
bool has_files(Connection& connection, const FolderId& id) {
  return !connection
              .query("SELECT 1 FROM document WHERE folder = ? AND draft = 0 AND state <> 'withdrawn' LIMIT 1",
                     {id.text})
              .empty();
}

void require_transferable(Connection& connection, const FolderId& id, const NewPaperHandover& handover) {
  if (text_of(connection, "status", id) == "transferred")
    throw Forbidden("transferred_already", fmt::format("folder {} was handed over already", id.text));
  const auto appraisal = appraisal_of(connection, id);
  if (!appraisal || appraisal->decision != AppraisalDecision::transfer ||
      text_of(connection, "status", id) != "appraised")
    throw Forbidden("transfer_undecided", fmt::format("folder {} is not appraised A", id.text));
  if (handover.on < appraisal->decided_on)
    throw Forbidden("day_too_early", fmt::format("folder {} was appraised after that day", id.text));
  if (process_to_transfer(connection, id))
    throw Forbidden("transfer_open", fmt::format("a process has yet to hand folder {} over", id.text));
  if (is_held(connection, id))
    throw Forbidden("hold_standing", fmt::format("a hold stands on folder {}", id.text));
  if (has_files(connection, id))
    throw Forbidden("handover_electronic", fmt::format("folder {} has electronic documents", id.text));
}

void record_one(Connection& connection, const FolderId& id, const NewPaperHandover& handover,
                const std::string& actor) {
  const std::string now = now_utc();
  connection.execute(
      "INSERT INTO paper_handover(folder, handed_over_on, received_by, protocol, items, recorded_at, "
      "recorded_by) VALUES(?, ?, ?, ?, ?, ?, ?)",
      {id.text, to_iso(handover.on), handover.received_by, handover.protocol, handover.items, now, actor});
  connection.execute("UPDATE folder SET status = 'transferred' WHERE id = ?", {id.text});
  connection.execute("UPDATE appraisal SET transfer_confirmed_at = ?, archive_reference = ? WHERE folder = ?",
                     {now, handover.protocol, id.text});
  const nlohmann::json detail{
      {"on", to_iso(handover.on)}, {"protocol", handover.protocol}, {"list", sha256_hex(handover.items)}};
  append_audit_entry(connection, {actor, "folder.paper_handed_over", id.text, detail.dump()});
}

}  // namespace

void record_paper_handover(Archive& archive, const NewPaperHandover& handover, Date today,
                           const std::string& actor) {
  require_complete(handover);
  if (!handover.on.ok() || handover.on > today)
    throw Forbidden("day_in_future", "nothing was handed over on a day that has not come");
  const bool accounts = has_accounts(archive);
  archive.database().write([&](Connection& connection) {
    if (accounts) require_role(connection, actor, Role::records_manager);
    if (text_of(connection, "medium", handover.folder) == "electronic")
      throw Forbidden("not_on_paper", fmt::format("folder {} is electronic", handover.folder.text));
    const std::vector<FolderId> folders = whole_folders(connection, {handover.folder});
    for (const FolderId& id : folders) {
      // A part the archive does not take stays behind.
      const auto appraisal = appraisal_of(connection, id);
      if (id != handover.folder && appraisal && appraisal->decision == AppraisalDecision::destroy) continue;
      require_transferable(connection, id, handover);
      record_one(connection, id, handover, actor);
    }
  });
}

std::optional<PaperHandover> paper_handover_of(const Archive& archive, const FolderId& folder) {
  const Rows rows = archive.database().query("SELECT * FROM paper_handover WHERE folder = ?", {folder.text});
  if (rows.empty()) return std::nullopt;
  const Row& row = rows[0];
  PaperHandover found;
  found.folder = folder;
  found.on = date_from_iso(row.text("handed_over_on")).value();
  found.received_by = row.text("received_by");
  found.protocol = row.text("protocol");
  found.items = row.text("items");
  found.recorded_at = row.text("recorded_at");
  found.recorded_by = row.text("recorded_by");
  return found;
}

}  // namespace eakte::archive

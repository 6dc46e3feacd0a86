#include "archive/holds.h"

#include <fmt/format.h>

#include "archive/life_cycle.h"

namespace eakte::archive {
namespace {

DisposalHold hold_from(const Row& row) {
  DisposalHold hold{.id = {row.text("id")},
                    .folder = {row.text("folder")},
                    .reason = row.text("reason"),
                    .owner = row.text("owner"),
                    .placed_at = row.text("placed_at"),
                    .placed_by = row.text("placed_by"),
                    .review_on = date_from_iso(row.text("review_on")).value(),
                    .lifted_at = std::nullopt,
                    .lifted_by = row.text("lifted_by"),
                    .lift_reason = row.text("lift_reason")};
  if (!row.is_null("lifted_at")) hold.lifted_at = row.text("lifted_at");
  return hold;
}

std::vector<DisposalHold> holds_from(const Rows& rows) {
  std::vector<DisposalHold> holds;
  holds.reserve(rows.size());
  for (const Row& row : rows) holds.push_back(hold_from(row));
  return holds;
}

}  // namespace

std::vector<HoldId> place_hold(Archive& archive, const std::vector<FolderId>& folders, const NewHold& hold,
                               const std::string& actor) {
  if (hold.reason.empty()) throw Error("a hold needs a reason");
  if (hold.owner.empty()) throw Error("a hold needs an owner");
  if (!hold.review_on.ok()) throw Error("a hold needs a day on which it is reviewed");
  std::vector<HoldId> placed;
  archive.database().write([&](Connection& connection) {
    placed.clear();
    for (const FolderId& folder : folders) {
      const Rows there = connection.query("SELECT status FROM folder WHERE id = ?", {folder.text});
      if (there.empty()) throw NotFound(fmt::format("there is no folder {}", folder.text));
      const auto status = folder_status_from(there[0].text("status")).value();
      if (status == FolderStatus::destroyed || status == FolderStatus::transferred)
        throw Forbidden("disposal_begun",
                        fmt::format("folder {} is {} already", folder.text, name_of(status)));
      const HoldId id{new_id_text()};
      connection.execute(
          "INSERT INTO disposal_hold(id, folder, reason, owner, placed_at, placed_by, review_on) "
          "VALUES(?, ?, ?, ?, ?, ?, ?)",
          {id.text, folder.text, hold.reason, hold.owner, now_utc(), actor, to_iso(hold.review_on)});
      append_audit_entry(connection,
                         {actor, "hold.placed", folder.text, fmt::format(R"({{"hold":"{}"}})", id.text)});
      placed.push_back(id);
    }
  });
  return placed;
}

void lift_hold(Archive& archive, const HoldId& id, const std::string& reason, const std::string& actor) {
  if (reason.empty()) throw Error("a hold is lifted for a reason");
  archive.database().write([&](Connection& connection) {
    const Rows there =
        connection.query("SELECT folder, lifted_at FROM disposal_hold WHERE id = ?", {id.text});
    if (there.empty()) throw NotFound(fmt::format("there is no hold {}", id.text));
    if (!there[0].is_null("lifted_at"))
      throw Forbidden("hold_lifted", fmt::format("hold {} is lifted already", id.text));
    connection.execute("UPDATE disposal_hold SET lifted_at = ?, lifted_by = ?, lift_reason = ? WHERE id = ?",
                       {now_utc(), actor, reason, id.text});
    append_audit_entry(connection, {actor, "hold.lifted", there[0].text("folder"),
                                    fmt::format(R"({{"hold":"{}"}})", id.text)});
  });
}

std::vector<DisposalHold> holds_of(const Archive& archive, const FolderId& folder) {
  return holds_from(
      archive.database().query("SELECT * FROM disposal_hold WHERE folder = ? ORDER BY id", {folder.text}));
}

std::vector<DisposalHold> holds_to_review(const Archive& archive, Date until, int limit) {
  return holds_from(archive.database().query(
      "SELECT * FROM disposal_hold WHERE lifted_at IS NULL AND review_on <= ? ORDER BY review_on, id LIMIT ?",
      {to_iso(until), static_cast<std::int64_t>(limit)}));
}

}  // namespace eakte::archive

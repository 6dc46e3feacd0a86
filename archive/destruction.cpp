#include "archive/destruction.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "archive/accounts.h"
#include "archive/catalogue/folder_rows.h"
#include "archive/destruction/rows.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 5> state_names{"proposed", "approved", "withdrawn", "begun", "done"};

FolderRecord required_folder(Connection& connection, const FilePlan& plan, const FolderId& id) {
  auto folder = load_folder_record(connection, plan, id);
  if (!folder) throw NotFound(fmt::format("there is no folder {}", id.text));
  return *std::move(folder);
}

Destruction required(Connection& connection, const DestructionId& id) {
  const Rows rows = connection.query(select_destructions("destruction.id = ?"), {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no destruction {}", id.text));
  return destruction_from(rows[0]);
}

/// A refusal is evidence as well: somebody wanted something destroyed that must not be.
void record_refusal_of(Connection& connection, const FolderId& folder, const std::string& code,
                       const std::string& actor) {
  append_audit_entry(connection,
                     {actor, "destruction.refused", folder.text, fmt::format(R"({{"code":"{}"}})", code)});
}

DestructionId insert_proposal(Connection& connection, const FolderId& folder, const Allowed& allowed,
                              const std::string& actor) {
  const DestructionId id{new_id_text()};
  connection.execute(
      "INSERT INTO destruction(id, folder, state, basis, basis_source, proposed_at, proposed_by) VALUES(?, "
      "?, 'proposed', ?, ?, ?, ?)",
      {id.text, folder.text, std::string(name_of(allowed.basis)), allowed.source, now_utc(), actor});
  append_audit_entry(
      connection, {actor, "destruction.proposed", folder.text,
                   fmt::format(R"({{"destruction":"{}","basis":"{}"}})", id.text, name_of(allowed.basis))});
  return id;
}

/// Why this person may not approve it today; nothing when it may.
std::optional<std::string> why_not_approved(Connection& connection, const FilePlan& plan,
                                            const Destruction& proposed, Date today,
                                            const std::string& actor) {
  if (proposed.state != DestructionState::proposed) return "destruction_not_proposed";
  if (auto code = why_not_two_people(connection, proposed.proposed_by, actor)) return code;
  const FolderRecord folder = required_folder(connection, plan, proposed.folder);
  const auto allowed = allowed_destruction(connection, plan, folder, today);
  if (const auto* const code = std::get_if<std::string>(&allowed)) return *code;
  return std::nullopt;
}

}  // namespace

bool is_underway(Connection& connection, const FolderId& folder) {
  return !connection
              .query("SELECT 1 FROM destruction WHERE folder = ? AND state <> 'withdrawn' AND basis <> 'draft'", {folder.text})
              .empty();
}

std::optional<std::string> propose_folder(Connection& connection, const FilePlan& plan,
                                          const FolderId& folder, Date today, const std::string& actor,
                                          DestructionId* taken) {
  const auto allowed =
      allowed_destruction(connection, plan, required_folder(connection, plan, folder), today);
  std::optional<std::string> code;
  if (const auto* const against = std::get_if<std::string>(&allowed)) {
    code = *against;
  } else if (is_underway(connection, folder)) {
    code = "destruction_underway";
  }
  if (code) {
    record_refusal_of(connection, folder, *code, actor);
    return code;
  }
  const DestructionId id = insert_proposal(connection, folder, std::get<Allowed>(allowed), actor);
  if (taken != nullptr) *taken = id;
  return std::nullopt;
}

std::string_view name_of(DestructionState state) { return state_names.at(static_cast<std::size_t>(state)); }

std::optional<DestructionState> destruction_state_from(std::string_view name) {
  const auto* const found = std::ranges::find(state_names, name);
  if (found == state_names.end()) return std::nullopt;
  return static_cast<DestructionState>(found - state_names.begin());
}

std::string_view name_of(DestructionBasis basis) {
  switch (basis) {
    case DestructionBasis::permission:
      return "permission";
    case DestructionBasis::appraisal:
      return "appraisal";
    case DestructionBasis::transfer:
      return "transfer";
    case DestructionBasis::draft:
      return "draft";
  }
  return "";
}

std::optional<std::string> why_not_destroyable(const Archive& archive, const FolderId& folder, Date on) {
  std::optional<std::string> code;
  archive.database().read([&](Connection& connection) {
    const auto allowed = allowed_destruction(connection, archive.file_plan(),
                                             required_folder(connection, archive.file_plan(), folder), on);
    if (const auto* const refused = std::get_if<std::string>(&allowed)) code = *refused;
  });
  return code;
}

DestructionOutcome propose_destruction(Archive& archive, const std::vector<FolderId>& folders, Date today,
                                       const std::string& actor) {
  DestructionOutcome outcome;
  archive.database().write([&](Connection& connection) {
    outcome = {};
    require_role(connection, actor, Role::records_manager);
    for (const FolderId& id : folders) {
      DestructionId taken;
      const auto code = propose_folder(connection, archive.file_plan(), id, today, actor, &taken);
      if (code) {
        outcome.refused.push_back({id, *code});
      } else {
        outcome.taken.push_back(taken);
      }
    }
  });
  return outcome;
}

DestructionOutcome approve_destruction(Archive& archive, const std::vector<DestructionId>& ids, Date today,
                                       int quarantine_days, const std::string& actor) {
  if (quarantine_days < 0) throw Error("a quarantine does not end before it begins");
  const Date not_before(std::chrono::sys_days(today) + std::chrono::days(quarantine_days));
  DestructionOutcome outcome;
  archive.database().write([&](Connection& connection) {
    outcome = {};
    require_role(connection, actor, Role::records_manager);
    for (const DestructionId& id : ids) {
      const Destruction proposed = required(connection, id);
      if (const auto code = why_not_approved(connection, archive.file_plan(), proposed, today, actor)) {
        record_refusal_of(connection, proposed.folder, *code, actor);
        outcome.refused.push_back({proposed.folder, *code});
        continue;
      }
      connection.execute(
          "UPDATE destruction SET state = 'approved', approved_at = ?, approved_by = ?, not_before = ? WHERE "
          "id = ?",
          {now_utc(), actor, to_iso(not_before), id.text});
      append_audit_entry(connection, {actor, "destruction.approved", proposed.folder.text,
                                      fmt::format(R"({{"destruction":"{}","not_before":"{}"}})", id.text,
                                                  to_iso(not_before))});
      outcome.taken.push_back(id);
    }
  });
  return outcome;
}

void withdraw_destruction(Archive& archive, const DestructionId& id, const std::string& reason,
                          const std::string& actor) {
  if (reason.empty()) throw Error("a destruction is withdrawn for a reason");
  archive.database().write([&](Connection& connection) {
    require_role(connection, actor, Role::records_manager);
    const Destruction there = required(connection, id);
    if (there.state == DestructionState::withdrawn)
      throw Forbidden("destruction_withdrawn", fmt::format("destruction {} is withdrawn already", id.text));
    if (there.state == DestructionState::begun || there.state == DestructionState::done)
      throw Forbidden("destruction_begun", fmt::format("destruction {} has begun", id.text));
    connection.execute(
        "UPDATE destruction SET state = 'withdrawn', withdrawn_at = ?, withdrawn_by = ?, withdraw_reason = ? "
        "WHERE id = ?",
        {now_utc(), actor, reason, id.text});
    append_audit_entry(connection, {actor, "destruction.withdrawn", there.folder.text,
                                    fmt::format(R"({{"destruction":"{}"}})", id.text)});
  });
}

Destruction destruction(const Archive& archive, const DestructionId& id) {
  std::optional<Destruction> found;
  archive.database().read([&](Connection& connection) { found = required(connection, id); });
  return *std::move(found);
}

std::optional<Destruction> destruction_of(const Archive& archive, const FolderId& folder) {
  const Rows rows = archive.database().query(
      select_destructions("folder = ? AND basis <> 'draft' ORDER BY destruction.id DESC LIMIT 1"), {folder.text});
  if (rows.empty()) return std::nullopt;
  return destruction_from(rows[0]);
}

DestructionPage destructions(const Archive& archive, std::optional<DestructionState> state,
                             const std::string& cursor, int limit) {
  std::vector<Value> parameters{cursor};
  std::string condition = "destruction.id > ?";
  if (state) {
    condition += " AND destruction.state = ?";
    parameters.emplace_back(std::string(name_of(*state)));
  }
  condition += " ORDER BY destruction.id LIMIT ?";
  parameters.emplace_back(std::int64_t{limit} + 1);
  DestructionPage page;
  for (const Row& row : archive.database().query(select_destructions(condition), parameters))
    page.destructions.push_back(destruction_from(row));
  if (std::ssize(page.destructions) > limit) {
    page.destructions.pop_back();
    page.next = page.destructions.back().id.text;
  }
  return page;
}

std::optional<Tombstone> tombstone_of(const Archive& archive, const DocumentId& document) {
  std::optional<Tombstone> tombstone;
  archive.database().read([&](Connection& connection) {
    const Rows rows = connection.query(
        "SELECT intake, destruction, person FROM destroyed_document WHERE document = ?", {document.text});
    if (rows.empty()) return;
    tombstone = Tombstone{document,
                          {rows[0].text("intake")},
                          required(connection, {rows[0].text("destruction")}),
                          rows[0].text("person")};
  });
  return tombstone;
}

}  // namespace eakte::archive

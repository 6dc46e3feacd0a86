#include "archive/file_plan_versions.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/accounts.h"
#include "archive/catalogue/plans_in_force.h"
#include "archive/catalogue/proposal_rows.h"
#include "archive/plan/effects.h"

namespace eakte::archive {
namespace {

constexpr std::array<std::string_view, 4> state_names{"proposed", "released", "in_force", "rejected"};
constexpr std::array<std::string_view, 4> kind_names{"longer", "shorter", "due_at_once", "other"};

PlanProposal proposal_from(const Row& row) {
  PlanProposal proposal;
  proposal.id = {row.text("id")};
  proposal.version = row.text("version");
  proposal.title = row.text("title");
  proposal.valid_from = date_from_iso(row.text("valid_from")).value();
  proposal.second_person = row.integer("second_person") != 0;
  read_proposal(row, state_names, proposal);
  return proposal;
}

Row proposal_row(Connection& connection, const ProposalId& id) {
  const Rows rows = connection.query("SELECT * FROM plan_proposal WHERE id = ?", {id.text});
  if (rows.empty()) throw NotFound(fmt::format("there is no proposed file plan {}", id.text));
  return rows[0];
}

std::int64_t number_in_force(Connection& connection) {
  return connection.query("SELECT max(number) AS number FROM file_plan").at(0).integer("number");
}

/// Where there are no accounts yet, one nameless person does everything but what takes two.
void require_records_manager(const Archive& archive, Connection& connection, const std::string& actor) {
  if (has_accounts(archive)) require_role(connection, actor, Role::records_manager);
}

/// A file's plan as it would follow the one in force, or what is wrong with it.
struct Candidate {
  std::optional<FilePlan> plan;
  std::vector<PlanProblem> problems;
};

Candidate candidate_of(const Archive& archive, Connection& connection, std::string_view text,
                       PlanFormat format, Date today) {
  PlanReading reading = read_file_plan(text, format);
  if (!reading.plan) return {std::nullopt, std::move(reading.problems)};
  const FilePlan& in_force = archive.file_plan(connection);
  Candidate candidate{successor(in_force, *std::move(reading.plan), archive.tenant(), today), {}};
  candidate.problems = problems_as_successor(in_force, *candidate.plan);
  if (in_force.valid_from && *candidate.plan->valid_from < *in_force.valid_from)
    candidate.problems.push_back(
        {0, "", "validity_backwards",
         fmt::format("Die Version gilt ab {}, die geltende aber schon ab {}.",
                     to_german(*candidate.plan->valid_from), to_german(*in_force.valid_from))});
  // A former number of one entry may not become that of another either, whatever plan it was in.
  for (const FilePlanEntry& entry : candidate.plan->entries) {
    const Rows owner = connection.query("SELECT entry FROM plan_number WHERE number = ?", {entry.number});
    if (owner.empty() || owner[0].text("entry") == entry.id || in_force.find(entry.number) != nullptr)
      continue;
    candidate.problems.push_back(
        {0, entry.number, "number_reused",
         fmt::format("Das Kennzeichen {} gehörte schon einer anderen Einheit.", entry.number)});
  }
  if (!candidate.problems.empty()) candidate.plan.reset();
  return candidate;
}

/// The commit in which a version begins to count.
void put_in_force(Archive& archive, Connection& connection, const Row& proposal, const std::string& actor) {
  const FilePlan& before = archive.file_plan(connection);
  const FilePlan after = stored_plan(connection, proposal.text("yaml"), archive.tenant());
  connection.execute(
      "INSERT INTO file_plan(version, title, loaded_at, sha256, yaml, valid_from, proposal) VALUES(?, ?, ?, "
      "?, ?, ?, ?)",
      {after.version, after.title, now_utc(), proposal.text("sha256"), proposal.text("yaml"),
       proposal.text("valid_from"), proposal.text("id")});
  const std::int64_t number = connection.last_insert_id();
  note_numbers(connection, after, number);
  connection.execute("UPDATE plan_proposal SET state = 'in_force', number = ? WHERE id = ?",
                     {number, proposal.text("id")});
  append_audit_entry(connection,
                     {actor, "file_plan.in_force", proposal.text("id"),
                      fmt::format(R"({{"number":{},"sha256":"{}"}})", number, proposal.text("sha256"))});
  recompute_under(connection, before, after, differences(before, after));
}

void require_reason(const std::string& reason) {
  if (reason.empty()) throw Forbidden("reason_missing", "a reason is needed");
}

/// The proposal somebody decides about, still open and made from the version in force.
Row open_proposal(Connection& connection, const ProposalId& id) {
  Row row = proposal_row(connection, id);
  if (row.text("state") != "proposed")
    throw Forbidden("plan_decided", fmt::format("proposal {} is {} already", id.text, row.text("state")));
  return row;
}

void decide(Connection& connection, const ProposalId& id, const char* state, const std::string& reason,
            const std::string& actor) {
  connection.execute(
      "UPDATE plan_proposal SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ? WHERE id = ?",
      {std::string(state), actor, now_utc(), reason, id.text});
  append_audit_entry(connection, {actor, fmt::format("file_plan.{}", state), id.text, {}});
}

/// Reads as `folder_record` does for what a preview shows.
template <class Work>
PlanPreview previewed(const Archive& archive, const Work& work) {
  PlanPreview preview;
  archive.database().read([&](Connection& connection) { preview = work(connection); });
  return preview;
}

}  // namespace

std::string_view name_of(ProposalState state) { return state_names.at(static_cast<std::size_t>(state)); }
std::string_view name_of(FolderEffect::Kind kind) { return kind_names.at(static_cast<std::size_t>(kind)); }

PlanPreview preview_file_plan(const Archive& archive, std::string_view text, PlanFormat format, Date today,
                              int examples) {
  return previewed(archive, [&](Connection& connection) {
    Candidate candidate = candidate_of(archive, connection, text, format, today);
    if (candidate.plan)
      return preview_of(connection, archive.file_plan(connection), *candidate.plan, today, examples);
    PlanPreview preview;
    preview.problems = std::move(candidate.problems);
    return preview;
  });
}

PlanPreview preview_proposal(const Archive& archive, const ProposalId& id, Date today, int examples) {
  return previewed(archive, [&](Connection& connection) {
    const FilePlan next =
        stored_plan(connection, proposal_row(connection, id).text("yaml"), archive.tenant());
    return preview_of(connection, archive.file_plan(connection), next, today, examples);
  });
}

PlanProposal propose_file_plan(Archive& archive, std::string_view text, PlanFormat format,
                               const std::string& reason, Date today, const std::string& actor) {
  require_reason(reason);
  const ProposalId id{new_id_text()};
  archive.database().write([&](Connection& connection) {
    require_records_manager(archive, connection, actor);
    const Candidate candidate = candidate_of(archive, connection, text, format, today);
    if (!candidate.plan) {
      std::string what;
      for (const PlanProblem& problem : candidate.problems)
        what += (what.empty() ? "" : "\n") + sentence(problem);
      throw Forbidden("plan_faulty", what);
    }
    const std::vector<EntryChange> changes = differences(archive.file_plan(connection), *candidate.plan);
    if (changes.empty()) throw Forbidden("plan_unchanged", "the plan says what the one in force says");
    const bool second_person = std::ranges::any_of(changes, &EntryChange::shorter);
    const std::string yaml = file_plan_to_yaml(*candidate.plan);
    connection.execute(
        "INSERT INTO plan_proposal(id, base, version, title, yaml, sha256, valid_from, state, second_person, "
        "reason, "
        "proposed_by, proposed_at) VALUES(?, ?, ?, ?, ?, ?, ?, 'proposed', ?, ?, ?, ?)",
        {id.text, number_in_force(connection), candidate.plan->version, candidate.plan->title, yaml,
         sha256_hex(yaml), to_iso(*candidate.plan->valid_from), std::int64_t{second_person ? 1 : 0}, reason,
         actor, now_utc()});
    append_audit_entry(connection, {actor, "file_plan.proposed", id.text,
                                    fmt::format(R"({{"sha256":"{}","second_person":{}}})", sha256_hex(yaml),
                                                second_person)});
    if (second_person) return;
    // A longer rule harms nobody and need not wait (RT-11).
    decide(connection, id, "released", "", actor);
    if (*candidate.plan->valid_from <= today)
      put_in_force(archive, connection, proposal_row(connection, id), actor);
  });
  return plan_proposal(archive, id);
}

PlanProposal release_file_plan(Archive& archive, const ProposalId& id, const std::string& reason, Date today,
                               const std::string& actor) {
  require_reason(reason);
  archive.database().write([&](Connection& connection) {
    const Row row = open_proposal(connection, id);
    require_second_person(connection, row.text("proposed_by"), actor, Role::records_manager);
    if (row.integer("base") != number_in_force(connection))
      throw Forbidden("plan_outdated", "another version of the file plan has come into force since");
    decide(connection, id, "released", reason, actor);
    if (date_from_iso(row.text("valid_from")).value() <= today) put_in_force(archive, connection, row, actor);
  });
  return plan_proposal(archive, id);
}

PlanProposal reject_file_plan(Archive& archive, const ProposalId& id, const std::string& reason,
                              const std::string& actor) {
  require_reason(reason);
  archive.database().write([&](Connection& connection) {
    require_records_manager(archive, connection, actor);
    open_proposal(connection, id);
    decide(connection, id, "rejected", reason, actor);
  });
  return plan_proposal(archive, id);
}

int apply_released_file_plans(Archive& archive, Date today) {
  const char* const waiting =
      "SELECT * FROM plan_proposal WHERE state = 'released' AND valid_from <= ? ORDER BY valid_from, id";
  if (archive.database().query(waiting, {to_iso(today)}).empty()) return 0;
  int applied = 0;
  archive.database().write([&](Connection& connection) {
    applied = 0;
    for (const Row& row : connection.query(waiting, {to_iso(today)})) {
      if (row.integer("base") != number_in_force(connection)) {
        // Another version came into force since: what was looked at and released is not what would happen
        // now.
        connection.execute("UPDATE plan_proposal SET state = 'rejected', decision_reason = ? WHERE id = ?",
                           {"Inzwischen gilt eine andere Version; bitte neu vorschlagen.", row.text("id")});
        append_audit_entry(connection, {"system", "file_plan.rejected", row.text("id"), {}});
        continue;
      }
      put_in_force(archive, connection, row, "system");
      ++applied;
    }
  });
  return applied;
}

PlanProposal plan_proposal(const Archive& archive, const ProposalId& id) {
  std::optional<PlanProposal> proposal;
  archive.database().read(
      [&](Connection& connection) { proposal = proposal_from(proposal_row(connection, id)); });
  return *std::move(proposal);
}

std::string proposed_yaml(const Archive& archive, const ProposalId& id) {
  std::string yaml;
  archive.database().read([&](Connection& connection) { yaml = proposal_row(connection, id).text("yaml"); });
  return yaml;
}

std::vector<PlanProposal> plan_proposals(const Archive& archive) {
  std::vector<PlanProposal> proposals;
  for (const Row& row : archive.database().query("SELECT * FROM plan_proposal ORDER BY id DESC"))
    proposals.push_back(proposal_from(row));
  return proposals;
}

std::vector<PlanVersion> plan_versions(const Archive& archive) {
  std::vector<PlanVersion> versions;
  for (const Row& row : archive.database().query("SELECT number, version, title, valid_from, loaded_at, "
                                                 "sha256 FROM file_plan ORDER BY number DESC")) {
    versions.push_back({row.integer("number"), row.text("version"), row.text("title"), row.text("valid_from"),
                        row.text("loaded_at"), row.text("sha256")});
  }
  return versions;
}

FilePlan plan_of_version(const Archive& archive, const std::string& version) {
  std::optional<FilePlan> plan;
  archive.database().read([&](Connection& connection) {
    const Rows rows = connection.query(
        "SELECT yaml FROM file_plan WHERE version = ? ORDER BY number DESC LIMIT 1", {version});
    if (!rows.empty()) plan = stored_plan(connection, rows[0].text("yaml"), archive.tenant());
  });
  if (!plan) throw NotFound(fmt::format("there is no version {} of the file plan", version));
  return *std::move(plan);
}

}  // namespace eakte::archive

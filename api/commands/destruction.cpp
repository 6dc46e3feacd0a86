#include "api/commands/destruction.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/first_model.h"
#include "api/commands/json_line.h"
#include "api/data_directory.h"
#include "api/destruction_duty.h"
#include "api/error.h"
#include "archive/destruction.h"
#include "archive/destruction_permission.h"
#include "archive/due_list.h"
#include "archive/refusals.h"
#include "ingest/destruction_run.h"
#include "ingest/learning.h"

namespace eakte::api {
namespace {

using archive::Archive;
using archive::Date;
using archive::Destruction;
using archive::DestructionState;
using nlohmann::ordered_json;

/// The tenant a command is about.
class OpenedTenant {
public:
  explicit OpenedTenant(const DataOptions& options)
      : config(read_config(options.data / "eakte.toml")),
        service_(open_service(options.data, config)),
        tenant(service_->tenant(chosen_tenant(options.data, config, options.tenant))),
        archive(tenant.archive) {}

  std::string records_manager(const DataOptions& options) {
    return acting_person(archive, options, {archive::Role::records_manager});
  }

  Config config;

private:
  std::unique_ptr<Service> service_;

public:
  Tenant& tenant;
  Archive& archive;
};

Date day_of(const std::string& text) {
  const auto day = archive::date_from_iso(text);
  if (!day) throw Error(fmt::format("{} ist kein Tag; erwartet wird JJJJ-MM-TT.", text));
  return *day;
}

std::optional<archive::FolderId> folder_of(const Archive& archive, const std::string& name) {
  if (archive::is_id(name)) return archive::FolderId{name};
  const auto folder = archive.folder_by_reference(name);
  if (!folder) return std::nullopt;
  return folder->id;
}

Destruction destruction_named(const Archive& archive, const std::string& name) {
  if (archive::is_id(name)) {
    try {
      return archive::destruction(archive, {name});
    } catch (const archive::NotFound&) {
      // It may be the id of the folder.
    }
  }
  const auto folder = folder_of(archive, name);
  const auto found = folder ? archive::destruction_of(archive, *folder) : std::nullopt;
  if (!found) throw Error(fmt::format("Zu {} gibt es keinen Vorschlag und keine Vernichtung.", name));
  return *found;
}

std::string_view german_name(DestructionState state) {
  switch (state) {
    case DestructionState::proposed:
      return "vorgeschlagen";
    case DestructionState::approved:
      return "freigegeben";
    case DestructionState::withdrawn:
      return "zurückgenommen";
    case DestructionState::begun:
      return "begonnen";
    case DestructionState::done:
      return "vernichtet";
  }
  return "";
}

ordered_json to_json(const Destruction& destruction) {
  return {{"destruction", destruction.id.text},
          {"folder", destruction.folder.text},
          {"reference", destruction.reference},
          {"plan_entry", destruction.plan_entry},
          {"state", name_of(destruction.state)},
          {"basis", name_of(destruction.basis)},
          {"basis_source", destruction.basis_source},
          {"proposed_at", destruction.proposed_at},
          {"proposed_by", destruction.proposed_by},
          {"approved_at", destruction.approved_at},
          {"approved_by", destruction.approved_by},
          {"not_before", destruction.not_before ? ordered_json(archive::to_iso(*destruction.not_before))
                                                : ordered_json(nullptr)},
          {"withdrawn_by", destruction.withdrawn_by},
          {"withdraw_reason", destruction.withdraw_reason},
          {"begun_at", destruction.begun_at},
          {"executed_by", destruction.executed_by},
          {"done_at", destruction.done_at}};
}

void print(const Destruction& destruction, OutputForm form) {
  if (form == OutputForm::json) return print_json(to_json(destruction));
  std::string more;
  if (destruction.state == DestructionState::approved)
    more = fmt::format(" von {}, wird ab {} ausgeführt", destruction.approved_by,
                       archive::to_german(destruction.not_before.value()));
  if (destruction.state == DestructionState::withdrawn)
    more = fmt::format(" von {}: {}", destruction.withdrawn_by, destruction.withdraw_reason);
  if (destruction.state == DestructionState::done)
    more = fmt::format(" am {}", destruction.done_at.substr(0, 10));
  fmt::print("{}  {:10} {}  vorgeschlagen von {}, {}{}\n", destruction.id.text, destruction.plan_entry,
             destruction.reference, destruction.proposed_by, german_name(destruction.state), more);
}

/// Prints what became of each; 1 when something was refused.
int print(const Archive& archive, const archive::DestructionOutcome& outcome, OutputForm form) {
  for (const archive::DestructionId& id : outcome.taken) print(archive::destruction(archive, id), form);
  for (const archive::RefusedFolder& refused : outcome.refused) {
    const std::string reference = archive.folder(refused.folder).reference;
    if (form == OutputForm::json) {
      print_json({{"folder", refused.folder.text},
                  {"reference", reference},
                  {"refused", refused.code},
                  {"message", archive::refusal_sentence(refused.code)}});
    } else {
      fmt::print("{}: abgelehnt. {} [{}]\n", reference, archive::refusal_sentence(refused.code),
                 refused.code);
    }
  }
  return outcome.refused.empty() ? 0 : 1;
}

/// What is due today and may be destroyed; the rest of the due list waits for the archive.
std::vector<archive::FolderId> destroyable_folders(const Archive& archive, Date today) {
  std::vector<archive::FolderId> folders;
  archive::DueQuery query;
  query.on = today;
  query.limit = 1000;
  do {
    const archive::DuePage page = archive::due_folders(archive, query);
    for (const archive::DueFolder& due : page.folders) {
      const auto there = archive::destruction_of(archive, due.about.id);
      const bool underway = there && there->state != DestructionState::withdrawn;
      if (!underway && !archive::why_not_destroyable(archive, due.about.id, today))
        folders.push_back(due.about.id);
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  return folders;
}

archive::PermissionId permission_named(const Archive& archive, const std::string& name) {
  for (const archive::DestructionPermission& one : archive::destruction_permissions(archive)) {
    if (one.id.text == name || one.number == name) return one.id;
  }
  throw Error(fmt::format("Eine Vernichtungsgenehmigung {} gibt es nicht.", name));
}

std::unique_ptr<ServiceLock> required_lock(const DataOptions& options) {
  auto lock = ServiceLock::try_take(options.data);
  if (!lock)
    throw Error(fmt::format(
        "Auf {} arbeitet ein Dienst; er führt Freigegebenes jede Stunde und bei jedem Start selbst aus.",
        options.data.string()));
  return lock;
}

void print(const ingest::DestructionRunReport& report, OutputForm form) {
  if (form == OutputForm::json)
    return print_json({{"begun", report.begun.begun},
                       {"stopped", report.begun.stopped},
                       {"waiting", report.begun.waiting},
                       {"resumed", report.resumed},
                       {"done", report.done}});
  fmt::print("{} {} vernichtet, {} angehalten{}{}.\n", report.done, report.done == 1 ? "Akte" : "Akten",
             report.begun.stopped,
             report.resumed > 0 ? fmt::format(", davon {} aus einem früheren Lauf", report.resumed) : "",
             report.begun.waiting > 0
                 ? fmt::format(", {} warten, weil ihr Eingang gerade bearbeitet wird", report.begun.waiting)
                 : "");
}

}  // namespace

int run_permission_add(const DestructionOptions& options) {
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  fmt::print("{}\n", archive::record_permission(opened.archive,
                                                {options.number, day_of(options.issued_on),
                                                 day_of(options.valid_until), options.plan_entries},
                                                archive::today(), actor)
                         .text);
  return 0;
}

int run_permission_revoke(const DestructionOptions& options) {
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  archive::revoke_permission(opened.archive, permission_named(opened.archive, options.names.front()), actor);
  return 0;
}

int run_permission_list(const DestructionOptions& options) {
  OpenedTenant opened(options);
  for (const archive::DestructionPermission& one : archive::destruction_permissions(opened.archive)) {
    if (options.form == OutputForm::json) {
      print_json({{"permission", one.id.text},
                  {"number", one.number},
                  {"issued_on", archive::to_iso(one.issued_on)},
                  {"valid_until", archive::to_iso(one.valid_until)},
                  {"plan_entries", one.plan_entries},
                  {"recorded_by", one.recorded_by},
                  {"revoked_at", one.revoked_at ? ordered_json(*one.revoked_at) : ordered_json(nullptr)},
                  {"revoked_by", one.revoked_by}});
    } else {
      fmt::print("{}  vom {}, gilt bis {} für {}{}\n", one.number, archive::to_german(one.issued_on),
                 archive::to_german(one.valid_until), fmt::join(one.plan_entries, ", "),
                 one.revoked_at ? "; WIDERRUFEN" : "");
    }
  }
  return 0;
}

int run_dispose_propose(const DestructionOptions& options) {
  OpenedTenant opened(options);
  if (options.names.empty() != options.all)
    throw Error("Bitte entweder Akten nennen oder --all-due angeben.");
  const std::string actor = opened.records_manager(options);
  std::vector<archive::FolderId> folders;
  if (options.all) folders = destroyable_folders(opened.archive, archive::today());
  for (const std::string& name : options.names) {
    const auto folder = folder_of(opened.archive, name);
    if (!folder) throw Error(fmt::format("Es gibt keine Akte mit dem Aktenzeichen {}.", name));
    folders.push_back(*folder);
  }
  return print(opened.archive, archive::propose_destruction(opened.archive, folders, archive::today(), actor),
               options.form);
}

int run_dispose_approve(const DestructionOptions& options) {
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  std::vector<archive::DestructionId> ids;
  for (const std::string& name : options.names) ids.push_back(destruction_named(opened.archive, name).id);
  return print(opened.archive,
               archive::approve_destruction(opened.archive, ids, archive::today(),
                                            opened.tenant.quarantine_days, actor),
               options.form);
}

int run_dispose_withdraw(const DestructionOptions& options) {
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  const Destruction there = destruction_named(opened.archive, options.names.front());
  archive::withdraw_destruction(opened.archive, there.id, options.reason, actor);
  print(archive::destruction(opened.archive, there.id), options.form);
  return 0;
}

int run_dispose_run(const DestructionOptions& options) {
  const auto lock = required_lock(options);
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  apply_destruction_logs(opened.tenant, opened.config);
  print(ingest::run_destructions(opened.archive, opened.tenant.index,
                                 destruction_options(opened.config, opened.tenant.name, actor)),
        options.form);
  // A running service does this by itself.
  if (ingest::must_forget(opened.archive)) {
    const ingest::Learned learned = ingest::learn_from_filings(
        opened.archive, {.texts = training_texts_of(opened.archive.directory()), .actor = actor});
    if (options.form == OutputForm::text)
      fmt::print("{}\n",
                 learned.removed
                     ? "Die Klassifikation wurde entfernt: es ist nichts mehr da, woraus zu lernen wäre."
                     : "Die Klassifikation wurde neu gelernt, ohne das Vernichtete.");
  }
  return 0;
}

int run_dispose_list(const DestructionOptions& options) {
  OpenedTenant opened(options);
  std::optional<DestructionState> state;
  if (!options.state.empty()) {
    state = archive::destruction_state_from(options.state);
    if (!state) throw Error("Den Stand gibt es nicht; es gibt proposed, approved, withdrawn, begun, done.");
  }
  std::string cursor;
  do {
    constexpr int at_once = 500;
    const archive::DestructionPage page = archive::destructions(opened.archive, state, cursor, at_once);
    for (const Destruction& one : page.destructions) print(one, options.form);
    cursor = page.next;
  } while (!cursor.empty());
  return 0;
}

int run_dispose_record(const DestructionOptions& options) {
  OpenedTenant opened(options);
  const Destruction there = destruction_named(opened.archive, options.names.front());
  if (there.state != DestructionState::done)
    throw Error("Die Akte ist noch nicht vernichtet; ein Protokoll entsteht erst dann.");
  fmt::print("{}\n",
             options.form == OutputForm::json ? there.record : ordered_json::parse(there.record).dump(2));
  return 0;
}

int run_dispose_replay(const DestructionOptions& options) {
  const auto lock = required_lock(options);
  OpenedTenant opened(options);
  const std::string actor = opened.records_manager(options);
  ingest::apply_destruction_logs(opened.archive, {options.file}, actor);
  print(ingest::run_destructions(opened.archive, opened.tenant.index,
                                 destruction_options(opened.config, opened.tenant.name, actor)),
        options.form);
  return 0;
}

}  // namespace eakte::api

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records.h"
#include "api/commands/records_names.h"
#include "api/error.h"
#include "api/folder_shape.h"
#include "archive/due_list.h"
#include "archive/holds.h"
#include "archive/life_cycle.h"

namespace eakte::api {
namespace {

using archive::Archive;
using archive::Date;
using nlohmann::json;

using Opened = OpenedArchive;

std::string german_or(const std::optional<Date>& date, const char* otherwise) {
  return date ? archive::to_german(*date) : otherwise;
}

std::string_view german_name(archive::FolderStage stage) {
  using archive::FolderStage;
  switch (stage) {
    case FolderStage::open:
      return "in Bearbeitung";
    case FolderStage::closed:
      return "abgelegt (z. d. A.)";
    case FolderStage::dormant:
      return "Altregistratur";
    case FolderStage::due:
      return "anzubieten";
    case FolderStage::offered:
      return "angeboten";
    case FolderStage::appraised:
      return "bewertet";
    case FolderStage::transferred:
      return "abgegeben";
    case FolderStage::destroyed:
      return "vernichtet";
  }
  return "";
}

std::string_view german_name(archive::DueReason reason) {
  using archive::DueReason;
  switch (reason) {
    case DueReason::period_over:
      return "Frist abgelaufen";
    case DueReason::limit_passed:
      return "Löschfrist überschritten";
    case DueReason::waiting_long:
      return "seit 30 Jahren geschlossen, Ereignis unbekannt";
  }
  return "";
}

json to_json(const archive::FolderRecord& folder, Date on) {
  json cases = json::array();
  for (const archive::CaseRecord& one : folder.cases) {
    cases.push_back({{"case", one.about.id.text},
                     {"reference", one.about.reference},
                     {"closed_on", iso_or_null(one.closed_on)}});
  }
  json told = {{"folder", folder.about.id.text},
               {"reference", folder.about.reference},
               {"title", folder.about.title},
               {"plan_entry", folder.about.plan_entry},
               {"standing_holds", folder.standing_holds},
               {"cases", cases}};
  told.update(json(folder_standing_json(folder, on)));
  return told;
}

void print_folder(const archive::FolderRecord& folder, Date on) {
  fmt::print("{}  {}\n", folder.about.reference, folder.about.title);
  fmt::print("  Kennung          {}\n", folder.about.id.text);
  fmt::print("  Aktenplan        {}, Aussonderungsart {}\n", folder.about.plan_entry,
             archive::code_of(folder.disposal));
  fmt::print("  Stand            {}\n", german_name(archive::stage_on(folder, on)));
  fmt::print("  Laufzeit         {} bis {}\n", archive::to_german(folder.begins_on),
             german_or(folder.closed_on, "heute"));
  fmt::print("  Frist            {}\n", folder.retention_sentence);
  if (folder.standing_holds > 0) fmt::print("  Löschsperren     {}\n", folder.standing_holds);
  for (const archive::CaseRecord& one : folder.cases) {
    fmt::print("  Vorgang          {}  {} ({})\n", one.about.reference, one.about.title,
               one.closed_on ? "z. d. A. " + archive::to_german(*one.closed_on) : "offen");
  }
}

json to_json(const archive::DisposalHold& hold) {
  return {{"hold", hold.id.text},
          {"folder", hold.folder.text},
          {"reason", hold.reason},
          {"owner", hold.owner},
          {"placed_at", hold.placed_at},
          {"placed_by", hold.placed_by},
          {"review_on", archive::to_iso(hold.review_on)},
          {"lifted_at", hold.lifted_at ? json(*hold.lifted_at) : json(nullptr)},
          {"lifted_by", hold.lifted_by},
          {"lift_reason", hold.lift_reason}};
}

void print_due(const archive::DueFolder& due) {
  fmt::print("{:12} {:2} {:10} {}  {}{}\n", german_or(due.retention_end, "-"), due.disposal,
             due.about.plan_entry, due.about.reference, german_name(due.reason),
             due.standing_holds > 0 ? ", GESPERRT" : "");
}

}  // namespace

int run_folder_show(const FolderOptions& options) {
  Opened opened(options);
  const Date on = day_of(options.on);
  const auto folder = archive::folder_record(opened.archive, folder_named(opened.archive, options.name));
  if (options.form == OutputForm::json) {
    print_json(to_json(folder, on));
  } else {
    print_folder(folder, on);
  }
  return 0;
}

int run_folder_add(const FolderOptions& options) {
  Opened opened(options);
  const std::string actor = opened.clerk();
  std::optional<Date> begins_on;
  if (!options.on.empty()) begins_on = day_of(options.on);
  const archive::FolderId id =
      opened.archive.add_folder(options.plan_entry, options.name, options.title, actor, begins_on);
  fmt::print("{}\n", id.text);
  return 0;
}

int run_folder_reopen(const FolderOptions& options) {
  Opened opened(options);
  const std::string actor = opened.clerk();
  archive::reopen_folder(opened.archive, folder_named(opened.archive, options.name), actor);
  opened.changed();
  return run_folder_show(options);
}

int run_folder_event(const FolderOptions& options) {
  Opened opened(options);
  const std::string actor = opened.clerk();
  const archive::FolderId id = folder_named(opened.archive, options.name);
  archive::record_event(opened.archive, id, options.event, day_of(options.on), archive::today(), actor);
  opened.changed();
  return run_folder_show(options);
}

int run_folder_suspend(const FolderOptions& options) {
  Opened opened(options);
  const std::string actor = opened.records_manager();
  archive::begin_suspension(opened.archive, folder_named(opened.archive, options.name), actor);
  opened.changed();
  return run_folder_show(options);
}

int run_case_add(const CaseOptions& options) {
  Opened opened(options);
  const std::string actor = opened.clerk();
  const archive::FolderId folder = folder_named(opened.archive, options.folder);
  fmt::print("{}\n", opened.archive.add_case(folder, options.name, options.title, actor).text);
  return 0;
}

int run_case_reopen(const CaseOptions& options) {
  Opened opened(options);
  const std::string actor = opened.clerk();
  archive::reopen_case(opened.archive, case_named(opened.archive, options.name), actor);
  opened.changed();
  return 0;
}

int run_hold_add(const HoldOptions& options) {
  Opened opened(options);
  const std::string actor = opened.records_manager();
  std::vector<archive::FolderId> folders;
  for (const std::string& name : options.names) folders.push_back(folder_named(opened.archive, name));
  const archive::NewHold hold{options.reason, options.owner, day_of(options.review_on)};
  for (const archive::HoldId& id : archive::place_hold(opened.archive, folders, hold, actor))
    fmt::print("{}\n", id.text);
  return 0;
}

int run_hold_lift(const HoldOptions& options) {
  Opened opened(options);
  const std::string actor = opened.records_manager();
  for (const std::string& name : options.names) {
    if (!archive::is_id(name)) throw Error(fmt::format("{} ist keine Kennung einer Löschsperre.", name));
    archive::lift_hold(opened.archive, {name}, options.reason, actor);
  }
  return 0;
}

int run_hold_list(const HoldOptions& options) {
  Opened opened(options);
  constexpr int most = 10000;
  const auto holds =
      options.names.empty()
          ? archive::holds_to_review(opened.archive, day_of(options.review_on), most)
          : archive::holds_of(opened.archive, folder_named(opened.archive, options.names.front()));
  for (const archive::DisposalHold& hold : holds) {
    if (options.form == OutputForm::json) {
      print_json(to_json(hold));
      continue;
    }
    fmt::print("{}  {}  {}, {}; prüfen am {}{}\n", hold.id.text, opened.archive.folder(hold.folder).reference,
               hold.reason, hold.owner, archive::to_german(hold.review_on),
               hold.lifted_at ? "; aufgehoben: " + hold.lift_reason : "");
  }
  return 0;
}

int run_retention_due(const DueOptions& options) {
  Opened opened(options);
  archive::DueQuery query;
  query.on = day_of(options.on);
  query.plan_entry = options.plan_entry;
  query.year = options.year;
  int shown = 0;
  do {
    query.limit = std::min(1000, options.limit - shown);
    const archive::DuePage page = archive::due_folders(opened.archive, query);
    for (const archive::DueFolder& due : page.folders) {
      if (options.form == OutputForm::json) {
        print_json({{"folder", due.about.id.text},
                    {"reference", due.about.reference},
                    {"title", due.about.title},
                    {"plan_entry", due.about.plan_entry},
                    {"status", archive::name_of(due.status)},
                    {"reason", archive::name_of(due.reason)},
                    {"disposal", due.disposal},
                    {"retention_end", iso_or_null(due.retention_end)},
                    {"standing_holds", due.standing_holds}});
      } else {
        print_due(due);
      }
    }
    shown += static_cast<int>(page.folders.size());
    query.cursor = page.next;
  } while (!query.cursor.empty() && shown < options.limit);
  if (options.form == OutputForm::text)
    fmt::print("{} {} am {} fällig{}.\n", shown, shown == 1 ? "Akte ist" : "Akten sind",
               archive::to_german(query.on), query.cursor.empty() ? "" : ", weitere sind nicht gezeigt");
  return 0;
}

int run_retention_years(const DataOptions& options) {
  Opened opened(options);
  for (const archive::DueYear& year : archive::due_by_year(opened.archive)) {
    if (options.form == OutputForm::json) {
      print_json({{"year", year.year}, {"A", year.transfer}, {"B", year.appraise}, {"V", year.destroy}});
    } else {
      fmt::print("{}  A {:7}  B {:7}  V {:7}\n", year.year, year.transfer, year.appraise, year.destroy);
    }
  }
  return 0;
}

}  // namespace eakte::api

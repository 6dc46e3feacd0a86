#include "api/commands/structure.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/records_names.h"
#include "api/data_directory.h"
#include "api/error.h"
#include "archive/document_refiling.h"
#include "archive/relations.h"

namespace eakte::api {
namespace {

using archive::Archive;

std::string id_given(const std::string& text) {
  if (!archive::is_id(text)) throw Error(fmt::format("{} ist keine Kennung.", text));
  return text;
}

std::string reference_template(const StructureOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  return reference_template_of(config, chosen_tenant(options.data, config, options.tenant));
}

std::optional<archive::Date> day_in(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = archive::date_from_iso(text);
  if (!day) throw Error(fmt::format("{} ist kein Tag; erwartet wird JJJJ-MM-TT.", text));
  return day;
}

archive::NewFolder folder_from(const Archive& archive, const StructureOptions& options) {
  archive::NewFolder folder;
  folder.title = options.title;
  if (!options.parent.empty()) folder.parent = folder_named(archive, options.parent);
  folder.begins_on = day_in(options.on);
  folder.medium = archive::medium_from(options.medium).value();
  folder.place = options.place;
  return folder;
}

int print_folder(const Archive& archive, const archive::FolderId& id, OutputForm form) {
  const archive::Folder folder = archive.folder(id);
  if (form == OutputForm::json) {
    print_json({{"folder", id.text}, {"reference", folder.reference}, {"plan_entry", folder.plan_entry}});
  } else {
    fmt::print("{}  {}  {}\n", folder.reference, folder.title, id.text);
  }
  return 0;
}

std::string_view german_name(const archive::Refiling& refiling) {
  switch (refiling.state) {
    case archive::RefilingState::proposed:
      return "wartet auf die Freigabe durch eine zweite Person";
    case archive::RefilingState::done:
      return "ausgeführt";
    case archive::RefilingState::rejected:
      return "abgelehnt";
  }
  return "";
}

int print_refiling(const Archive& archive, const archive::Refiling& refiling, OutputForm form) {
  if (form == OutputForm::json) {
    print_json({{"refiling", refiling.id.text},
                {"folder", refiling.folder.text},
                {"from", refiling.from_entry},
                {"to", refiling.to_entry},
                {"state", archive::name_of(refiling.state)},
                {"second_person", refiling.second_person},
                {"reason", refiling.reason},
                {"proposed_by", refiling.proposed_by},
                {"decided_by", refiling.decided_by}});
  } else {
    fmt::print("{}  {}: von {} nach {}, {}; {}\n", refiling.id.text,
               archive.folder(refiling.folder).reference, refiling.from_entry, refiling.to_entry,
               german_name(refiling), refiling.reason);
  }
  return 0;
}

int print_refiling(const archive::DocumentRefiling& refiling, OutputForm form) {
  if (form == OutputForm::json) {
    print_json({{"refiling", refiling.id.text},
                {"document", refiling.document.text},
                {"from", refiling.from_entry},
                {"to", refiling.to_entry},
                {"state", archive::name_of(refiling.state)},
                {"reason", refiling.reason},
                {"proposed_by", refiling.proposed_by},
                {"decided_by", refiling.decided_by}});
  } else {
    using State = archive::DocumentRefiling::State;
    fmt::print("{}  Dokument {}: von {} nach {}, {}; {}\n", refiling.id.text, refiling.document.text,
               refiling.from_entry, refiling.to_entry,
               refiling.state == State::proposed   ? "wartet auf die Freigabe durch eine zweite Person"
               : refiling.state == State::rejected ? "abgelehnt"
                                                   : "freigegeben",
               refiling.reason);
  }
  return 0;
}

/// Whether an id is that of a document's move, not of a folder's.
bool is_of_document(const Archive& archive, const archive::RefilingId& id) {
  return std::ranges::any_of(archive::waiting_document_refilings(archive),
                             [&](const archive::DocumentRefiling& one) { return one.id == id; });
}

archive::RelationKind kind_of(const StructureOptions& options) {
  return archive::relation_kind_from(options.kind).value();
}

}  // namespace

int run_folder_new(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  archive::NewFolder folder = folder_from(opened.archive, options);
  folder.plan_entry = options.other;
  return print_folder(
      opened.archive,
      archive::add_folder(opened.archive, folder, reference_template(options), archive::today(), actor),
      options.form);
}

int run_folder_refile(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const auto refiling = archive::refile_folder(opened.archive, folder_named(opened.archive, options.name),
                                               options.other, options.reason, archive::today(), actor);
  opened.changed();
  return print_refiling(opened.archive, refiling, options.form);
}

int run_document_refile(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  return print_refiling(
      archive::propose_document_refiling(opened.archive, {id_given(options.name)}, options.other,
                                         options.reason, archive::today(), actor),
      options.form);
}

int run_folder_refilings(const StructureOptions& options) {
  OpenedArchive opened(options);
  const auto refilings =
      options.name.empty()
          ? archive::waiting_refilings(opened.archive)
          : archive::refilings_of(opened.archive, folder_named(opened.archive, options.name));
  for (const archive::Refiling& refiling : refilings) print_refiling(opened.archive, refiling, options.form);
  if (!options.name.empty()) return 0;
  for (const archive::DocumentRefiling& refiling : archive::waiting_document_refilings(opened.archive))
    print_refiling(refiling, options.form);
  return 0;
}

int run_refiling_release(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const archive::RefilingId id{id_given(options.name)};
  if (is_of_document(opened.archive, id)) {
    const auto released = archive::release_document_refiling(opened.archive, id, options.reason, actor);
    opened.changed();
    return print_refiling(released, options.form);
  }
  const auto refiling = archive::release_refiling(opened.archive, {id_given(options.name)}, options.reason,
                                                  archive::today(), actor);
  opened.changed();
  return print_refiling(opened.archive, refiling, options.form);
}

int run_refiling_reject(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.records_manager();
  const archive::RefilingId id{id_given(options.name)};
  if (is_of_document(opened.archive, id))
    return print_refiling(archive::reject_document_refiling(opened.archive, id, options.reason, actor),
                          options.form);
  return print_refiling(
      opened.archive,
      archive::reject_refiling(opened.archive, {id_given(options.name)}, options.reason, actor),
      options.form);
}

int run_folder_merge(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  const auto into = folder_named(opened.archive, options.other);
  archive::merge_folders(opened.archive, folder_named(opened.archive, options.name), into, archive::today(),
                         actor);
  opened.changed();
  return print_folder(opened.archive, into, options.form);
}

int run_folder_split(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  std::vector<archive::CaseId> cases;
  for (const std::string& name : options.cases) cases.push_back(case_named(opened.archive, name));
  std::vector<archive::DocumentId> documents;
  for (const std::string& id : options.documents) documents.push_back({id_given(id)});
  const auto made = archive::split_folder(opened.archive, folder_named(opened.archive, options.name),
                                          folder_from(opened.archive, options), cases, documents,
                                          reference_template(options), archive::today(), actor);
  opened.changed();
  return print_folder(opened.archive, made, options.form);
}

int run_case_move(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  const auto to = folder_named(opened.archive, options.other);
  archive::move_case(opened.archive, case_named(opened.archive, options.name), to, actor);
  opened.changed();
  return print_folder(opened.archive, to, options.form);
}

int run_case_merge(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  const archive::CaseId into = case_named(opened.archive, options.other);
  archive::merge_cases(opened.archive, case_named(opened.archive, options.name), into, archive::today(),
                       actor);
  opened.changed();
  return print_folder(opened.archive, opened.archive.open_case(into).folder, options.form);
}

int run_case_split(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  std::vector<archive::DocumentId> documents;
  for (const std::string& id : options.documents) documents.push_back({id_given(id)});
  const archive::CaseId made = archive::split_case(opened.archive, case_named(opened.archive, options.name),
                                                   options.title, documents, actor);
  opened.changed();
  const archive::Case about = opened.archive.open_case(made);
  if (options.form == OutputForm::json) {
    print_json({{"case", made.text}, {"reference", about.reference}, {"title", about.title}});
  } else {
    fmt::print("{}  {}\n", about.reference, about.title);
  }
  return 0;
}

int run_relation_add(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  archive::relate(opened.archive, kind_of(options), id_given(options.name), id_given(options.other), actor);
  return 0;
}

int run_relation_remove(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  archive::unrelate(opened.archive, kind_of(options), id_given(options.name), id_given(options.other), actor);
  return 0;
}

int run_relation_list(const StructureOptions& options) {
  OpenedArchive opened(options);
  for (const archive::Relation& one : archive::relations_of(opened.archive, id_given(options.name))) {
    if (options.form == OutputForm::json) {
      print_json({{"kind", archive::name_of(one.kind)},
                  {"source", one.source},
                  {"target", one.target},
                  {"created_at", one.created_at},
                  {"created_by", one.created_by}});
    } else {
      fmt::print("{}  {}  {}\n", one.source, archive::name_of(one.kind), one.target);
    }
  }
  return 0;
}

int run_draft(const StructureOptions& options) {
  OpenedArchive opened(options);
  const std::string actor = opened.clerk();
  archive::set_draft(opened.archive, {id_given(options.name)}, !options.final, actor);
  opened.changed();
  return 0;
}

}  // namespace eakte::api

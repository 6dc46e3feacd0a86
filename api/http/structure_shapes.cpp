#include "api/http/structure_shapes.h"

#include <nlohmann/json.hpp>

#include "archive/erasure_requests.h"
#include "archive/folder_structure.h"

namespace eakte::api {
namespace {

Json folder_named(const Tenant& tenant, const archive::FolderId& id) {
  const archive::Folder folder = tenant.archive.folder(id);
  return {{"id", folder.id.text}, {"reference", folder.reference}, {"title", folder.title}};
}

Json part_json(const Tenant& tenant, const archive::FolderId& id) {
  Json part = folder_named(tenant, id);
  part["status"] = archive::name_of(archive::folder_record(tenant.archive, id).status);
  return part;
}

/// A thing by its id, whatever it is: document, folder or case. Of a restricted document only the id is told.
Json thing_json(const Tenant& tenant, const std::string& id) {
  try {
    const archive::Document document = tenant.archive.document({id});
    const std::string title = is_restricted(document)                 ? std::string()
                              : document.content.fields.title.empty() ? document.content.original_name
                                                                      : document.content.fields.title;
    return {{"kind", "document"}, {"id", id}, {"reference", ""}, {"title", title}};
  } catch (const archive::NotFound&) {
    // not a document
  }
  try {
    Json folder = folder_named(tenant, {id});
    folder["kind"] = "folder";
    return folder;
  } catch (const archive::NotFound&) {
    // not a folder either
  }
  try {
    const archive::Case found = tenant.archive.open_case({id});
    return {{"kind", "case"}, {"id", id}, {"reference", found.reference}, {"title", found.title}};
  } catch (const archive::NotFound&) {
    return {{"kind", "gone"}, {"id", id}, {"reference", ""}, {"title", ""}};
  }
}

Json relations_json(const Tenant& tenant, const std::string& id) {
  Json relations = Json::array();
  for (const archive::Relation& relation : archive::relations_of(tenant.archive, id))
    relations.push_back(relation_json(tenant, relation, id));
  return relations;
}

}  // namespace

Json relation_json(const Tenant& tenant, const archive::Relation& relation, const std::string& seen_from) {
  const bool outgoing = relation.source == seen_from;
  return {{"kind", archive::name_of(relation.kind)},
          {"source", relation.source},
          {"target", relation.target},
          {"outgoing", outgoing},
          {"other", thing_json(tenant, outgoing ? relation.target : relation.source)},
          {"created_at", relation.created_at},
          {"created_by", relation.created_by}};
}

namespace {

/// What all moves have in common.
template <class Refiling>
Json move_json(const Refiling& refiling) {
  return {{"id", refiling.id.text},
          {"from", refiling.from_entry},
          {"to", refiling.to_entry},
          {"state", archive::name_of(refiling.state)},
          {"reason", refiling.reason},
          {"proposed_by", refiling.proposed_by},
          {"proposed_at", refiling.proposed_at},
          {"decided_by", refiling.decided_by},
          {"decided_at", refiling.decided_at},
          {"decision_reason", refiling.decision_reason}};
}

}  // namespace

Json refiling_json(const Tenant& tenant, const archive::Refiling& refiling) {
  Json json = move_json(refiling);
  json["folder"] = folder_named(tenant, refiling.folder);
  json["second_person"] = refiling.second_person;
  return json;
}

Json refiling_json(const Tenant& tenant, const archive::DocumentRefiling& refiling) {
  Json json = move_json(refiling);
  json["document"] = thing_json(tenant, refiling.document.text);
  return json;
}

Json folder_structure_json(const Tenant& tenant, const archive::FolderId& id) {
  const archive::FolderPlace place = archive::folder_place(tenant.archive, id);
  Json parts = Json::array();
  for (const archive::FolderId& part : place.parts) parts.push_back(part_json(tenant, part));
  Json refilings = Json::array();
  for (const archive::Refiling& refiling : archive::refilings_of(tenant.archive, id))
    refilings.push_back(refiling_json(tenant, refiling));
  return {{"parent", place.parent.empty() ? Json(nullptr) : folder_named(tenant, place.parent)},
          {"parts", std::move(parts)},
          {"takes_parts", place.depth < archive::deepest_folder},
          {"medium", archive::name_of(place.medium)},
          {"place", place.place},
          {"relations", relations_json(tenant, id.text)},
          {"refilings", std::move(refilings)}};
}

Json document_structure_json(const Tenant& tenant, const archive::DocumentId& id) {
  Json versions = Json::array();
  for (const archive::DocumentId& version : archive::versions_of(tenant.archive, id)) {
    Json one = thing_json(tenant, version.text);
    one["received_on"] = archive::to_iso(tenant.archive.document(version).content.received_on);
    versions.push_back(std::move(one));
  }
  return {{"draft", archive::is_draft(tenant.archive, id)},
          {"versions", std::move(versions)},
          {"relations", relations_json(tenant, id.text)}};
}

}  // namespace eakte::api

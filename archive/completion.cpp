#include "archive/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "archive/catalogue/document_change.h"
#include "archive/catalogue/document_rows.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

/// What a machine found takes the place of what it had not found; what a person said stays.
void take_findings(NewDocument& content, const NewDocument& made) {
  const DocumentFields before = content.fields;
  content.fields = made.fields;
  content.state = made.state;
  content.review_reasons = made.review_reasons;
  if (before.folder.empty()) return;
  content.fields.plan_entry = before.plan_entry;
  content.fields.folder = before.folder;
  content.fields.open_case = before.open_case;
}

void take_reading(NewDocument& content, const NewDocument& made) {
  content.pages = made.pages;
  content.proposals = made.proposals;
  content.processing = made.processing;
  for (const Rendition& rendition : made.renditions) {
    if (rendition.role != RenditionRole::original) content.renditions.push_back(rendition);
  }
  // As the catalogue gives them back.
  std::ranges::sort(content.renditions, {}, [](const Rendition& one) { return name_of(one.role); });
}

}  // namespace

bool is_unread(const Document& document) {
  return std::ranges::none_of(document.content.renditions, [](const Rendition& rendition) {
    return rendition.role != RenditionRole::original;
  });
}

Document complete(Archive& archive, const DocumentId& id, const NewDocument& made, const std::string& actor,
                  const std::function<void(Connection&, const Document&)>& also) {
  Document document = archive.document(id);
  if (!is_unread(document)) return document;
  NewDocument& content = document.content;
  if (content.state == DocumentState::withdrawn)
    throw Conflict(fmt::format("document {} is withdrawn", id.text));
  const auto original = std::ranges::find(made.renditions, RenditionRole::original, &Rendition::role);
  if (original == made.renditions.end() ||
      original->object.sha256 != archive.rendition(document, RenditionRole::original).object.sha256)
    throw Conflict(fmt::format("document {} has another original", id.text));
  const std::string previous = document.manifest_sha256;
  if (content.state == DocumentState::review) take_findings(content, made);
  take_reading(content, made);
  ManifestContext context;
  archive.database().read([&](Connection& connection) {
    const Place place =
        find_place(connection, archive.file_plan(connection), content.fields, Disagreement::folder_decides);
    set_retention(document, place.entry);
    require_open(connection, content.fields);  // before anything is written, and once more in the commit
    context = context_of(connection, archive.tenant(), place, previous);
  });
  write_manifest(archive.directory(), staging_directory(archive.directory() / "objects"), document, context);

  archive.database().write([&](Connection& connection) {
    require_open(connection, content.fields);
    require_objects(archive.objects(), content);
    replace_row(connection, document, previous);
    replace_reading(connection, document);
    append_audit_entry(connection, entry_about(document, actor, "document.completed"));
    if (also) also(connection, document);
  });
  return document;
}

}  // namespace eakte::archive

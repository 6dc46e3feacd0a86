#include "archive/catalogue/document_change.h"

#include <fmt/format.h>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/retention_terms.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {

void require_open(Connection& connection, const DocumentFields& fields) {
  const bool closed =
      !connection
           .query(
               "SELECT 1 FROM folder WHERE id = ? AND status <> 'open' UNION SELECT 1 FROM record_case WHERE "
               "id = ? AND status <> 'open'",
               {fields.folder.text, fields.open_case.text})
           .empty();
  if (closed) throw Forbidden("folder_closed", "the folder or case is closed");
}

Place find_place(Connection& connection, const FilePlan& plan, DocumentFields& fields,
                 Disagreement disagreement) {
  Place place;
  // An entry may have another number since.
  if (const FilePlanEntry* named = plan.find(fields.plan_entry)) fields.plan_entry = named->number;
  if (!fields.open_case.empty()) {
    place.open_case = load_case(connection, fields.open_case);
    if (!place.open_case) throw Error(fmt::format("there is no case {}", fields.open_case.text));
    if (fields.folder.empty()) fields.folder = place.open_case->folder;
    if (fields.folder != place.open_case->folder) {
      throw Error(fmt::format("case {} is not in folder {}", fields.open_case.text, fields.folder.text));
    }
  }
  if (!fields.folder.empty()) {
    place.folder = load_folder(connection, fields.folder);
    if (!place.folder) throw Error(fmt::format("there is no folder {}", fields.folder.text));
    if (fields.plan_entry.empty() || disagreement == Disagreement::folder_decides) {
      fields.plan_entry = place.folder->plan_entry;
    }
    if (fields.plan_entry != place.folder->plan_entry) {
      throw Error(fmt::format("folder {} belongs to entry {} of the file plan, not to {}", fields.folder.text,
                              place.folder->plan_entry, fields.plan_entry));
    }
  }
  if (fields.plan_entry.empty()) return place;
  place.entry = plan.find(fields.plan_entry);
  if (place.entry == nullptr) throw Error(fmt::format("the file plan has no entry {}", fields.plan_entry));
  if (!place.entry->takes_folders) {
    throw Error(fmt::format("entry {} of the file plan takes no documents", fields.plan_entry));
  }
  return place;
}

void set_retention(Document& document, const FilePlanEntry* entry) {
  const RetentionTerms terms = retention_terms(entry, document.content.fields.document_date);
  document.retention_end = terms.end;
  document.retention_unlimited = terms.unlimited;
  document.retention_sentence = terms.sentence;
  document.disposal = entry == nullptr ? std::string() : std::string(code_of(entry->disposal));
}

void require_objects(const ObjectStore& objects, const NewDocument& content) {
  for (const Rendition& rendition : content.renditions) {
    if (!objects.exists(rendition.object.sha256)) {
      throw Error(fmt::format("intake {}: the object {} of rendition {} is missing", content.intake.text,
                              rendition.object.sha256, name_of(rendition.role)));
    }
  }
}

AuditEntry entry_about(const Document& document, const std::string& actor, std::string_view action,
                       std::string_view more) {
  return {actor, std::string(action), document.id.text,
          fmt::format(R"({{"intake":"{}","revision":{},"state":"{}","plan_entry":"{}","manifest":"{}"{}}})",
                      document.content.intake.text, document.revision, name_of(document.content.state),
                      document.content.fields.plan_entry, document.manifest_sha256, more)};
}

void write_manifest(const std::filesystem::path& directory, const std::filesystem::path& staging,
                    Document& document, const ManifestContext& context) {
  const std::string text = manifest_text(document, context);
  document.manifest_sha256 = sha256_hex(text);
  write_durably(directory, staging, directory / manifest_path(document, document.manifest_sha256), text);
}

void require_unchanged(Connection& connection, const DocumentId& id, const std::string& manifest) {
  const Rows current = connection.query("SELECT manifest_sha256 FROM document WHERE id = ?", {id.text});
  if (current.empty()) throw NotFound(fmt::format("there is no document {}", id.text));
  if (current[0].text("manifest_sha256") != manifest) {
    throw Conflict(fmt::format("document {} was changed meanwhile", id.text));
  }
}

ManifestContext context_of(Connection& connection, const std::string& tenant, const Place& place,
                           const std::string& previous) {
  const Rows head = connection.query("SELECT entries, hash FROM audit_head WHERE id = 1");
  return {tenant,
          place.folder,
          place.open_case,
          now_utc(),
          previous,
          head.at(0).integer("entries"),
          head.at(0).text("hash")};
}

void replace_row(Connection& connection, Document& document, const std::string& previous) {
  require_unchanged(connection, document.id, previous);
  document.revision = take_revision(connection, document.id);
  update_document(connection, document);
}

}  // namespace eakte::archive

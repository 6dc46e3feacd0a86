#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "archive/archive.h"
#include "archive/catalogue/archive_state.h"
#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/catalogue/retention_terms.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

/// Where a document is to lie: what its fields name, looked up.
struct Place {
  const FilePlanEntry* entry = nullptr;
  std::optional<Folder> folder;
  std::optional<Case> open_case;
};

/// What happens when the fields name a folder and an entry that do not belong together: a guess gives way to
/// the folder, a person is told.
enum class Disagreement { folder_decides, refused };

/// What is closed stays as it is (records checklist 7): nothing comes in, nothing is changed.
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

/// Looks up entry, folder and case. A case brings its folder, a folder its entry, where the fields leave them
/// empty. Throws Error when something is unknown or does not fit together.
Place find_place(Connection& connection, const FilePlan& plan, DocumentFields& fields,
                 Disagreement disagreement) {
  Place place;
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

AuditEntry entry_about(const Document& document, const std::string& actor, std::string_view action) {
  return {actor, std::string(action), document.id.text,
          fmt::format(R"({{"intake":"{}","revision":{},"state":"{}","plan_entry":"{}","manifest":"{}"}})",
                      document.content.intake.text, document.revision, name_of(document.content.state),
                      document.content.fields.plan_entry, document.manifest_sha256)};
}

/// Writes the manifest next to the catalogue and notes its hash in the document.
void write_manifest(const std::filesystem::path& directory, const std::filesystem::path& staging,
                    Document& document, const ManifestContext& context) {
  const std::string text = manifest_text(document, context);
  document.manifest_sha256 = sha256_hex(text);
  write_durably(directory, staging, directory / manifest_path(document, document.manifest_sha256), text);
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

}  // namespace

Document Archive::file(const NewDocument& document, const std::string& actor,
                       const std::function<void(Connection&, const DocumentId&)>& also) {
  if (document.intake.empty()) throw Error("a document needs its intake");
  if (const auto there = document_of(document.intake)) return this->document(*there);
  require_objects(state_->objects, document);

  Document filed{{new_id_text()}, 0, document, {}, {}, false, {}, {}};
  std::ranges::sort(filed.content.renditions, {}, &Rendition::role);
  std::ranges::sort(filed.content.pages, {}, &PageRecord::number);
  ManifestContext context;
  state_->database.read([&](Connection& connection) {
    const Place place =
        find_place(connection, state_->plan, filed.content.fields, Disagreement::folder_decides);
    set_retention(filed, place.entry);
    context = context_of(connection, state_->tenant, place, {});
  });
  write_manifest(state_->directory, state_->staging(), filed, context);

  std::optional<DocumentId> earlier;
  state_->database.write([&](Connection& connection) {
    earlier = load_document_of(connection, document.intake);
    if (earlier) return;
    require_open(connection, filed.content.fields);
    filed.revision = take_revision(connection, filed.id);
    insert_document(connection, filed, context.written_at);
    append_audit_entry(connection, entry_about(filed, actor, "document.filed"));
    if (also) also(connection, filed.id);
  });
  if (!earlier) return filed;
  // Somebody filed the same intake meanwhile; what was written for this attempt belongs to nothing.
  std::error_code stays;  // as an orphan, which verify lists
  std::filesystem::remove(state_->directory / manifest_path(filed, filed.manifest_sha256), stays);
  return this->document(*earlier);
}

Document Archive::confirm(const DocumentId& id, const DocumentFields& fields, const std::string& actor,
                          const std::function<void(Connection&)>& also) {
  Document confirmed = document(id);
  const std::string previous = confirmed.manifest_sha256;
  const DocumentFields before = confirmed.content.fields;
  confirmed.content.fields = fields;
  confirmed.content.state = DocumentState::filed;
  confirmed.content.review_reasons.clear();
  ManifestContext context;
  state_->database.read([&](Connection& connection) {
    const Place place = find_place(connection, state_->plan, confirmed.content.fields, Disagreement::refused);
    set_retention(confirmed, place.entry);
    context = context_of(connection, state_->tenant, place, previous);
  });
  write_manifest(state_->directory, state_->staging(), confirmed, context);

  state_->database.write([&](Connection& connection) {
    const Rows current = connection.query("SELECT manifest_sha256 FROM document WHERE id = ?", {id.text});
    if (current.empty()) throw NotFound(fmt::format("there is no document {}", id.text));
    if (current[0].text("manifest_sha256") != previous) {
      throw Conflict(fmt::format("document {} was changed meanwhile", id.text));
    }
    require_open(connection, before);
    require_open(connection, confirmed.content.fields);
    confirmed.revision = take_revision(connection, id);
    update_document(connection, confirmed);
    append_audit_entry(connection, entry_about(confirmed, actor, "document.confirmed"));
    if (also) also(connection);
  });
  return confirmed;
}

}  // namespace eakte::archive

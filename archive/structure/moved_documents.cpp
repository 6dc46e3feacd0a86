#include "archive/structure/moved_documents.h"

#include <fmt/format.h>

#include "archive/catalogue/document_rows.h"
#include "archive/catalogue/manifest.h"
#include "archive/storage/durable_file.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {
namespace {

MovedDocument prepared(const Archive& archive, Document document, const NewPlace& place) {
  MovedDocument moved{std::move(document), {}};
  DocumentFields& fields = moved.document.content.fields;
  moved.previous = moved.document.manifest_sha256;
  fields.folder = place.folder.id;
  fields.open_case = place.open_case ? place.open_case->id : CaseId{};
  fields.plan_entry = place.folder.plan_entry;
  const Row head = archive.database().query("SELECT entries, hash FROM audit_head WHERE id = 1").at(0);
  const ManifestContext context{archive.tenant(), place.folder,   place.open_case,
                                now_utc(),        moved.previous, head.integer("entries"),
                                head.text("hash")};
  const std::string text = manifest_text(moved.document, context);
  moved.document.manifest_sha256 = sha256_hex(text);
  write_durably(archive.directory(), staging_directory(archive.directory() / "objects"),
                archive.directory() / manifest_path(moved.document, moved.document.manifest_sha256), text);
  return moved;
}

}  // namespace

std::vector<MovedDocument> prepare_move(const Archive& archive, const std::vector<DocumentId>& ids,
                                        const std::function<NewPlace(const Document&)>& place_of) {
  std::vector<MovedDocument> moved;
  moved.reserve(ids.size());
  for (const DocumentId& id : ids) {
    Document document = archive.document(id);
    const NewPlace place = place_of(document);
    moved.push_back(prepared(archive, std::move(document), place));
  }
  return moved;
}

void commit_move(Connection& connection, std::vector<MovedDocument>& moved, const std::string& actor) {
  for (MovedDocument& one : moved) {
    const DocumentId& id = one.document.id;
    const Rows current = connection.query("SELECT manifest_sha256 FROM document WHERE id = ?", {id.text});
    if (current.empty() || current[0].text("manifest_sha256") != one.previous)
      throw Conflict(fmt::format("document {} was changed meanwhile", id.text));
    one.document.revision = take_revision(connection, id);
    update_document(connection, one.document);
    const DocumentFields& fields = one.document.content.fields;
    append_audit_entry(
        connection,
        {actor, "document.moved", id.text,
         fmt::format(R"({{"folder":"{}","case":"{}","plan_entry":"{}","manifest":"{}"}})", fields.folder.text,
                     fields.open_case.text, fields.plan_entry, one.document.manifest_sha256)});
  }
}

std::vector<DocumentId> documents_in(Connection& connection, std::string_view column, const std::string& id) {
  std::vector<DocumentId> documents;
  for (const Row& row :
       connection.query(fmt::format("SELECT id FROM document WHERE {} = ? ORDER BY id", column), {id}))
    documents.push_back({row.text("id")});
  return documents;
}

}  // namespace eakte::archive

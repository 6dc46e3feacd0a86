#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "archive/audit_trail.h"
#include "archive/catalogue/manifest.h"
#include "archive/database.h"
#include "archive/file_plan.h"
#include "archive/object_store.h"

namespace eakte::archive {

// What every change of a document does: look up where it lies, write its manifest before the commit, and put
// the row in its place in it.

/// Where a document is to lie: what its fields name, looked up.
struct Place {
  const FilePlanEntry* entry = nullptr;
  std::optional<Folder> folder;
  std::optional<Case> open_case;
};

/// What happens when the fields name a folder and an entry that do not belong together: a guess gives way to
/// the folder, a person is told.
enum class Disagreement { folder_decides, refused };

/// What is closed stays as it is (records checklist 7): nothing comes in, nothing is changed. Throws
/// Forbidden.
void require_open(Connection& connection, const DocumentFields& fields);

/// Looks up entry, folder and case. A case brings its folder, a folder its entry, where the fields leave them
/// empty. Throws Error when something is unknown or does not fit together.
Place find_place(Connection& connection, const FilePlan& plan, DocumentFields& fields,
                 Disagreement disagreement);

void set_retention(Document& document, const FilePlanEntry* entry);

/// Asked once more in the commit: an object that was there already may have been destroyed meanwhile.
void require_objects(const ObjectStore& objects, const NewDocument& content);

/// `more` are further members of the detail, each behind a comma.
AuditEntry entry_about(const Document& document, const std::string& actor, std::string_view action,
                       std::string_view more = {});

/// Writes the manifest next to the catalogue and notes its hash in the document.
void write_manifest(const std::filesystem::path& directory, const std::filesystem::path& staging,
                    Document& document, const ManifestContext& context);

/// Throws NotFound; Conflict when the manifest of the document is another.
void require_unchanged(Connection& connection, const DocumentId& id, const std::string& manifest);

ManifestContext context_of(Connection& connection, const std::string& tenant, const Place& place,
                           const std::string& previous);

/// Puts a document in the place of the row whose manifest was `previous`. Throws NotFound, Conflict.
void replace_row(Connection& connection, Document& document, const std::string& previous);

}  // namespace eakte::archive

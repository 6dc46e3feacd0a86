#pragma once
#include <optional>
#include <string>

#include "archive/database.h"
#include "archive/document.h"

namespace eakte::archive {

/// Adds the rows of a new document; `document.revision` is set already. Throws Conflict when the intake has
/// a document.
void insert_document(Connection& connection, const Document& document, const std::string& filed_at);

/// Changes the row of a document to the fields, state, manifest, retention and revision given.
void update_document(Connection& connection, const Document& document);

/// Puts the renditions given in the place of those that are there.
void replace_renditions(Connection& connection, const Document& document);

/// Puts pages, proposals, renditions and the record of processing in the place of those that are there.
void replace_reading(Connection& connection, const Document& document);

/// The document with everything belonging to it; nothing when there is none.
std::optional<Document> load_document(Connection& connection, const DocumentId& id);

std::optional<DocumentId> load_document_of(Connection& connection, const IntakeId& id);

std::optional<Folder> load_folder(Connection& connection, const FolderId& id);
std::optional<Case> load_case(Connection& connection, const CaseId& id);

/// The next revision, taken for a change of this document.
std::int64_t take_revision(Connection& connection, const DocumentId& id);

}  // namespace eakte::archive

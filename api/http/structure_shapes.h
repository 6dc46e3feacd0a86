#pragma once
#include "api/http/shapes.h"
#include "archive/document_refiling.h"
#include "archive/relations.h"

namespace eakte::api {

// The shapes of how folders and documents hang together in api/README.md.

/// Where a folder lies, its parts, its paper, what it is related to, and its moves to other entries.
Json folder_structure_json(const Tenant& tenant, const archive::FolderId& id);
/// Draft, versions and relations of a document.
Json document_structure_json(const Tenant& tenant, const archive::DocumentId& id);
Json refiling_json(const Tenant& tenant, const archive::Refiling& refiling);
Json refiling_json(const Tenant& tenant, const archive::DocumentRefiling& refiling);
Json relation_json(const Tenant& tenant, const archive::Relation& relation, const std::string& seen_from);

}  // namespace eakte::api

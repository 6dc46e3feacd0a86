#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// What the queries of a package are given as ?1: the folder (empty: everything), and whether its drafts go
/// along. What is handed to others goes without them (VwVfG section 29).
inline std::string package_scope(const std::string& folder, bool with_drafts) {
  return folder.empty() || !with_drafts ? folder : folder + " with drafts";
}

/// Begins a query about the package of a scope ?1, which begins with the id of a folder: `packed`, the folder
/// and its parts, parts of parts included; `above`, the folder and what it is a part of; `packed_document`
/// (id, intake), the documents of `packed`.
inline constexpr std::string_view with_packed =
    "WITH RECURSIVE packed(id) AS (SELECT substr(?1, 1, 26) UNION SELECT folder.id FROM folder JOIN packed "
    "ON folder.parent "
    "= packed.id), above(id) AS (SELECT substr(?1, 1, 26) UNION SELECT folder.parent FROM folder JOIN above "
    "ON folder.id = "
    "above.id WHERE folder.parent IS NOT NULL), packed_document(id, intake) AS (SELECT id, intake FROM "
    "document WHERE folder IN (SELECT id FROM packed) AND (draft = 0 OR length(?1) > 26)) ";

/// What a package's evidence is about: its folders, their cases, documents and intakes.
inline constexpr std::string_view packed_subjects =
    "(SELECT id FROM packed UNION SELECT id FROM record_case WHERE folder IN (SELECT id FROM packed) UNION "
    "SELECT id FROM packed_document UNION SELECT intake FROM packed_document)";

}  // namespace eakte::archive

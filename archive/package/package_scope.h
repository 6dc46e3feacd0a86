#pragma once
#include <string_view>

namespace eakte::archive {

/// Begins a query about the package of the folder ?1: `packed`, the folder and its parts, parts of parts
/// included; `above`, the folder and what it is a part of; `packed_document` (id, intake), the documents of
/// `packed`.
inline constexpr std::string_view with_packed =
    "WITH RECURSIVE packed(id) AS (SELECT ?1 UNION SELECT folder.id FROM folder JOIN packed ON folder.parent "
    "= packed.id), above(id) AS (SELECT ?1 UNION SELECT folder.parent FROM folder JOIN above ON folder.id = "
    "above.id WHERE folder.parent IS NOT NULL), packed_document(id, intake) AS (SELECT id, intake FROM "
    "document WHERE folder IN (SELECT id FROM packed)) ";

/// What a package's evidence is about: its folders, their cases, documents and intakes.
inline constexpr std::string_view packed_subjects =
    "(SELECT id FROM packed UNION SELECT id FROM record_case WHERE folder IN (SELECT id FROM packed) UNION "
    "SELECT id FROM packed_document UNION SELECT intake FROM packed_document)";

}  // namespace eakte::archive

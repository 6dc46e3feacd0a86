#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

/// How two things belong together, read from source to target.
enum class RelationKind {
  replies_to,     ///< a document answers another
  attachment_of,  ///< a document came as a part of another
  rendition_of,   ///< a document is another form of another
  replaces,       ///< a document is the next version of another
  follows,        ///< a folder or document continues another
  merged_into,    ///< a folder or case has gone into another
  split_from      ///< a folder or case came out of another
};
std::string_view name_of(RelationKind kind);
std::optional<RelationKind> relation_kind_from(std::string_view name);

struct Relation {
  RelationKind kind = RelationKind::follows;
  std::string source;  ///< id
  std::string target;  ///< id
  std::string created_at;
  std::string created_by;
};

/// Relates two things that are there. The first five kinds join documents, `follows` also folders; the last
/// two are made by merging and splitting only. Throws NotFound; Error (wrong kinds, to itself, merged_into,
/// split_from); Conflict: there already, or the target has a next version already.
void relate(Archive& archive, RelationKind kind, const std::string& source, const std::string& target,
            const std::string& actor);
/// Throws NotFound; Error for what versions, merging and splitting have left behind, which stays.
void unrelate(Archive& archive, RelationKind kind, const std::string& source, const std::string& target,
              const std::string& actor);
/// Everything a thing is related to, either way.
std::vector<Relation> relations_of(const Archive& archive, const std::string& id);

/// Files the next version of a document, in the same place; the earlier one stays as it is. Throws as
/// Archive::file; Conflict when it has a next version already.
Document file_version(Archive& archive, NewDocument document, const DocumentId& earlier,
                      const std::string& actor);
/// All versions of a document, the first one first; only itself where there are no others.
std::vector<DocumentId> versions_of(const Archive& archive, const DocumentId& id);

/// A draft (Entwurf) is kept and left out where the record goes to others (VwVfG section 29). Throws
/// NotFound; Forbidden: folder_closed.
void set_draft(Archive& archive, const DocumentId& id, bool draft, const std::string& actor);
bool is_draft(const Archive& archive, const DocumentId& id);
/// The drafts in a folder.
std::vector<DocumentId> drafts_of(const Archive& archive, const FolderId& folder);

}  // namespace eakte::archive

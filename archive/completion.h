#pragma once
#include <functional>
#include <string>

#include "archive/archive.h"

namespace eakte::archive {

/// Whether a document consists of its original alone because nothing could read it when it came in.
bool is_unread(const Document& document);

/// Gives an unread document what it lacks: pages, proposals and every rendition but the original out of
/// `made`, with its record of processing. Id, intake, reception and history stay; a new manifest and revision
/// and an audit entry `document.completed` come. Fields and state are `made`'s while nobody has confirmed the
/// document, and stay a person's otherwise; a folder or case it has been put into stays in any case. A
/// document that is not unread is returned as it is, and `also` does not run. Throws NotFound, Error,
/// Forbidden (folder_closed), Conflict (changed meanwhile, withdrawn, or `made` is of another original).
Document complete(Archive& archive, const DocumentId& id, const NewDocument& made, const std::string& actor,
                  const std::function<void(Connection&, const Document&)>& also = {});

}  // namespace eakte::archive

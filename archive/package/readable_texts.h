#pragma once
#include "archive/document.h"

namespace eakte::archive {

/// Whether the texts of a document that are JSON are of the form in which they are written here; whoever
/// shows the document relies on it. Throws Error that says which is not. For documents out of packages.
void require_readable_texts(const Document& document);

}  // namespace eakte::archive

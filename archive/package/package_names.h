#pragma once
#include <string>
#include <string_view>

#include "archive/document.h"

namespace eakte::archive {

inline constexpr std::string_view package_format = "eakte-package-1";

/// The representation a rendition belongs to: "original", "pdfa", "text".
std::string_view representation_of(RenditionRole role);
inline constexpr std::string_view representations[] = {"original", "pdfa", "text"};

/// The name of a rendition's file in its representation. Originals are named by their hash, because several
/// documents may have come in one; what is a document's own by the document.
std::string file_name_of(const DocumentId& document, const Rendition& rendition);

/// The usual extension of files of a media type; "bin" when there is none.
std::string_view extension_of_type(std::string_view media_type);

}  // namespace eakte::archive

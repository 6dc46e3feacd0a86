#pragma once
#include <string>
#include <vector>

#include "archive/database.h"
#include "archive/document.h"
#include "archive/package/premis_writer.h"

namespace eakte::archive {

/// What happened to a rendition, from the processing record (PK-03): ingestion of the original, format
/// identification, normalization and validation of the archive file.
std::vector<PremisEvent> events_of(const Document& document, const Rendition& rendition,
                                   const std::string& received_at, const std::string& filed_at);

/// A file's hash was compared while it was copied.
PremisEvent fixity_event(const std::string& name, const std::string& at);

/// Deaccession: the folder was handed over to the archive.
std::vector<PremisEvent> events_of_folder(Connection& connection, const std::string& folder);

}  // namespace eakte::archive

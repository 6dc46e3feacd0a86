#pragma once
#include <string>
#include <vector>

#include "archive/scan_check.h"

namespace eakte::archive {

/// What a Transfervermerk tells, gathered.
struct NoteContent {
  std::string id;
  std::string tenant;
  std::string made_at;
  std::string made_by;
  std::string captured_at;
  std::string captured_by;  ///< actor of the intake's acceptance
  std::string filed_at;
  ScanSettings settings;
  ScanProfile profile;
};

/// The Transfervermerk as XML (RS-11 a to f), format in archive/README.md.
std::string note_text(const NoteContent& content, const Document& document, const ScanStanding& standing);

}  // namespace eakte::archive

#pragma once
#include "archive/archive.h"

namespace eakte::archive {

// A stage of retention may lock the access (zugriff: gesperrt in the file plan; BMG section 13(2), ID-03):
// from its first day on what lies there is for records managers and auditors only.

/// Whether the stage that runs on a day locks the access to a document: by the events of its folder, else by
/// its own date.
bool access_locked(const Archive& archive, const Document& document, Date on);
/// Likewise for a folder. Throws NotFound.
bool access_locked(const Archive& archive, const FolderId& folder, Date on);

/// Notes which folders and documents are locked on a day, so that search follows; what changes gets a new
/// revision. Returns how many folders and single documents changed. Called by whoever starts working, and
/// every hour.
int apply_access_locks(Archive& archive, Date today);

/// As noted: what search goes by.
bool is_noted_as_locked(const Archive& archive, const Document& document);

/// The access term of locked documents; who may find them has it.
inline constexpr std::string_view locked_access = "locked";

}  // namespace eakte::archive

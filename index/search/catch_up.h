#pragma once
#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "archive/archive.h"
#include "index/search/word_analysis.h"

namespace eakte::index {

using Progress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Makes an empty database of the present format. Throws Xapian::Error.
void make_empty_database(const std::filesystem::path& directory);

/// Whether `error` means that the database in `directory` is broken or gone, rather than busy or the process
/// out of descriptors.
bool means_damage(const Xapian::DatabaseError& error, const std::filesystem::path& directory);

/// Whether a database can be read and has the present format. Throws Xapian::DatabaseError when that cannot
/// be told now.
bool is_usable_database(const std::filesystem::path& directory);

/// Revision of the archive the database has seen; 0 for none.
std::int64_t revision_of(const Xapian::Database& database);

/// Takes in every change the database has not seen. Each batch and the revision it reaches are one commit, so
/// that a crash costs at most a batch; memory is bounded by the text of a batch.
void apply_changes(Xapian::WritableDatabase& database, const archive::Archive& archive,
                   WordAnalysis& analysis, const Progress& progress);

/// Reads every posting, term list and position. Throws Xapian::DatabaseCorruptError where a block is damaged.
/// (Xapian's own check() frees its tables with the wrong size, which ends a program built with sanitizers.)
void read_everything(const Xapian::Database& database);

/// The differences between database and catalogue, a sentence each.
std::vector<std::string> differences(const Xapian::Database& database, const archive::Archive& archive);

}  // namespace eakte::index

#pragma once
#include <span>
#include <string_view>

#include "archive/database.h"

namespace eakte::archive {

/// One step of the catalogue's schema, compiled in from archive/migrations.
struct Migration {
  int number;             ///< from 1, without gaps
  std::string_view name;  ///< file name without extension
  std::string_view sql;
};

/// All steps in ascending order.
std::span<const Migration> migrations();

/// Applies the steps a catalogue lacks, each in its own transaction; safe when several processes do so at
/// once. Throws Error when the catalogue has a step unknown here, or one with another text.
void migrate(Connection& connection);

}  // namespace eakte::archive

#pragma once
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "archive/database.h"

namespace eakte::archive {

/// A table whose rows travel in packages, in the order in which rows may refer to each other.
struct PackageTable {
  std::string_view name;
  /// Which rows belong to a folder, over the names of package_scope.h; empty: all of them; "-": none.
  std::string_view of_folder;
  std::string_view left_out = {};          ///< a column that means nothing elsewhere
  std::string_view source = {};            ///< what is read in the place of the table, with its columns
  std::string_view source_of_folder = {};  ///< the same for the package of a folder
};
std::span<const PackageTable> package_tables();

/// A table that does not travel, and why.
struct TableAtHome {
  std::string_view name;
  std::string_view why;
};
std::span<const TableAtHome> tables_at_home();

/// Rows as JSON objects, one a line, in the order of the primary key; `folder` is a scope (package_scope.h), empty: all. Reads some at a
/// time.
void for_each_row_text(Connection& connection, const PackageTable& table, const std::string& folder,
                       const std::function<void(const std::string& line)>& take);

/// Adds a row that came as JSON. Unknown columns, and values of other types than JSON's simple ones, throw
/// Error; `more` are columns that did not travel.
void insert_row_text(Connection& connection, const PackageTable& table, std::string_view line,
                     const std::vector<std::pair<std::string, Value>>& more = {});

/// Columns of a table in their order; `keys` only those of the primary key, in its order.
enum class Columns { all, keys };
std::vector<std::string> columns_of(Connection& connection, std::string_view table, Columns which);

}  // namespace eakte::archive

#include "archive/catalogue/migrations.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "archive/object_store.h"

namespace eakte::archive {
namespace {

/// Compares what the catalogue has with what is compiled in; returns the number of the last step applied.
int applied_steps(Connection& connection) {
  int last = 0;
  for (const Row& row : connection.query("SELECT number, name, checksum FROM migration ORDER BY number")) {
    const auto number = static_cast<int>(row.integer("number"));
    const auto known = std::ranges::find(migrations(), number, &Migration::number);
    if (known == migrations().end()) {
      throw Error(fmt::format("the catalogue has schema {} ({}), which is newer than this program's {}",
                              number, row.text("name"), migrations().size()));
    }
    if (sha256_hex(known->sql) != row.text("checksum")) {
      throw Error(
          fmt::format("schema step {} of the catalogue differs from this program's", row.text("name")));
    }
    last = number;
  }
  return last;
}

/// Runs one step unless another process was faster.
void apply(Connection& connection, const Migration& step) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    if (applied_steps(connection) < step.number) {
      connection.execute_script(std::string(step.sql));
      connection.execute("INSERT INTO migration(number, name, checksum) VALUES(?, ?, ?)",
                         {std::int64_t{step.number}, std::string(step.name), sha256_hex(step.sql)});
    }
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute_script("ROLLBACK");
    throw;
  }
}

}  // namespace

void migrate(Connection& connection) {
  connection.execute(
      "CREATE TABLE IF NOT EXISTS migration(number INTEGER PRIMARY KEY, name TEXT NOT NULL, "
      "checksum TEXT NOT NULL) STRICT");
  const int last = applied_steps(connection);
  for (const Migration& step : migrations()) {
    if (step.number > last) apply(connection, step);
  }
}

}  // namespace eakte::archive

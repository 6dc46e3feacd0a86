#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "archive/error.h"

namespace eakte::archive {

using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string>;

/// One row of a result, columns by name or position.
class Row {
public:
  Row(std::shared_ptr<const std::vector<std::string>> columns, std::vector<Value> values);
  std::string text(std::string_view column) const;      ///< "" for NULL
  std::int64_t integer(std::string_view column) const;  ///< 0 for NULL
  double real(std::string_view column) const;           ///< 0 for NULL
  bool is_null(std::string_view column) const;
  const Value& at(std::string_view column) const;  ///< throws Error when there is no such column

private:
  std::shared_ptr<const std::vector<std::string>> columns_;
  std::vector<Value> values_;
};

using Rows = std::vector<Row>;

/// One SQLite connection with a cache of prepared statements. Thread-confined while in use.
class Connection {
public:
  enum class Mode { read_write, read_only };
  Connection(const std::filesystem::path& file, Mode mode);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs one statement with bound parameters and returns all rows. Throws Conflict on a violated
  /// constraint, StorageFailure on a full or failing disk, Error otherwise.
  Rows query(std::string_view sql, const std::vector<Value>& parameters = {});

  /// Like query() for statements without a result; returns the number of changed rows.
  std::int64_t execute(std::string_view sql, const std::vector<Value>& parameters = {});

  /// Runs several statements without parameters (migrations).
  void execute_script(const std::string& sql);

  std::int64_t last_insert_id() const;
  /// Whether a transaction is open; SQLite closes one by itself after some errors.
  bool in_transaction() const;

private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

/// The catalogue of one tenant: SQLite in WAL mode with synchronous=FULL. Several processes may have it
/// open. Safe for concurrent use by threads.
class Database {
public:
  /// Opens or creates the file and brings the schema up to date (numbered migrations compiled in, each in
  /// one transaction, checked by checksum). Throws Error when the file is of a newer version.
  explicit Database(const std::filesystem::path& file);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs `work` inside a write transaction and returns when it is durable. Concurrent callers share one
  /// commit (group commit): each `work` runs in its own savepoint, so one that throws undoes only itself
  /// and its exception reaches only its caller. `work` must not call back into write().
  void write(const std::function<void(Connection&)>& work);

  /// Runs `work` on a pooled read connection with one consistent snapshot.
  void read(const std::function<void(Connection&)>& work) const;

  /// read() for a single statement.
  Rows query(std::string_view sql, const std::vector<Value>& parameters = {}) const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::archive

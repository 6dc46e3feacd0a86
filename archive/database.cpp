#include "archive/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>

#include "archive/catalogue/migrations.h"

namespace eakte::archive {
namespace {

/// Other processes share the file; a writer among them holds the lock for one commit.
constexpr int busy_timeout_ms = 30'000;
constexpr int checkpoint_pages = 1000;
constexpr std::size_t cached_statements = 200;
constexpr std::size_t idle_readers = 16;

struct CloseDatabase {
  void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

struct Statement {
  StatementHandle handle;
  std::shared_ptr<const std::vector<std::string>> columns;
};

bool is_sync_failure(int code) { return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC; }

[[noreturn]] void fail(sqlite3* database, int code, std::string_view sql) {
  const std::string message =
      fmt::format("catalogue: {} (code {}) in: {}", sqlite3_errmsg(database), code, sql.substr(0, 80));
  switch (code & 0xff) {
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
      throw StorageFailure(message);
    case SQLITE_CONSTRAINT:
    case SQLITE_BUSY:
      throw Conflict(message);
    default:
      throw Error(message);
  }
}

void bind(sqlite3_stmt* statement, int position, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, position, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    sqlite3_bind_double(statement, position, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text64(statement, position, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else {
    sqlite3_bind_null(statement, position);
  }
}

Value column_value(sqlite3_stmt* statement, int column) {
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
      return std::int64_t{sqlite3_column_int64(statement, column)};
    case SQLITE_FLOAT:
      return sqlite3_column_double(statement, column);
    case SQLITE_NULL:
      return nullptr;
    default: {
      const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement, column));
      const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
      return size == 0 ? std::string() : std::string(bytes, size);
    }
  }
}

std::shared_ptr<const std::vector<std::string>> column_names(sqlite3_stmt* statement) {
  const int count = sqlite3_column_count(statement);
  std::vector<std::string> names;
  names.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) names.emplace_back(sqlite3_column_name(statement, i));
  return std::make_shared<const std::vector<std::string>>(std::move(names));
}

/// Leaves a cached statement ready for the next use, however this one ends.
class InUse {
public:
  explicit InUse(sqlite3_stmt* statement) : statement_(statement) {}
  ~InUse() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
  }
  InUse(const InUse&) = delete;
  InUse& operator=(const InUse&) = delete;

private:
  sqlite3_stmt* statement_;
};

}  // namespace

Row::Row(std::shared_ptr<const std::vector<std::string>> columns, std::vector<Value> values)
    : columns_(std::move(columns)), values_(std::move(values)) {}

const Value& Row::at(std::string_view column) const {
  const auto found = std::ranges::find(*columns_, column);
  if (found == columns_->end()) throw Error(fmt::format("the result has no column {}", column));
  return values_[static_cast<std::size_t>(found - columns_->begin())];
}

std::string Row::text(std::string_view column) const {
  const Value& value = at(column);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  return {};
}

std::int64_t Row::integer(std::string_view column) const {
  const Value& value = at(column);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (is_null(column)) return 0;
  throw Error(fmt::format("column {} is not an integer", column));
}

double Row::real(std::string_view column) const {
  const Value& value = at(column);
  if (const auto* real = std::get_if<double>(&value)) return *real;
  return static_cast<double>(integer(column));
}

bool Row::is_null(std::string_view column) const {
  return std::holds_alternative<std::nullptr_t>(at(column));
}

struct Connection::Handle {
  std::unique_ptr<sqlite3, CloseDatabase> database;
  std::map<std::string, Statement, std::less<>> statements;
  bool sync_failed = false;

  ~Handle() {
    // Closing would checkpoint, that is sync again, and the disk might call lost what it now says it has.
    if (sync_failed) sqlite3_db_config(database.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  }

  /// After a refused sync nobody knows what is on the disk, and a second sync would be told a lie: this
  /// connection takes nothing more, and the next process recovers from the log.
  [[noreturn]] void fail(int code, std::string_view sql) {
    if (is_sync_failure(code)) sync_failed = true;
    archive::fail(database.get(), code, sql);
  }

  /// Moves the log into the file as SQLite would by itself, but notices a sync that fails on the way.
  static int after_commit(void* self, sqlite3* connection, const char* name, int pages) {
    if (pages < checkpoint_pages) return SQLITE_OK;
    const int code = sqlite3_wal_checkpoint_v2(connection, name, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (is_sync_failure(code)) static_cast<Handle*>(self)->sync_failed = true;
    return SQLITE_OK;
  }

  const Statement& statement(std::string_view sql) {
    if (const auto found = statements.find(sql); found != statements.end()) return found->second;
    if (statements.size() >= cached_statements) statements.clear();
    sqlite3_stmt* raw = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(database.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &raw, &tail);
    StatementHandle handle(raw);
    if (code != SQLITE_OK) fail(code, sql);
    const std::string_view rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
    if (handle == nullptr || rest.find_first_not_of(" \n\t;") != std::string_view::npos) {
      throw Error(fmt::format("catalogue: not exactly one statement: {}", sql.substr(0, 80)));
    }
    auto columns = column_names(raw);
    return statements.emplace(sql, Statement{std::move(handle), std::move(columns)}).first->second;
  }

  /// Switching a new file to WAL needs it alone for a moment, and SQLite does not call its busy handler
  /// there.
  void use_write_ahead_log() {
    constexpr int pause_ms = 5;
    for (int waited = 0;; waited += pause_ms) {
      const int code = sqlite3_exec(database.get(), "PRAGMA journal_mode=WAL", nullptr, nullptr, nullptr);
      if (code == SQLITE_OK) return;
      if ((code & 0xff) != SQLITE_BUSY || waited >= busy_timeout_ms) fail(code, "journal_mode");
      sqlite3_sleep(pause_ms);
    }
  }
};

Connection::Connection(const std::filesystem::path& file, Mode mode) : handle_(std::make_unique<Handle>()) {
  const int access =
      mode == Mode::read_write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(file.c_str(), &raw, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  handle_->database.reset(raw);
  if (code != SQLITE_OK) handle_->fail(code, file.string());
  sqlite3_busy_timeout(raw, busy_timeout_ms);
  if (mode == Mode::read_write) {
    handle_->use_write_ahead_log();
    execute_script("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
    sqlite3_wal_hook(raw, Handle::after_commit, handle_.get());
  }
  execute_script("PRAGMA trusted_schema=OFF;");
}

Connection::~Connection() = default;

Rows Connection::query(std::string_view sql, const std::vector<Value>& parameters) {
  if (handle_->sync_failed)
    throw StorageFailure("catalogue: takes nothing more since the disk refused a sync");
  const Statement& statement = handle_->statement(sql);
  sqlite3_stmt* const raw = statement.handle.get();
  const auto expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(raw));
  if (expected != parameters.size()) {
    throw Error(fmt::format("catalogue: {} values for {} parameters in: {}", parameters.size(), expected,
                            sql.substr(0, 80)));
  }
  const InUse in_use(raw);
  for (std::size_t i = 0; i < parameters.size(); ++i) bind(raw, static_cast<int>(i) + 1, parameters[i]);
  Rows rows;
  int code = sqlite3_step(raw);
  for (; code == SQLITE_ROW; code = sqlite3_step(raw)) {
    std::vector<Value> values;
    values.reserve(statement.columns->size());
    for (int i = 0; i < sqlite3_column_count(raw); ++i) values.push_back(column_value(raw, i));
    rows.emplace_back(statement.columns, std::move(values));
  }
  if (code != SQLITE_DONE) handle_->fail(code, sql);
  return rows;
}

std::int64_t Connection::execute(std::string_view sql, const std::vector<Value>& parameters) {
  query(sql, parameters);
  return sqlite3_changes64(handle_->database.get());
}

void Connection::execute_script(const std::string& sql) {
  const int code = sqlite3_exec(handle_->database.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) handle_->fail(code, sql);
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(handle_->database.get()) == 0; }

std::int64_t Connection::last_insert_id() const { return sqlite3_last_insert_rowid(handle_->database.get()); }

namespace {

/// One caller of write() while it waits.
struct PendingWrite {
  const std::function<void(Connection&)>* work = nullptr;
  std::exception_ptr error;
  bool done = false;
};

using Batch = std::vector<PendingWrite*>;

/// Runs one caller's work in a savepoint; its exception is kept for it alone, unless SQLite gave up the whole
/// transaction because of it.
void run_apart(Connection& connection, PendingWrite& pending) {
  connection.execute("SAVEPOINT one_write");
  try {
    (*pending.work)(connection);
  } catch (...) {  // delivered to the caller whose work it was
    if (!connection.in_transaction()) throw;
    pending.error = std::current_exception();
    connection.execute("ROLLBACK TO one_write");
  }
  connection.execute("RELEASE one_write");
}

/// One transaction for all. Throws when the transaction as a whole failed; then nothing of it is stored.
void commit_together(Connection& connection, const Batch& batch) {
  connection.execute("BEGIN IMMEDIATE");
  try {
    for (PendingWrite* pending : batch) run_apart(connection, *pending);
    connection.execute("COMMIT");
  } catch (...) {
    if (connection.in_transaction()) connection.execute_script("ROLLBACK");
    throw;
  }
}

}  // namespace

struct Database::State {
  std::filesystem::path file;
  Connection writer;

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<PendingWrite*> waiting;  // guarded by mutex
  bool leading = false;                // guarded by mutex: a caller is committing for all
  std::thread::id leader;              // guarded by mutex

  std::mutex pool_mutex;
  std::vector<std::unique_ptr<Connection>> idle;  // guarded by pool_mutex

  explicit State(const std::filesystem::path& path)
      : file(path), writer(path, Connection::Mode::read_write) {}

  /// As the leader: stores the batch, or leaves every member its reason.
  void store(const Batch& batch) noexcept {
    try {
      commit_together(writer, batch);
    } catch (...) {  // delivered to every caller of the batch
      for (PendingWrite* pending : batch) pending->error = std::current_exception();
    }
  }

  std::unique_ptr<Connection> take_reader() {
    {
      const std::scoped_lock lock(pool_mutex);
      if (!idle.empty()) {
        auto reader = std::move(idle.back());
        idle.pop_back();
        return reader;
      }
    }
    return std::make_unique<Connection>(file, Connection::Mode::read_only);
  }

  void give_back(std::unique_ptr<Connection> reader) {
    const std::scoped_lock lock(pool_mutex);
    if (idle.size() < idle_readers) idle.push_back(std::move(reader));
  }
};

Database::Database(const std::filesystem::path& file) : state_(std::make_unique<State>(file)) {
  migrate(state_->writer);
}

Database::~Database() = default;

void Database::write(const std::function<void(Connection&)>& work) {
  State& state = *state_;
  PendingWrite mine{&work, nullptr, false};
  {
    std::unique_lock lock(state.mutex);
    assert(!(state.leading && state.leader == std::this_thread::get_id()) && "work called back into write()");
    state.waiting.push_back(&mine);
    state.changed.wait(lock, [&] { return mine.done || !state.leading; });
    if (!mine.done) {
      state.leading = true;
      state.leader = std::this_thread::get_id();
      const Batch batch = std::exchange(state.waiting, {});
      lock.unlock();
      state.store(batch);
      lock.lock();
      state.leading = false;
      for (PendingWrite* pending : batch) pending->done = true;
      state.changed.notify_all();
    }
  }
  if (mine.error) std::rethrow_exception(mine.error);
}

void Database::read(const std::function<void(Connection&)>& work) const {
  auto reader = state_->take_reader();
  reader->execute("BEGIN");
  try {
    work(*reader);
  } catch (...) {
    if (reader->in_transaction()) reader->execute_script("ROLLBACK");
    state_->give_back(std::move(reader));
    throw;
  }
  reader->execute("COMMIT");
  state_->give_back(std::move(reader));
}

Rows Database::query(std::string_view sql, const std::vector<Value>& parameters) const {
  auto reader = state_->take_reader();
  Rows rows = reader->query(sql, parameters);
  state_->give_back(std::move(reader));
  return rows;
}

}  // namespace eakte::archive

#include "archive/audit_head.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <memory>
#include <random>

#include "archive/audit_list.h"
#include "archive/installation_key.h"
#include "tests/archive/tenant.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::int64_t sequence = 0;
  std::vector<std::string> fields;  ///< at, actor, action, subject, detail, hash
};

/// The catalogue as somebody sees it who has its file and knows what he does.
class OpenCatalogue {
public:
  explicit OpenCatalogue(const fs::path& file) {
    sqlite3* opened = nullptr;
    EXPECT_EQ(sqlite3_open(file.c_str(), &opened), SQLITE_OK);
    database_.reset(opened);
    run("PRAGMA synchronous = OFF");
  }

  std::vector<std::vector<std::string>> run(const std::string& sql) {
    std::vector<std::vector<std::string>> rows;
    const auto take = [](void* target, int count, char** values, char**) {
      auto& row = static_cast<std::vector<std::vector<std::string>>*>(target)->emplace_back();
      for (int i = 0; i < count; ++i) row.emplace_back(values[i] == nullptr ? "" : values[i]);
      return 0;
    };
    EXPECT_EQ(sqlite3_exec(database_.get(), sql.c_str(), take, &rows, nullptr), SQLITE_OK)
        << sqlite3_errmsg(database_.get()) << "\n"
        << sql;
    return rows;
  }

  std::vector<Entry> entries() {
    std::vector<Entry> all;
    for (auto& row :
         run("SELECT sequence, at, actor, action, subject, detail, hash FROM audit_trail ORDER BY sequence"))
      all.push_back({std::stoll(row[0]), {row.begin() + 1, row.end()}});
    return all;
  }

  /// Puts other entries in the place of all; the triggers are there again afterwards.
  void replace(const std::vector<Entry>& all, bool with_head) {
    const auto triggers =
        run("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'");
    run("BEGIN");
    for (const auto& trigger : triggers) run("DROP TRIGGER " + trigger[0]);
    run("DELETE FROM audit_trail");
    for (const Entry& one : all) {
      std::string values = std::to_string(one.sequence);
      for (const std::string& field : one.fields) values += ", '" + field + "'";
      run("INSERT INTO audit_trail(sequence, at, actor, action, subject, detail, hash) VALUES(" + values +
          ")");
    }
    if (with_head) {
      run(fmt::format("UPDATE audit_head SET entries = {}, hash = '{}'",
                      all.empty() ? 0 : all.back().sequence,
                      all.empty() ? std::string(64, '0') : all.back().fields[5]));
    }
    for (const auto& trigger : triggers) run(trigger[1]);
    run("COMMIT");
  }

private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
  };
  std::unique_ptr<sqlite3, Close> database_;
};

/// Numbers and hashes as they would be had it been written so, by archive/README.md.
void write_anew(std::vector<Entry>& all) {
  std::string previous(64, '0');
  std::int64_t sequence = 0;
  for (Entry& one : all) {
    one.sequence = ++sequence;
    std::string bytes;
    const auto add = [&](const std::string& field) { bytes += fmt::format("{}:{}", field.size(), field); };
    add(previous);
    add(std::to_string(one.sequence));
    for (std::size_t i = 0; i < 5; ++i) add(one.fields[i]);
    previous = one.fields[5] = sha256_hex(bytes);
  }
}

std::size_t below(std::mt19937& random, std::size_t bound) {
  return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
}

enum class Kind { changed, dropped, swapped, cut, inserted };

/// One manipulation at a random place. What it does not change is chosen again.
void manipulate(std::vector<Entry>& all, Kind kind, std::mt19937& random) {
  const std::size_t one = below(random, all.size());
  const std::size_t other = (one + 1 + below(random, all.size() - 1)) % all.size();
  switch (kind) {
    case Kind::changed:
      all[one].fields[below(random, 5)] += "x";
      return;
    case Kind::dropped:
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(one));
      return;
    case Kind::swapped:
      std::swap(all[one].fields, all[other].fields);
      return;
    case Kind::cut:
      all.resize(one);
      return;
    case Kind::inserted:
      all.insert(all.begin() + static_cast<std::ptrdiff_t>(one), all[other]);
      return;
  }
}

/// Closes gaps in the numbers, as somebody does who does not know of the hashes.
void number_anew(std::vector<Entry>& all) {
  std::int64_t sequence = 0;
  for (Entry& one : all) one.sequence = ++sequence;
}

class AuditHeadTest : public ::testing::Test {
protected:
  /// A tenant with a history, copied as its files lie on the disk when nobody has them open.
  void SetUp() override {
    testing::Tenant tenant;
    for (int i = 0; i < 5; ++i) tenant.file("letter " + std::to_string(i));
    const Document last = tenant.file("last");
    tenant.archive.confirm(last.id, last.content.fields, "web");
    for (int i = 0; i < 4; ++i) tenant.accept("waiting " + std::to_string(i));
    head_ = audit_head(tenant.archive);
    OpenCatalogue(tenant.path() / "catalogue.sqlite").run("PRAGMA wal_checkpoint(TRUNCATE)");
    fs::copy(tenant.path(), directory_, fs::copy_options::recursive);
    fs::rename(directory_ / "catalogue.sqlite", kept_);
  }

  fs::path catalogue() const { return directory_ / "catalogue.sqlite"; }
  void restore() {
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(catalogue().string() + end);
    fs::copy_file(kept_, catalogue());
  }

  testing::TemporaryDirectory temporary_;
  fs::path directory_ = temporary_.path() / "musterstadt";
  fs::path kept_ = temporary_.path() / "kept.sqlite";
  AuditHead head_;
};

TEST_F(AuditHeadTest, GoesThroughItsText) {
  const AuditHead again = audit_head_from(text_of(head_));
  EXPECT_EQ(text_of(again), text_of(head_));
  EXPECT_EQ(again.entries, 18);
  EXPECT_THROW(audit_head_from("{}"), Error);
  EXPECT_THROW(audit_head_from(R"({"format":"eakte-audit-head-1","entries":"x"})"), Error);
  for (const char* entries : {"1e300", "18.5", "true", "18446744073709551615"}) {
    std::string text = text_of(head_);
    text.replace(text.find("\"entries\":18") + 10, 2, entries);
    EXPECT_THROW(audit_head_from(text), Error) << entries;
  }
}

TEST_F(AuditHeadTest, IsContinuedByLaterEntries) {
  restore();
  Archive archive(directory_);
  archive.database().write([&](Connection& connection) {
    archive.record(connection, {"cli", "case.added", "x", ""});
  });
  EXPECT_TRUE(verify_audit_head(archive, head_).empty());
  AuditHead of_another = head_;
  of_another.created_at = "2020-01-01T00:00:00.000Z";
  EXPECT_EQ(verify_audit_head(archive, of_another).size(), 1U);
}

TEST_F(AuditHeadTest, WithManifestsShowsTwoHundredManipulationsOfTheCataloguesFile) {
  std::mt19937 random(20261122);
  int only_by_head = 0;
  for (int round = 0; round < 200; ++round) {
    restore();
    const auto kind = static_cast<Kind>(round % 5);
    const bool clever = round % 2 == 1;
    {
      OpenCatalogue catalogue_file(catalogue());
      std::vector<Entry> all = catalogue_file.entries();
      ASSERT_EQ(all.size(), 18U);
      manipulate(all, kind, random);
      clever ? write_anew(all) : number_anew(all);
      catalogue_file.replace(all, clever);
    }
    const Archive archive(directory_);
    const bool by_itself = !verify_archive(archive).problems.empty();
    const bool by_head = !verify_audit_head(archive, head_).empty();
    EXPECT_TRUE(by_itself || by_head) << "round " << round;
    EXPECT_TRUE(by_itself || clever) << "round " << round << ": a forger who does not know the hashes";
    only_by_head += by_itself ? 0 : 1;
  }
  // There are such: entries that no manifest has seen, written anew as a whole.
  EXPECT_GT(only_by_head, 0);
}

TEST_F(AuditHeadTest, ListsForTheAuditor) {
  restore();
  const Archive archive(directory_);
  EXPECT_EQ(audit_entries(archive, {}).size(), 18U);
  EXPECT_EQ(audit_entries(archive, {.action = "intake"}).size(), 10U);
  EXPECT_EQ(audit_entries(archive, {.action = "document.confirmed"}).size(), 1U);
  EXPECT_EQ(audit_entries(archive, {.actor = "web"}).size(), 1U);
  const RecordedEntry confirmed = audit_entries(archive, {.actor = "web"}).at(0);
  const auto about = audit_entries(archive, {.subject = confirmed.entry.subject});
  ASSERT_EQ(about.size(), 2U);
  EXPECT_EQ(about[0].entry.action, "document.filed");
  EXPECT_EQ(audit_entries(archive, {.after = 15}).size(), 3U);
  EXPECT_EQ(audit_entries(archive, {.limit = 4}).size(), 4U);
  const Date today_here = today();
  const Date long_ago = date_from_iso("2020-01-01").value();
  EXPECT_EQ(audit_entries(archive, {.from = long_ago, .until = today_here}).size(), 18U);
  EXPECT_TRUE(audit_entries(archive, {.until = long_ago}).empty());
  EXPECT_TRUE(audit_entries(archive, {.from = date_from_iso("2099-01-01")}).empty());
}

}  // namespace
}  // namespace eakte::archive

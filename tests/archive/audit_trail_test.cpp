#include "archive/audit_trail.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

#include "archive/object_store.h"
#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

constexpr int entries = 30;

class AuditTrailTest : public ::testing::Test {
protected:
  testing::TemporaryDirectory temporary;
  Database database{temporary.path() / "catalogue.sqlite"};

  void SetUp() override {
    database.write([](Connection& connection) {
      for (int i = 1; i <= entries; ++i) {
        append_audit_entry(connection,
                           {"cli", "intake.accepted", "subject" + std::to_string(i), R"({"n":1})"});
      }
    });
  }

  std::vector<std::string> problems() {
    std::vector<std::string> found;
    database.read([&](Connection& connection) { found = verify_audit_trail(connection); });
    return found;
  }

  /// What the chain says after a manipulation; the manipulation is undone.
  std::vector<std::string> problems_after(const std::function<void(Connection&)>& manipulation) {
    struct Undo {};
    std::vector<std::string> found;
    try {
      database.write([&](Connection& connection) {
        for (const char* trigger : {"audit_trail_is_never_changed", "audit_trail_is_never_cut",
                                    "audit_head_only_grows", "audit_head_stays"}) {
          connection.execute_script(std::string("DROP TRIGGER ") + trigger);
        }
        manipulation(connection);
        found = verify_audit_trail(connection);
        throw Undo();
      });
    } catch (const Undo&) {
    }
    return found;
  }
};

TEST_F(AuditTrailTest, AnUntouchedChainHolds) {
  EXPECT_TRUE(problems().empty());
  std::int64_t count = 0;
  database.read([&](Connection& connection) { verify_audit_trail(connection, &count); });
  EXPECT_EQ(count, entries);
}

TEST_F(AuditTrailTest, HashesAreTheSpecifiedOnes) {
  const Row first = database.query("SELECT * FROM audit_trail WHERE sequence = 1").at(0);
  const std::string bytes = "64:" + std::string(64, '0') + "1:1" + "24:" + first.text("at") + "3:cli" +
                            "15:intake.accepted" + "8:subject1" + R"(7:{"n":1})";
  EXPECT_EQ(first.text("hash"), sha256_hex(bytes));
}

TEST_F(AuditTrailTest, CannotBeChangedOrCutThroughTheCatalogue) {
  for (const char* sql :
       {"UPDATE audit_trail SET actor = 'x' WHERE sequence = 3", "DELETE FROM audit_trail",
        "DELETE FROM audit_head", "UPDATE audit_head SET entries = 5", "UPDATE audit_head SET hash = 'x'"}) {
    EXPECT_THROW(database.write([&](Connection& connection) { connection.execute(sql); }), Conflict) << sql;
  }
  EXPECT_TRUE(problems().empty());
}

TEST_F(AuditTrailTest, AnUndoneChangeLeavesNoEntry) {
  EXPECT_THROW(database.write([](Connection& connection) {
    append_audit_entry(connection, {"cli", "x", "y", ""});
    throw Error("no");
  }),
               Error);
  EXPECT_TRUE(problems().empty());
  EXPECT_EQ(database.query("SELECT count(*) AS n FROM audit_trail").at(0).integer("n"), entries);
}

TEST_F(AuditTrailTest, TwoHundredManipulationsAreFound) {
  std::mt19937 random(4711);
  std::uniform_int_distribution<std::int64_t> pick(1, entries);
  const char* columns[] = {"at", "actor", "action", "subject", "detail", "hash"};
  for (int round = 0; round < 200; ++round) {
    const std::int64_t one = pick(random);
    const std::int64_t other = one % entries + 1;
    const auto kind = round % 6;
    const std::string column = columns[random() % 6];
    const auto found = problems_after([&](Connection& connection) {
      if (kind == 0) {  // edit
        connection.execute(fmt::format("UPDATE audit_trail SET {0} = {0} || 'x' WHERE sequence = ?", column),
                           {one});
      } else if (kind == 1) {  // drop
        connection.execute("DELETE FROM audit_trail WHERE sequence = ?", {one});
      } else if (kind == 2) {  // swap
        connection.execute("UPDATE audit_trail SET sequence = -1 WHERE sequence = ?", {one});
        connection.execute("UPDATE audit_trail SET sequence = ? WHERE sequence = ?", {one, other});
        connection.execute("UPDATE audit_trail SET sequence = ? WHERE sequence = -1", {other});
      } else if (kind == 3) {  // cut the tail
        connection.execute("DELETE FROM audit_trail WHERE sequence >= ?", {one});
      } else if (kind == 4) {  // add behind the back of the record of its length
        connection.execute("INSERT INTO audit_trail VALUES(?, 't', 'a', 'b', 'c', 'd', 'e')",
                           {std::int64_t{entries + 1}});
      } else {  // drop and close the gap
        connection.execute("DELETE FROM audit_trail WHERE sequence = ?", {one});
        connection.execute("UPDATE audit_trail SET sequence = sequence - 1 WHERE sequence > ?", {one});
      }
    });
    EXPECT_FALSE(found.empty()) << "round " << round << ", kind " << kind << ", entry " << one;
  }
  EXPECT_TRUE(problems().empty());
}

TEST_F(AuditTrailTest, SaysWhatIsWrongWhere) {
  EXPECT_EQ(problems_after([](Connection& connection) {
              connection.execute("UPDATE audit_trail SET actor = 'x' WHERE sequence = 7");
            }),
            (std::vector<std::string>{"audit trail: entry 7 is changed or does not follow entry 6"}));
  EXPECT_EQ(problems_after([](Connection& connection) {
              connection.execute("DELETE FROM audit_trail WHERE sequence BETWEEN 7 AND 9");
            }),
            (std::vector<std::string>{"audit trail: entries 7 to 9 are missing"}));
  EXPECT_EQ(problems_after([](Connection& connection) {
              connection.execute("DELETE FROM audit_trail WHERE sequence > 20");
            }),
            (std::vector<std::string>{"audit trail: it ends with entry 20 but had 30 entries"}));
  EXPECT_EQ(problems_after([](Connection& connection) { connection.execute("DELETE FROM audit_head"); }),
            (std::vector<std::string>{"audit trail: the record of its length is missing"}));
}

}  // namespace
}  // namespace eakte::archive

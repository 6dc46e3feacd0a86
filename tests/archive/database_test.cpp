#include "archive/database.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <latch>
#include <mutex>
#include <stdexcept>
#include <thread>

#include "tests/support/temporary_directory.h"

namespace eakte::archive {
namespace {

class DatabaseTest : public ::testing::Test {
protected:
  testing::TemporaryDirectory temporary;
  std::filesystem::path file = temporary.path() / "catalogue.sqlite";

  static void note(Connection& connection, const std::string& key, const std::string& value) {
    connection.execute("INSERT INTO meta(key, value) VALUES(?, ?)", {key, value});
  }
  static std::int64_t notes(const Database& database) {
    return database.query("SELECT count(*) AS n FROM meta").at(0).integer("n");
  }
};

/// Runs `work` in a child process without the parent's threads; returns its exit code.
pid_t in_child(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    work();
    _exit(0);
  } catch (const std::exception& error) {
    fprintf(stderr, "child: %s\n", error.what());
    _exit(1);
  }
}

int exit_code(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST_F(DatabaseTest, ValuesComeBackWithTheirTypes) {
  Database database(file);
  const std::string zeros("a\0b", 3);
  database.write([&](Connection& connection) {
    const Row row =
        connection.query("SELECT ? AS i, ? AS r, ? AS t, ? AS n", {std::int64_t{-5}, 2.5, zeros, nullptr})
            .at(0);
    EXPECT_EQ(row.integer("i"), -5);
    EXPECT_EQ(row.real("r"), 2.5);
    EXPECT_EQ(row.real("i"), -5.0);
    EXPECT_EQ(row.text("t"), zeros);
    EXPECT_EQ(row.text("i"), "-5");
    EXPECT_TRUE(row.is_null("n"));
    EXPECT_EQ(row.text("n"), "");
    EXPECT_EQ(row.integer("n"), 0);
    EXPECT_THROW(row.text("x"), Error);
    EXPECT_THROW(row.integer("t"), Error);
  });
}

TEST_F(DatabaseTest, IsDurableAndChecksForeignKeys) {
  Database database(file);
  database.write([](Connection& connection) {
    EXPECT_EQ(connection.query("PRAGMA journal_mode").at(0).text("journal_mode"), "wal");
    EXPECT_EQ(connection.query("PRAGMA synchronous").at(0).integer("synchronous"), 2);
    EXPECT_EQ(connection.query("PRAGMA foreign_keys").at(0).integer("foreign_keys"), 1);
  });
  EXPECT_THROW(database.write([](Connection& connection) {
    connection.execute(
        "INSERT INTO page(document, number, width, height, dpi, quarter_turns, blank, born_digital, "
        "confidence, steps)"
        " VALUES('nobody', 1, 1, 1, 1, 0, 0, 0, 0.0, '')");
  }),
               Conflict);
}

TEST_F(DatabaseTest, ParametersAreNeverPartOfTheStatement) {
  Database database(file);
  const std::string hostile = "x'); DROP TABLE meta; --";
  database.write([&](Connection& connection) { note(connection, hostile, "1"); });
  EXPECT_EQ(database.query("SELECT key FROM meta WHERE key = ?", {hostile}).at(0).text("key"), hostile);
  EXPECT_THROW(database.query("SELECT 1; SELECT 2"), Error);
  EXPECT_THROW(database.query(""), Error);
  EXPECT_THROW(database.query("SELECT ?"), Error);
  EXPECT_THROW(database.query("SELECT nonsense FROM nowhere"), Error);
}

TEST_F(DatabaseTest, ReadersCannotWrite) {
  const Database database(file);
  EXPECT_THROW(database.query("INSERT INTO meta(key, value) VALUES('a', 'b')"), StorageFailure);
  EXPECT_THROW(database.read([](Connection& connection) { note(connection, "a", "b"); }), StorageFailure);
  EXPECT_EQ(notes(database), 0);
}

TEST_F(DatabaseTest, AReadSeesOneSnapshot) {
  Database database(file);
  database.write([](Connection& connection) { note(connection, "a", "1"); });
  database.read([&](Connection& connection) {
    const auto count = [&] { return connection.query("SELECT count(*) AS n FROM meta").at(0).integer("n"); };
    EXPECT_EQ(count(), 1);
    database.write([](Connection& other) { note(other, "b", "2"); });
    EXPECT_EQ(count(), 1);
  });
  EXPECT_EQ(notes(database), 2);
}

TEST_F(DatabaseTest, WhatThrowsIsUndoneAndItsExceptionArrives) {
  Database database(file);
  EXPECT_THROW(database.write([](Connection& connection) {
    note(connection, "a", "1");
    throw std::out_of_range("changed my mind");
  }),
               std::out_of_range);
  EXPECT_EQ(notes(database), 0);
  EXPECT_THROW(database.read([](Connection&) { throw std::out_of_range("no"); }), std::out_of_range);
  EXPECT_EQ(notes(database), 0);
}

TEST_F(DatabaseTest, SixteenThreadsShareCommitsAndKeepTheirFailuresApart) {
  constexpr int threads = 16;
  constexpr int writes = 40;
  Database database(file);
  std::latch start(threads);
  std::atomic<int> failures{0};
  std::atomic<int> commits{0};  // whoever commits for all runs its own work itself
  {
    std::vector<std::jthread> writers;
    writers.reserve(threads);
    for (int t = 0; t < threads; ++t) {
      writers.emplace_back([&, t] {
        start.arrive_and_wait();
        for (int i = 0; i < writes; ++i) {
          const auto me = std::this_thread::get_id();
          try {
            database.write([&](Connection& connection) {
              if (std::this_thread::get_id() == me) ++commits;
              note(connection, std::to_string(t) + "." + std::to_string(i), "x");
              if (i % 4 == 3) throw std::runtime_error(std::to_string(t));
            });
            EXPECT_NE(i % 4, 3);
          } catch (const std::runtime_error& error) {
            EXPECT_EQ(error.what(), std::to_string(t)) << "somebody else's exception";
            ++failures;
          }
        }
      });
    }
  }
  EXPECT_EQ(failures, threads * writes / 4);
  EXPECT_EQ(notes(Database(file)), threads * writes * 3 / 4);
  EXPECT_LT(commits, threads * writes);
}

TEST_F(DatabaseTest, ReadersAndWritersWorkAtTheSameTime) {
  Database database(file);
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 50; ++i) {
        database.write([&](Connection& connection) {
          note(connection, "a" + std::to_string(t) + "." + std::to_string(i), "1");
          note(connection, "b" + std::to_string(t) + "." + std::to_string(i), "1");
        });
      }
    });
    threads.emplace_back([&] {
      for (int i = 0; i < 100; ++i) EXPECT_EQ(notes(database) % 2, 0) << "half a write was seen";
    });
  }
  threads.clear();
  EXPECT_EQ(notes(database), 400);
}

TEST_F(DatabaseTest, TwoProcessesWriteToOneFile) {
  const auto writer = [&](const std::string& name) {
    return in_child([&, name] {
      Database database(file);
      for (int i = 0; i < 100; ++i) {
        database.write([&](Connection& connection) { note(connection, name + std::to_string(i), "x"); });
      }
    });
  };
  // Both make the file and its schema at the same time.
  const pid_t first = writer("a");
  const pid_t second = writer("b");
  EXPECT_EQ(exit_code(first), 0);
  EXPECT_EQ(exit_code(second), 0);
  EXPECT_EQ(notes(Database(file)), 200);
}

TEST_F(DatabaseTest, WhatWasAcknowledgedSurvivesAKill) {
  int report[2];
  ASSERT_EQ(pipe(report), 0);
  const pid_t child = in_child([&] {
    Database database(file);
    for (char i = 1; i <= 100; ++i) {
      database.write([&](Connection& connection) { note(connection, std::to_string(i), "x"); });
      if (write(report[1], &i, 1) != 1) _exit(2);
      if (i == 30) raise(SIGKILL);
    }
  });
  exit_code(child);
  char acknowledged = 0;
  close(report[1]);
  while (read(report[0], &acknowledged, 1) == 1) {
  }
  close(report[0]);
  EXPECT_EQ(acknowledged, 30);
  EXPECT_GE(notes(Database(file)), 30);
}

TEST_F(DatabaseTest, AFullDiskRefusesTheWriteKeepsReadingAndRecovers) {
  const int code = exit_code(in_child([&] {
    Database database(file);
    database.write([](Connection& connection) { note(connection, "before", "x"); });
    signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    getrlimit(RLIMIT_FSIZE, &limit);
    const rlim_t unlimited = limit.rlim_cur;
    limit.rlim_cur = 300'000;
    setrlimit(RLIMIT_FSIZE, &limit);
    try {
      database.write([](Connection& connection) { note(connection, "big", std::string(1'000'000, 'x')); });
      _exit(3);
    } catch (const StorageFailure&) {
    }
    if (notes(database) != 1) _exit(4);
    limit.rlim_cur = unlimited;
    setrlimit(RLIMIT_FSIZE, &limit);
    database.write([](Connection& connection) { note(connection, "after", "x"); });
  }));
  EXPECT_EQ(code, 0);
  EXPECT_EQ(notes(Database(file)), 2);
}

TEST_F(DatabaseTest, TheLogIsMovedIntoTheFile) {
  Database database(file);
  for (int i = 0; i < 60; ++i) {
    database.write(
        [&](Connection& connection) { note(connection, std::to_string(i), std::string(200'000, 'x')); });
  }
  EXPECT_LT(std::filesystem::file_size(temporary.path() / "catalogue.sqlite-wal"), 8'000'000U);
}

TEST_F(DatabaseTest, ASchemaOfANewerProgramIsRefused) {
  Database(file).write([](Connection& connection) {
    connection.execute("INSERT INTO migration(number, name, checksum) VALUES(9999, '9999_future', 'x')");
  });
  try {
    const Database database(file);
    FAIL() << "opened";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("newer"), std::string::npos) << error.what();
  }
}

TEST_F(DatabaseTest, AChangedSchemaStepIsRefused) {
  Database(file).write([](Connection& connection) {
    connection.execute("UPDATE migration SET checksum = 'other' WHERE number = 1");
  });
  EXPECT_THROW(Database{file}, Error);
}

TEST_F(DatabaseTest, OpeningAgainChangesNothing) {
  Database(file).write([](Connection& connection) { note(connection, "a", "1"); });
  const Database again(file);
  EXPECT_EQ(notes(again), 1);
  EXPECT_EQ(again.query("SELECT number FROM migration").at(0).integer("number"), 1);
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsAnError) {
  std::filesystem::create_directory(file);
  EXPECT_THROW(Database{file}, Error);
}

}  // namespace
}  // namespace eakte::archive

#include "index/search_index.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <fstream>
#include <random>
#include <thread>

#include "tests/index/filed_archive.h"
#include "tests/support/killed_at.h"

namespace eakte::index {
namespace {

using testing::FiledArchive;
using testing::query;

TEST(SearchIndex, CatchesUpWithNewAndChangedDocuments) {
  FiledArchive filed;
  SearchIndex index(filed.index_directory());
  EXPECT_EQ(index.revision(), 0);
  const auto id = filed.add("Eins", "Kanalanschluss\f");
  EXPECT_EQ(index.catch_up(filed.archive()), filed.archive().revision());
  EXPECT_EQ(index.search(filed.archive(), query("Kanalanschluss")).total, 1);

  archive::DocumentFields fields = filed.archive().document(id).content.fields;
  fields.title = "Regenrückhaltebecken";
  filed.archive().confirm(id, fields, "test");
  filed.add("Zwei", "Laternenmast\f");
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 0);
  EXPECT_FALSE(index.verify(filed.archive()).empty());
  std::int64_t last_done = 0;
  std::int64_t last_all = 0;
  index.catch_up(filed.archive(), [&](std::int64_t done, std::int64_t all) {
    last_done = done;
    last_all = all;
  });
  EXPECT_EQ(last_done, 2);
  EXPECT_EQ(last_all, 2);
  EXPECT_EQ(index.search(filed.archive(), query("betreff:Regenrückhaltebecken")).total, 1);
  EXPECT_EQ(index.search(filed.archive(), query("betreff:Eins")).total, 0);
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 1);
  EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>{});
  EXPECT_EQ(index.revision(), filed.archive().revision());
}

TEST(SearchIndex, TellsHowFarASearchIsBehindTheArchive) {
  FiledArchive filed;
  SearchIndex index(filed.index_directory());
  filed.add("Eins", "Kanalanschluss\f");
  EXPECT_EQ(index.search(filed.archive(), query("Kanalanschluss")).unseen, filed.archive().revision());
  index.catch_up(filed.archive());
  EXPECT_EQ(index.search(filed.archive(), query("Kanalanschluss")).unseen, 0);
}

TEST(SearchIndex, AnotherSearcherSeesWhatWasCaughtUp) {
  FiledArchive filed;
  SearchIndex writer(filed.index_directory());
  const SearchIndex reader(filed.index_directory());
  for (int i = 1; i <= 4; ++i) {
    filed.add("Brief", "Laternenmast\f");
    writer.catch_up(filed.archive());
    EXPECT_EQ(reader.search(filed.archive(), query("Laternenmast")).total, i);
  }
}

TEST(SearchIndex, DeletedDirectoryComesBackWithTheSameHits) {
  FiledArchive filed;
  for (int i = 0; i < 12; ++i) {
    filed.add("Brief " + std::to_string(i), "Wort" + std::to_string(i % 3) + " Abwassergebühren Satzung\f");
  }
  const auto hits = [&](const SearchIndex& index) {
    std::vector<std::pair<std::string, double>> found;
    for (const Hit& hit : index.search(filed.archive(), query("Abwasser Wort1 ODER Satzung")).hits) {
      found.emplace_back(hit.document.text, hit.weight);
    }
    return found;
  };
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  const auto before = hits(index);
  EXPECT_EQ(before.size(), 12U);

  std::filesystem::remove_all(filed.index_directory());
  index.catch_up(filed.archive());
  EXPECT_EQ(hits(index), before);
  std::filesystem::remove_all(filed.index_directory());
  SearchIndex opened_anew(filed.index_directory());
  EXPECT_EQ(opened_anew.revision(), 0);
  opened_anew.catch_up(filed.archive());
  EXPECT_EQ(hits(opened_anew), before);
  EXPECT_TRUE(opened_anew.verify(filed.archive()).empty());
}

TEST(SearchIndex, DamagedFilesDoNotStopIt) {
  const std::vector<std::pair<std::string, std::function<void(const std::filesystem::path&)>>> damages{
      {"version file deleted", [](const auto& d) { std::filesystem::remove(d / "iamglass"); }},
      {"version file overwritten", [](const auto& d) { std::ofstream(d / "iamglass") << "rubbish"; }},
      {"postings deleted", [](const auto& d) { std::filesystem::remove(d / "postlist.glass"); }},
      {"postings cut", [](const auto& d) { std::filesystem::resize_file(d / "postlist.glass", 4096); }},
      {"postings overwritten",
       [](const auto& d) {
         const auto size = std::filesystem::file_size(d / "postlist.glass");
         std::ofstream(d / "postlist.glass") << std::string(size, 'x');
       }},
      {"termlists overwritten",
       [](const auto& d) {
         const auto size = std::filesystem::file_size(d / "termlist.glass");
         std::ofstream(d / "termlist.glass") << std::string(size, 'x');
       }},
      {"generation deleted", [](const auto& d) { std::filesystem::remove_all(d); }},
      {"current deleted", [](const auto& d) { std::filesystem::remove(d.parent_path() / "current"); }},
      {"current rubbish", [](const auto& d) { std::ofstream(d.parent_path() / "current") << "x"; }},
  };
  FiledArchive filed;
  for (int i = 0; i < 5; ++i) filed.add("Brief", "Laternenmast " + std::to_string(i) + "\f");
  for (const auto& [name, damage] : damages) {
    SCOPED_TRACE(name);
    std::filesystem::remove_all(filed.index_directory());
    SearchIndex(filed.index_directory()).catch_up(filed.archive());
    damage(filed.index_directory() / "1");
    SearchIndex index(filed.index_directory());
    try {
      index.verify(filed.archive());
    } catch (const Error&) {
      // Reading may fail until the next catch_up.
    }
    index.catch_up(filed.archive());
    EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 5);
    EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>{});
  }
}

TEST(SearchIndex, StartsAnewWhenTheArchiveWasSetBack) {
  FiledArchive longer;
  FiledArchive shorter;
  for (int i = 0; i < 3; ++i) longer.add("Brief", "Laternenmast\f");
  shorter.add("Brief", "Kanaldeckel\f");
  SearchIndex index(longer.index_directory());
  index.catch_up(longer.archive());
  index.catch_up(shorter.archive());
  EXPECT_EQ(index.search(shorter.archive(), query("Laternenmast")).total, 0);
  EXPECT_EQ(index.search(shorter.archive(), query("Kanaldeckel")).total, 1);
}

TEST(SearchIndex, TellsOfATextThatCannotBeRead) {
  FiledArchive filed;
  std::string sha;
  filed.add("Kanaldeckel", "Laternenmast\f", [&](auto& d) { sha = d.renditions[1].object.sha256; });
  const auto object = filed.directory() / "objects" / sha.substr(0, 2) / sha.substr(2, 2) / sha;
  std::filesystem::permissions(object, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  std::ofstream(object) << "damaged";
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  const Hits hits = index.search(filed.archive(), query("Kanaldeckel"));
  EXPECT_EQ(hits.total, 1);
  EXPECT_TRUE(hits.hits.at(0).snippet.empty());
  EXPECT_EQ(index.verify(filed.archive()).size(), 1U);
}

/// The files of the index that hold a word.
int files_with(const std::filesystem::path& directory, const std::string& word) {
  int found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (bytes.find(word) != std::string::npos) ++found;
  }
  return found;
}

TEST(SearchIndex, LeavesNoWordOfWhatIsGoneInItsFiles) {
  FiledArchive filed;
  SearchIndex index(filed.index_directory());
  for (int i = 0; i < 50; ++i) filed.add("Akte " + std::to_string(i), "Laternenmast\f");
  const auto going =
      filed.add("zwergtaucher", "zwergtaucher zwergtaucher\f", [](archive::NewDocument& document) {
        document.fields.sender = "zwergtaucher";
        document.fields.document_type = "zwergtaucher";
      });
  index.catch_up(filed.archive());
  filed.archive().file_together({}, {going}, "test");
  index.catch_up(filed.archive());
  EXPECT_GT(files_with(filed.index_directory(), "zwergtaucher"), 0) << "deleted is not gone";
  index.erase_remains(filed.archive());
  EXPECT_EQ(files_with(filed.index_directory(), "zwergtaucher"), 0);
  EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>());
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 50);
  filed.add("Später", "Laternenmast\f");
  index.catch_up(filed.archive());
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 51);
}

TEST(SearchIndex, RebuildsBesideRunningSearches) {
  FiledArchive filed;
  for (int i = 0; i < 20; ++i) filed.add("Brief", "Laternenmast " + std::to_string(i) + "\f");
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  std::atomic<int> searches = 0;
  {
    std::vector<std::jthread> threads;
    threads.reserve(3);
    for (int i = 0; i < 3; ++i) {
      threads.emplace_back([&](const std::stop_token& stop) {
        do {
          EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 20);
          ++searches;
        } while (!stop.stop_requested());
      });
    }
    SearchIndex rebuilder(filed.index_directory());
    for (int i = 0; i < 3; ++i) rebuilder.rebuild(filed.archive());
  }
  EXPECT_GE(searches, 3);
  EXPECT_TRUE(std::filesystem::exists(filed.index_directory() / "4"));
  EXPECT_FALSE(std::filesystem::exists(filed.index_directory() / "3"));
  EXPECT_TRUE(index.verify(filed.archive()).empty());
}

TEST(SearchIndex, OneCatchesUpAtATime) {
  FiledArchive filed;
  filed.add("Brief", "Laternenmast\f");
  SearchIndex first(filed.index_directory());
  SearchIndex second(filed.index_directory());
  bool refused = false;
  first.catch_up(filed.archive(), [&](std::int64_t, std::int64_t) {
    try {
      second.catch_up(filed.archive());
    } catch (const Error&) {
      refused = true;
    }
  });
  EXPECT_TRUE(refused);
}

constexpr long never = 100'000'000;

struct ChildRun {
  bool killed = false;
  long microseconds = 0;  // of CPU time
};

// Runs `work` in a child that is killed after so many microseconds of its CPU time.
ChildRun run_and_kill(const std::function<void()>& work, long microseconds) {
  const pid_t child = fork();
  if (child == 0) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGKILL;
    timer_t timer{};
    itimerspec when{};
    when.it_value.tv_sec = microseconds / 1'000'000;
    when.it_value.tv_nsec = microseconds % 1'000'000 * 1000 + 1;
    if (timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer) != 0 ||
        timer_settime(timer, 0, &when, nullptr) != 0) {
      _exit(2);
    }
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage{};
  EXPECT_EQ(wait4(child, &status, 0, &usage), child);
  EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
  const auto microseconds_of = [](const timeval& time) { return time.tv_sec * 1'000'000 + time.tv_usec; };
  return {WIFSIGNALED(status), microseconds_of(usage.ru_utime) + microseconds_of(usage.ru_stime)};
}

std::string many_words(std::mt19937& random) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += "wort" + std::to_string(random() % 4000) + (i % 10 == 9 ? "\n" : " ");
  return text + "Laternenmast\f";
}

TEST(SearchIndex, SurvivesKillAtAnyPointOfCatchingUp) {
  FiledArchive filed;
  std::mt19937 random(20241103);
  constexpr int rounds = 25;
  constexpr int documents_per_round = 4;
  long whole = never;
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  const std::filesystem::path directory = filed.directory();
  for (int round = 0; round < rounds; ++round) {
    for (int i = 0; i < documents_per_round; ++i) filed.add("Brief", many_words(random));
    // The child opens everything itself: connections do not survive a fork.
    const auto catch_up = [&] {
      const archive::Archive own(directory);
      index.catch_up(own);
    };
    const ChildRun run = run_and_kill(catch_up, round == 0 ? never : static_cast<long>(random()) % whole);
    if (!run.killed) whole = std::max(run.microseconds, 1000L);
    EXPECT_LE(index.revision(), filed.archive().revision());
  }
  index.catch_up(filed.archive());
  EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>{});
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, rounds * documents_per_round);
}

TEST(SearchIndex, KilledBeforeEachDurableCallOfCatchingUpItGoesOn) {
  FiledArchive filed;
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  const std::filesystem::path directory = filed.directory();
  eakte::testing::Killed killed = eakte::testing::Killed::yes;
  int place = 0;
  while (killed == eakte::testing::Killed::yes) {
    filed.add("Brief", "Laternenmast\f");
    killed = eakte::testing::killed_at(++place, [&] {
      const archive::Archive own(directory);
      index.catch_up(own);
    });
    ASSERT_NE(killed, eakte::testing::Killed::failed) << "place " << place;
    ASSERT_LE(index.revision(), filed.archive().revision());
  }
  EXPECT_GT(place, 3) << "as many durable calls and one round without a kill";
  EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>{});
  EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, place);
}

TEST(SearchIndex, SurvivesKillAtAnyPointOfRebuilding) {
  FiledArchive filed;
  std::mt19937 random(4711);
  for (int i = 0; i < 15; ++i) filed.add("Brief", many_words(random));
  SearchIndex index(filed.index_directory());
  index.catch_up(filed.archive());
  const std::filesystem::path directory = filed.directory();
  long whole = never;
  for (int round = 0; round < 12; ++round) {
    const auto rebuild = [&] {
      const archive::Archive own(directory);
      index.rebuild(own);
    };
    const ChildRun run = run_and_kill(rebuild, round == 0 ? never : static_cast<long>(random()) % whole);
    if (!run.killed) whole = std::max(run.microseconds, 1000L);
    EXPECT_EQ(index.search(filed.archive(), query("Laternenmast")).total, 15);
  }
  index.rebuild(filed.archive());
  EXPECT_EQ(index.verify(filed.archive()), std::vector<std::string>{});
}

}  // namespace
}  // namespace eakte::index

// Destroys many folders at once: to measure it, and to be killed or to lose its disk on the way.
//
//   destroy_folders prepare DIR FOLDERS
//     makes folders with one document of three objects each, and as many that stay
//   destroy_folders run DIR
//     executes what is approved, or goes on with it
//   destroy_folders check DIR
//     ends with 1 unless all is destroyed, nothing of it is left and the rest is there
//   destroy_folders due DIR
//     reads the due list to its end and asks of each folder what stands against it
#include <fmt/format.h>

#include <chrono>
#include <string>

#include "archive/due_list.h"
#include "tests/ingest/destruction_tenant.h"

namespace {

using eakte::testing::DestructionTenant;

constexpr const char* canary = "Zwergtaucherquark";

class Clock {
public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

int prepare(const std::filesystem::path& directory, int folders) {
  DestructionTenant tenant(directory);
  const Clock clock;
  std::vector<eakte::archive::FolderId> going;
  for (int i = 0; i < 2 * folders; ++i) {
    const bool goes = i % 2 == 0;
    const std::string word = fmt::format("{}{}", goes ? canary : "Buchfink", i);
    const auto folder = tenant.folder(fmt::format("A {}", i), word);
    tenant.file(folder, "bytes of " + word, word);
    tenant.close(folder);
    if (goes) going.push_back(folder);
  }
  tenant.index.catch_up(tenant.archive);
  eakte::archive::record_permission(
      tenant.archive, {"V-1", eakte::testing::day("2026-01-01"), eakte::testing::day("2030-12-31"), {"1"}},
      DestructionTenant::today(), "meier");
  const auto proposed =
      eakte::archive::propose_destruction(tenant.archive, going, DestructionTenant::today(), "meier").taken;
  eakte::archive::approve_destruction(tenant.archive, proposed, DestructionTenant::today(), 0, "schulz");
  fmt::print("prepared {} folders in {:.1f} s\n", 2 * folders, clock.seconds());
  return 0;
}

int run(const std::filesystem::path& directory) {
  DestructionTenant tenant(directory);
  const Clock clock;
  double before = 0;
  std::string last;
  const auto report = tenant.run([&](std::string_view place) {
    if (place == last) return;
    last = place;
    fmt::print("  {:7.1f} s, {:5.1f} since: {}\n", clock.seconds(), clock.seconds() - before, place);
    before = clock.seconds();
  });
  const auto files = tenant.archive.database()
                         .query("SELECT count(*) AS number FROM destroyed_file WHERE fate = 'gone'")
                         .at(0)
                         .integer("number");
  fmt::print("begun {}, resumed {}, done {}, {} files gone, {:.1f} s\n", report.begun.begun, report.resumed,
             report.done, files, clock.seconds());
  return 0;
}

int check(const std::filesystem::path& directory) {
  DestructionTenant tenant(directory);
  int faults = 0;
  const auto fault = [&](const std::string& sentence) {
    fmt::print("FAULT {}\n", sentence);
    ++faults;
  };
  for (const std::string& file : tenant.files_with(canary)) fault("the canary is in " + file);
  for (const std::string& problem : tenant.problems()) fault(problem);
  for (const auto& row : tenant.archive.database().query(
           "SELECT state, count(*) AS number FROM destruction WHERE state <> 'done' GROUP BY state"))
    fault(fmt::format("{} destructions are {}", row.integer("number"), row.text("state")));
  const auto kept = tenant.archive.database()
                        .query("SELECT count(*) AS number FROM document WHERE sender LIKE 'Buchfink%'")
                        .at(0)
                        .integer("number");
  const auto gone = tenant.archive.database()
                        .query("SELECT count(*) AS number FROM destruction WHERE state = 'done'")
                        .at(0)
                        .integer("number");
  if (kept != gone) fault(fmt::format("{} destroyed, {} that were to stay", gone, kept));
  fmt::print("{} destroyed, {} stayed, {} faults\n", gone, kept, faults);
  return faults == 0 ? 0 : 1;
}

int due(const std::filesystem::path& directory) {
  DestructionTenant tenant(directory);
  const Clock clock;
  eakte::archive::DueQuery query{.on = DestructionTenant::today(), .limit = 1000};
  int all = 0;
  int free = 0;
  do {
    const auto page = eakte::archive::due_folders(tenant.archive, query);
    for (const auto& folder : page.folders) {
      ++all;
      if (!eakte::archive::why_not_destroyable(tenant.archive, folder.about.id, query.on)) ++free;
    }
    query.cursor = page.next;
  } while (!query.cursor.empty());
  fmt::print("{} due, {} destroyable, {:.1f} s\n", all, free, clock.seconds());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string command = count > 2 ? arguments[1] : "";
  const std::filesystem::path directory = count > 2 ? arguments[2] : "";
  if (command == "prepare" && count > 3) return prepare(directory, std::stoi(arguments[3]));
  if (command == "run") return run(directory);
  if (command == "check") return check(directory);
  if (command == "due") return due(directory);
  fmt::print("destroy_folders prepare DIR FOLDERS | run DIR | check DIR | due DIR\n");
  return 2;
}

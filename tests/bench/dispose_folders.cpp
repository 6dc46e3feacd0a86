// Takes in, offers, hands over and exports many folders: to be killed or to lose its disk on the way.
//   dispose_folders prepare DIR FOLDERS    due folders with one document of three objects each
//   dispose_folders run DIR                goes on with their disposal, and prints each step once it is
//   acknowledged dispose_folders look DIR FACTS         ends 1 when something is lost or half done; FACTS is
//   what was printed dispose_folders check DIR FACTS        the same, and everything must have come to its
//   end
#include <unistd.h>

#include <iostream>

#include "archive/package.h"
#include "tests/ingest/disposal_life.h"

namespace {

using eakte::testing::DestructionTenant;
using eakte::testing::DisposalLife;

constexpr int letters_of_a_run = 20;

int prepare(const std::filesystem::path& directory, int folders) {
  DestructionTenant tenant(directory);
  for (int i = 0; i < folders; ++i) {
    const auto folder = tenant.folder(fmt::format("A {}", i), fmt::format("Hundesteuer {}", i));
    tenant.file(folder, fmt::format("bytes of {}", i), fmt::format("Buchfink{}", i));
    tenant.close(folder);
  }
  tenant.index.catch_up(tenant.archive);
  return 0;
}

void tell(const std::string& fact) { std::cout << fact << '\n' << std::flush; }

std::filesystem::path package_of(const std::filesystem::path& directory) {
  return directory.parent_path() / (directory.filename().string() + ".paket");
}

int run(const std::filesystem::path& directory) {
  DestructionTenant tenant(directory);
  DisposalLife life(tenant);
  eakte::archive::remove_unfinished_messages(tenant.archive);
  for (int i = 0; i < letters_of_a_run; ++i)
    life.accept(fmt::format("letter {} of {}", i, eakte::archive::new_id_text()), tell);
  life.go_on(tell);
  if (!std::filesystem::exists(package_of(directory))) {
    eakte::archive::export_package(tenant.archive, package_of(directory), {}, "cli");
    tell("exported -");
  }
  return 0;
}

int look(const std::filesystem::path& directory, const std::filesystem::path& told, bool finished) {
  std::vector<std::string> facts;
  bool exported = false;
  std::ifstream in(told);
  for (std::string line; std::getline(in, line);) {
    exported = exported || line.starts_with("exported");
    if (!line.starts_with("exported") && !in.eof()) facts.push_back(line);
  }
  DestructionTenant tenant(directory);
  DisposalLife life(tenant);
  std::vector<std::string> faults = life.faults(facts);
  if (finished && life.unfinished() > 0)
    faults.push_back(fmt::format("{} folders are not done", life.unfinished()));
  const auto package = package_of(directory);
  if ((exported || finished) && !std::filesystem::exists(package)) faults.emplace_back("the package is lost");
  if (std::filesystem::exists(package)) {
    try {
      eakte::archive::check_package(package);
    } catch (const eakte::archive::Error& error) {
      faults.push_back(fmt::format("the package: {}", error.what()));
    }
  }
  for (const std::string& fault : faults) fmt::print("FAULT {}\n", fault);
  fmt::print("{} facts, {} faults\n", facts.size(), faults.size());
  return faults.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string command = count > 2 ? arguments[1] : "";
  const std::filesystem::path directory = count > 2 ? arguments[2] : "";
  if (command == "prepare" && count > 3) return prepare(directory, std::stoi(arguments[3]));
  if (command == "run") return run(directory);
  if ((command == "look" || command == "check") && count > 3)
    return look(directory, arguments[3], command == "check");
  fmt::print("dispose_folders prepare DIR FOLDERS | run DIR | look DIR FACTS | check DIR FACTS\n");
  return 2;
}

#include "api/commands/usage_errors.h"

#include <gtest/gtest.h>

#include <CLI/CLI.hpp>

namespace eakte::api {
namespace {

/// What the library itself says of a command line, turned into German.
std::string told(const std::string& line) {
  CLI::App app;
  app.require_subcommand(1);
  CLI::App& sub = *app.add_subcommand("tu");
  std::string text;
  int number = 0;
  bool flag = false;
  std::vector<std::string> files;
  sub.add_option("--data", text)->required();
  CLI::Option& limit = *sub.add_option("--limit", number)->check(CLI::Range(1, 100));
  sub.add_option("--result", text)->check(CLI::IsMember({"good"}));
  sub.add_option("--file", files)->check(CLI::ExistingFile);
  sub.add_option("--in", text)->check(CLI::ExistingDirectory);
  sub.add_flag("--all", flag)->excludes(&limit);
  try {
    app.parse(line, false);
  } catch (const CLI::ParseError& error) {
    return german_usage_error(error.what());
  }
  return "";
}

TEST(UsageErrors, AreToldInGerman) {
  const std::vector<std::pair<std::string, std::string>> table{
      {"", "Es fehlt, was getan werden soll."},
      {"tu", "Die Angabe --data fehlt."},
      {"tu --data d --nix", "Das wird hier nicht erwartet: --nix"},
      {"tu --data d --limit 0", "--limit: 0 liegt nicht zwischen 1 und 100."},
      {"tu --data d --limit x", "--limit: "},
      {"tu --data d --result schlecht",
       "--result: „schlecht“ ist nicht vorgesehen, erwartet wird eines von {good}."},
      {"tu --data d --file /gibt/es/nicht", "--file: die Datei /gibt/es/nicht gibt es nicht."},
      {"tu --data d --file /", "--file: / ist ein Verzeichnis, erwartet wird eine Datei."},
      {"tu --data d --in /gibt/es/nicht", "--in: das Verzeichnis /gibt/es/nicht gibt es nicht."},
      {"tu --data d --all --limit 3", "--limit und --all schließen einander aus."},
      {"tu --data", "--data: es fehlt der Wert dazu."},
  };
  for (const auto& [line, german] : table)
    EXPECT_TRUE(told(line).starts_with(german)) << line << ": " << told(line);
  EXPECT_EQ(told("tu --data d"), "");
}

}  // namespace
}  // namespace eakte::api

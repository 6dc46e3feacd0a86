#include "api/commands/usage_errors.h"

#include <array>
#include <regex>

namespace eakte::api {
namespace {

struct Sentence {
  const char* english;  ///< as CLI11 2.2 makes it, a regular expression
  const char* german;   ///< $1, $2 are what it caught
};

// What comes first wins.
constexpr auto sentences = std::to_array<Sentence>({
    {"A subcommand is required", "Es fehlt, was getan werden soll."},
    {"(.+) is required", "Die Angabe $1 fehlt."},
    {"The following arguments? w(?:as|ere) not expected: ([^]+)", "Das wird hier nicht erwartet: $1"},
    {"(.+): File does not exist: ([^]*)", "$1: die Datei $2 gibt es nicht."},
    {"(.+): File is actually a directory: ([^]*)", "$1: $2 ist ein Verzeichnis, erwartet wird eine Datei."},
    {"(.+): Directory does not exist: ([^]*)", "$1: das Verzeichnis $2 gibt es nicht."},
    {"(.+): Directory is actually a file: ([^]*)", "$1: $2 ist eine Datei, erwartet wird ein Verzeichnis."},
    {"(.+): Path does not exist: ([^]*)", "$1: $2 gibt es nicht."},
    {"(.+): Value ([^]*) not in range (\\S+) to (\\S+)", "$1: $2 liegt nicht zwischen $3 und $4."},
    {"(.+): ([^]*) not in (\\{.*\\})", "$1: „$2“ ist nicht vorgesehen, erwartet wird eines von $3."},
    {"Could not convert: (\\S+) = ([^]*)", "$1: „$2“ ist keine Zahl."},
    {"(.+): (\\d+) required (.*) missing", "$1: es fehlt der Wert dazu."},
    {"(.+): At Most (\\d+) required but received (\\d+)", "$1: höchstens $2-mal, nicht $3-mal."},
    {"(.+): At least (\\d+) required but received (\\d+)", "$1: mindestens $2-mal, nicht $3-mal."},
    {"Expected (?:exactly|at least) (\\d+) arguments? to (.+), got (\\d+)",
     "$2: erwartet werden $1 Angaben, es sind $3."},
    {"(.+) requires (.+)", "$1 geht nur zusammen mit $2."},
    {"(.+) excludes (.+)", "$1 und $2 schließen einander aus."},
    {"(.+): too many inputs for a flag", "$1 steht allein, ohne Wert."},
});

}  // namespace

std::string german_usage_error(std::string_view english) {
  const std::string text(english);
  for (const Sentence& one : sentences) {
    std::smatch found;
    if (std::regex_match(text, found, std::regex(one.english))) return found.format(one.german);
  }
  return text;
}

}  // namespace eakte::api

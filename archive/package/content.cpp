#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "archive/file_plan.h"
#include "archive/installation_key.h"
#include "archive/package.h"
#include "archive/package/digests.h"
#include "archive/package/package_files.h"
#include "archive/package/package_tables.h"
#include "archive/shallow_json.h"

namespace eakte::archive {
namespace {

namespace fs = std::filesystem;
using json = nlohmann::ordered_json;

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
  throw Forbidden("package_damaged", fmt::format("{}: {}", file.filename().string(), why));
}

json parsed(const fs::path& file, std::string_view text) {
  try {
    return shallow_json<json>(text);
  } catch (const json::exception& error) {
    refuse(file, error.what());
  }
}

template <class Take>
void for_each_line(const fs::path& file, const Take& take) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} cannot be read", file.string()));
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) take(line);
  }
}

/// Whole packages are held line by line, never at once.
class Content {
public:
  Content(const CheckedPackage& package, const PackageLine& take)
      : descriptive_(package.directory / "metadata/descriptive"),
        preservation_(package.directory / "metadata/preservation"),
        originals_(package.directory / "representations/original/metadata/descriptive"),
        take_(take) {}

  void read() {
    parse_stored_file_plan(small_file(descriptive_ / "file_plan.yaml", most_text_bytes));
    for (const fs::path& file : files_in(originals_, ".json")) manifest(file);
    for (const PackageTable& table : package_tables()) rows(table);
    for (const fs::path& file : audit_files(preservation_)) audit(file);
    for (const fs::path& file : files_in(preservation_ / "transfer-notes", ".p7s")) seal(file);
  }

private:
  void say(const json& line) const { take_(line.dump()); }

  void manifest(const fs::path& file) {
    const std::string text = small_file(file, most_text_bytes);
    const json content = parsed(file, text);
    try {
      say({{"manifest", file.filename().string()},
           {"document", content.at("document").get<std::string>()},
           {"received_on", content.at("received_on").get<std::string>()},
           {"sha256", sha256_hex(text)}});
    } catch (const json::exception& error) {
      refuse(file, error.what());
    }
  }

  void rows(const PackageTable& table) {
    const fs::path file = descriptive_ / "catalogue" / fmt::format("{}.ndjson", table.name);
    // A package of an older program does not know every table.
    if (!fs::exists(file)) return;
    for_each_line(file, [&](const std::string& line) {
      const json row = parsed(file, line);
      if (!row.is_object() ||
          std::ranges::any_of(row, [](const json& value) { return value.is_structured(); }))
        refuse(file, "a line is no row");
      say({{"table", table.name}, {"row", row}});
    });
  }

  void audit(const fs::path& file) {
    bool first = true;
    for_each_line(file, [&](const std::string& line) {
      say({{first ? "audit_part" : "audit", parsed(file, line)}});
      first = false;
    });
    if (first) refuse(file, "it is empty");
  }

  void seal(const fs::path& file) {
    try {
      say({{"certificate", sealing_certificate(small_file(file, most_text_bytes))}});
    } catch (const StorageFailure&) {
      throw;
    } catch (const Error& error) {
      refuse(file, error.what());
    }
  }

  fs::path descriptive_;
  fs::path preservation_;
  fs::path originals_;
  const PackageLine& take_;
};

}  // namespace

void read_package(const CheckedPackage& package, const PackageLine& take) { Content(package, take).read(); }

}  // namespace eakte::archive

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/error.h"
#include "archive/package.h"
#include "archive/package/audit_part.h"
#include "archive/package/package_tables.h"
#include "tests/support/temporary_directory.h"

namespace {

namespace fs = std::filesystem;
using namespace eakte;
using namespace eakte::archive;

constexpr std::string_view plan = R"(aktenplan: {bezeichnung: Probe, version: "1"}
vorgaben: {frist: {jahre: 5, beginn: zdA, rundung: jahresende}, aussonderungsart: B}
einheiten:
- {kz: "1", titel: Offen, aktenbildend: true, frist: {unbefristet: true}}
)";

/// The information package as it lies on the disk, with whatever files the input gives it.
class Package {
public:
  Package() {
    checked_.directory = directory_.path();
    checked_.name = "paket";
    checked_.tenant = "musterstadt";
    checked_.at = "2026-11-22T10:00:00Z";
  }

  const CheckedPackage& with(std::string_view files) {
    for (const auto& entry : fs::directory_iterator(directory_.path())) fs::remove_all(entry.path());
    write("metadata/descriptive/file_plan.yaml", plan);
    while (!files.empty()) {
      const std::size_t line_end = std::min(files.find('\n'), files.size());
      const std::string_view name = files.substr(0, line_end);
      files.remove_prefix(std::min(line_end + 1, files.size()));
      const std::size_t next = std::min(files.find("\n="), files.size());
      if (const auto place = place_of(name)) write(*place, files.substr(0, next));
      files.remove_prefix(std::min(next + 2, files.size()));
    }
    return checked_;
  }

private:
  /// "audit", "seal", "manifest ID", or a table.
  static std::optional<fs::path> place_of(std::string_view name) {
    if (name == "audit") return "metadata/preservation/audit-1.ndjson";
    if (name == "seal") return "metadata/preservation/transfer-notes/1.xml.p7s";
    if (name.starts_with("manifest ") && is_id(name.substr(9)))
      return fs::path("representations/original/metadata/descriptive") / name.substr(9);
    if (std::ranges::find(package_tables(), name, &PackageTable::name) != package_tables().end())
      return fs::path("metadata/descriptive/catalogue") / (std::string(name) + ".ndjson");
    return std::nullopt;
  }

  void write(const fs::path& place, std::string_view bytes) const {
    fs::path file = directory_.path() / place;
    // Manifests are called by what they are.
    if (place.parent_path().filename() == "descriptive" && place.extension().empty())
      file += "." + sha256_hex(bytes) + ".json";
    fs::create_directories(file.parent_path());
    if (!(std::ofstream(file, std::ios::binary) << bytes)) std::abort();
  }

  testing::TemporaryDirectory directory_;
  CheckedPackage checked_;
};

/// An archive that holds nothing yet; made anew once something was taken over.
class EmptyArchive {
public:
  void take(const CheckedPackage& package, const PackageContent& content) {
    if (!archive_) {
      directory_ = std::make_unique<testing::TemporaryDirectory>();
      Archive::create(directory_->path() / "a", "a", plan);
      archive_.emplace(directory_->path() / "a");
    }
    try {
      import_package(package, content, *archive_, "cli");
    } catch (const StorageFailure&) {
      throw;
    } catch (const Error&) {
      return;
    }
    archive_->database().read([](Connection& connection) { verify_imported_audit(connection); });
    archive_.reset();
  }

private:
  std::unique_ptr<testing::TemporaryDirectory> directory_;
  std::optional<Archive> archive_;
};

}  // namespace

/// What a package says, from its files to the rows. Text that begins with "=" is files, each named in a line
/// that begins so; any other is lines as a worker that was taken over might hand them on.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static Package package;
  static EmptyArchive archive;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::vector<std::string> lines;
  const bool is_files = text.starts_with('=');
  const CheckedPackage& checked = package.with(is_files ? text.substr(1) : std::string_view());
  if (is_files) {
    try {
      read_package(checked, [&](std::string_view line) { lines.emplace_back(line); });
    } catch (const StorageFailure&) {
      throw;
    } catch (const Error&) {
      return 0;
    }
  } else {
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      lines.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  archive.take(checked, [&](const PackageLine& take) {
    for (const std::string& line : lines) take(line);
  });
  return 0;
}

#include "ingest/packages.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "archive/json_number.h"

namespace eakte::ingest {
namespace {

namespace fs = std::filesystem;

// A package's check is bound by its bytes and files; both are counted without reading any.
constexpr std::uint64_t bytes_of_a_page = 100'000'000;
constexpr std::uint64_t files_of_a_page = 2'000;
constexpr int most_pages = 100'000;

int pages_worth(const fs::path& package) {
  std::uint64_t bytes = 0;
  std::uint64_t files = 0;
  std::error_code none;
  for (fs::recursive_directory_iterator entry(package, none), end; !none && entry != end;
       entry.increment(none)) {
    std::error_code unknown;
    if (!fs::is_regular_file(entry->symlink_status(unknown)) || unknown) continue;
    const auto size = entry->file_size(unknown);
    if (!unknown) bytes += size;
    ++files;
  }
  return static_cast<int>(
      std::min<std::uint64_t>(2 + bytes / bytes_of_a_page + files / files_of_a_page, most_pages));
}

/// A name that is one step down and nowhere else.
bool is_one_step(const std::string& name) {
  return !name.empty() && name.size() < 200 && name.front() != '.' &&
         std::ranges::none_of(name, [](char c) { return c == '/' || c == '\0'; });
}

archive::CheckedPackage package_from(const nlohmann::json& reply, const fs::path& directory) {
  archive::CheckedPackage checked;
  checked.name = reply.at("name").get<std::string>();
  if (!is_one_step(checked.name)) throw Error("the name of the package is none");
  checked.directory = directory / "data" / checked.name;
  checked.tenant = reply.at("tenant").get<std::string>();
  checked.folder = reply.at("folder").get<std::string>();
  checked.at = reply.at("at").get<std::string>();
  checked.schema = archive::whole_number<std::int64_t>(reply.at("schema"));
  checked.manifest_sha256 = reply.at("manifest_sha256").get<std::string>();
  checked.file_plan_yaml = reply.at("file_plan").get<std::string>();
  return checked;
}

}  // namespace

void ReadPackage::content(const archive::PackageLine& take) const {
  std::array<char, 65536> bytes{};
  std::string pending;
  for (off_t at = 0;;) {
    const ssize_t got = ::pread(lines_.get(), bytes.data(), bytes.size(), at);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw archive::StorageFailure("cannot read what the worker wrote");
    if (got == 0) break;
    at += got;
    pending.append(bytes.data(), static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (std::size_t end = pending.find('\n'); end != std::string::npos; end = pending.find('\n', begin)) {
      take(std::string_view(pending).substr(begin, end - begin));
      begin = end + 1;
    }
    pending.erase(0, begin);
  }
}

ReadPackage read_package(const Workers& workers, const fs::path& package) {
  const Descriptor directory(::open(package.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!directory)
    throw archive::Forbidden("package_not_ours", fmt::format("{} is no directory", package.string()));
  Descriptor lines = temporary_file(workers.spool_directory);
  try {
    const std::string reply = workers.pool.run({.request = nlohmann::json{{"job", "package"}}.dump(),
                                                .descriptors = {directory.get(), lines.get()},
                                                .pages = pages_worth(package),
                                                .note = {}},
                                               workers.stop);
    return {package_from(nlohmann::json::parse(reply), package), std::move(lines)};
  } catch (const Refused& refused) {
    throw archive::Forbidden(refused.code, refused.what());
  } catch (const nlohmann::json::exception& error) {
    throw WorkerFailed("worker_bad_reply", error.what());
  }
}

}  // namespace eakte::ingest

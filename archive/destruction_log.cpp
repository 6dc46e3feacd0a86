#include "archive/destruction_log.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <span>

#include "archive/destruction/keyed_hash.h"
#include "archive/storage/durable_file.h"

namespace eakte::archive {
namespace {

using json = nlohmann::ordered_json;

constexpr mode_t group_readable = 0640;

std::string mac_of(const std::string& key, const std::string& previous, const std::string& record) {
  return keyed_hash(key, previous + record);
}

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace

DestructionLog::DestructionLog(std::filesystem::path file, std::string key)
    : file_(std::move(file)), key_(std::move(key)) {
  read();
}

void DestructionLog::read() {
  const std::string content = content_of(file_);
  int number = 0;
  for (std::size_t begin = 0; begin < content.size();) {
    const std::size_t end = content.find('\n', begin);
    if (end == std::string::npos) return;
    ++number;
    const json line = json::parse(content.substr(begin, end - begin), nullptr, false);
    const bool whole = line.is_object() && line.contains("record") && line.contains("previous") &&
                       line.contains("mac") && line["record"].is_object() &&
                       line["record"].contains("destruction");
    const std::string record = whole ? line["record"].dump() : std::string();
    if (!whole || line["previous"] != last_mac_ || line["mac"] != mac_of(key_, last_mac_, record))
      throw Error(
          fmt::format("{}: line {} is damaged, does not follow the one before, or is not of this tenant",
                      file_.string(), number));
    last_mac_ = line["mac"].get<std::string>();
    destructions_.push_back({{line["record"]["destruction"].get<std::string>()}, record});
    ids_.insert(destructions_.back().id.text);
    begin = end + 1;
    good_bytes_ = begin;
  }
}

void DestructionLog::append(const std::vector<LoggedDestruction>& destructions) {
  std::string lines;
  std::vector<LoggedDestruction> added;
  std::string mac = last_mac_;
  for (const LoggedDestruction& one : destructions) {
    if (ids_.contains(one.id.text)) continue;
    const json record = json::parse(one.record);
    const std::string text = record.dump();
    const std::string next = mac_of(key_, mac, text);
    lines += json{{"record", record}, {"previous", mac}, {"mac", next}}.dump() + "\n";
    mac = next;
    added.push_back({one.id, text});
  }
  if (added.empty()) return;
  const Descriptor file(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, group_readable));
  if (file.number() < 0) throw_storage_failure("cannot open", file_);
  // What a cut-off write left behind the last whole line goes.
  if (::ftruncate(file.number(), static_cast<off_t>(good_bytes_)) != 0 ||
      ::lseek(file.number(), 0, SEEK_END) < 0)
    throw_storage_failure("cannot write", file_);
  write_all(file.number(), std::as_bytes(std::span(lines)), file_);
  sync_file(file.number(), file_);
  sync_directory(file_.parent_path());
  last_mac_ = mac;
  good_bytes_ += lines.size();
  for (LoggedDestruction& one : added) {
    ids_.insert(one.id.text);
    destructions_.push_back(std::move(one));
  }
}

std::filesystem::path destruction_log_file(const Archive& archive) {
  return archive.directory() / "destroyed.log";
}

std::string destruction_key(const Archive& archive) {
  return archive.database().query("SELECT value FROM destruction_key").at(0).text("value");
}

}  // namespace eakte::archive

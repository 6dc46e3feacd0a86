#include <fmt/format.h>

#include "archive/accounts.h"
#include "archive/scan_check.h"

namespace eakte::archive {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t longest_content = 65'536;

ScanProfile profile_from(const Row& row) {
  return {row.text("name"),        static_cast<int>(row.integer("version")),
          row.text("content"),     row.text("sha256"),
          row.text("made_at"),     row.text("made_by"),
          row.text("released_at"), row.text("released_by")};
}

std::string detail_of(int version, const std::string& sha256) {
  return fmt::format(R"({{"version":{},"sha256":"{}"}})", version, sha256);
}

}  // namespace

ScanProfile add_scan_profile(Archive& archive, const std::string& name, const std::string& content,
                             const std::string& actor) {
  if (name.empty() || name.size() > longest_name || content.empty() || content.size() > longest_content)
    throw Error("a scan profile needs a short name and its settings, at most 64 kB");
  ScanProfile profile{name, 0, content, sha256_hex(content), now_utc(), actor, {}, {}};
  archive.database().write([&](Connection& connection) {
    profile.version = static_cast<int>(
        connection
            .query("SELECT coalesce(max(version), 0) + 1 AS next FROM scan_profile WHERE name = ?", {name})
            .at(0)
            .integer("next"));
    connection.execute(
        "INSERT INTO scan_profile(name, version, content, sha256, made_at, made_by) VALUES(?, ?, ?, ?, ?, ?)",
        {name, std::int64_t{profile.version}, content, profile.sha256, profile.made_at, actor});
    archive.record(connection,
                   {actor, "scan_profile.added", name, detail_of(profile.version, profile.sha256)});
  });
  return profile;
}

ScanProfile release_scan_profile(Archive& archive, const std::string& name, int version,
                                 const std::string& actor) {
  std::optional<ScanProfile> profile;
  archive.database().write([&](Connection& connection) {
    const Rows rows = connection.query("SELECT * FROM scan_profile WHERE name = ? AND version = ?",
                                       {name, std::int64_t{version}});
    if (rows.empty()) throw NotFound(fmt::format("there is no version {} of scan profile {}", version, name));
    profile = profile_from(rows[0]);
    if (!profile->released_at.empty())
      throw Forbidden("profile_released", fmt::format("scan profile {} is released already", name));
    require_second_person(connection, profile->made_by, actor, Role::records_manager);
    profile->released_at = now_utc();
    profile->released_by = actor;
    connection.execute(
        "UPDATE scan_profile SET released_at = ?, released_by = ? WHERE name = ? AND version = ?",
        {profile->released_at, actor, name, std::int64_t{version}});
    archive.record(connection, {actor, "scan_profile.released", name, detail_of(version, profile->sha256)});
  });
  return *profile;
}

std::vector<ScanProfile> scan_profiles(const Archive& archive) {
  std::vector<ScanProfile> profiles;
  for (const Row& row : archive.database().query("SELECT * FROM scan_profile ORDER BY name, version"))
    profiles.push_back(profile_from(row));
  return profiles;
}

}  // namespace eakte::archive

#include "archive/evidence_report.h"

#include <nlohmann/json.hpp>

namespace eakte::archive {
namespace {

using nlohmann::json;

constexpr const char* key = "evidence_verification";
constexpr std::size_t most_problems = 100;

}  // namespace

std::vector<ReportedDay> reported_days(const Archive& archive, int limit) {
  std::vector<ReportedDay> days;
  for (const Row& row :
       archive.database().query("SELECT day, documents, last_sequence, stamped_at, renewed_at "
                                "FROM evidence_day ORDER BY last_sequence DESC LIMIT ?",
                                {std::int64_t{limit}})) {
    days.push_back({row.text("day"), row.integer("documents"), row.integer("last_sequence"),
                    row.text("stamped_at"), row.text("renewed_at")});
  }
  return days;
}

void note_verification(Archive& archive, const std::vector<std::string>& problems) {
  const std::vector<std::string> kept(
      problems.begin(),
      problems.begin() + static_cast<std::ptrdiff_t>(std::min(problems.size(), most_problems)));
  const std::string text =
      json{{"at", now_utc()}, {"problems", kept}}.dump(-1, ' ', false, json::error_handler_t::replace);
  archive.database().write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        {std::string(key), text});
  });
}

std::optional<NotedVerification> noted_verification(const Archive& archive) {
  const Rows rows = archive.database().query("SELECT value FROM meta WHERE key = ?", {std::string(key)});
  const json noted = rows.empty() ? json() : json::parse(rows[0].text("value"), nullptr, false);
  if (!noted.is_object()) return std::nullopt;
  return NotedVerification{noted.value("at", ""), noted.value("problems", std::vector<std::string>())};
}

}  // namespace eakte::archive

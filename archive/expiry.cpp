#include "archive/expiry.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/evidence_record.h"
#include "archive/installation_key.h"

namespace eakte::archive {
namespace {

constexpr const char* key = "expiries";

std::string german_day(Date day) {
  return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                     static_cast<int>(day.year()));
}

void warn(std::vector<std::string>& warnings, const std::string& until, Date today, const char* what,
          const char* advice) {
  const auto day = until.size() < 10 ? std::nullopt : date_from_iso(until.substr(0, 10));
  if (!day) return;
  const auto left = (std::chrono::sys_days(*day) - std::chrono::sys_days(today)).count();
  if (left > warned_days_ahead) return;
  const std::string on = german_day(*day);
  warnings.push_back(left < 0 ? fmt::format("{} ist seit dem {} abgelaufen. {}", what, on, advice)
                              : fmt::format("{} läuft am {} ab (in {} Tagen). {}", what, on, left, advice));
}

}  // namespace

Expiries expiries(const Archive& archive, const std::string& installation_pem) {
  Expiries found;
  for (const Row& row : archive.database().query("SELECT record_sha256 FROM evidence_day UNION SELECT "
                                                 "record_sha256 FROM imported_evidence_day")) {
    const EvidenceRecord record = decode_evidence_record(archive.objects().read(row.text("record_sha256")));
    const std::string until = certificate_ends(sealing_certificate(record.chains.back().back().token));
    if (found.stamps.empty() || until < found.stamps) found.stamps = until;
  }
  if (!installation_pem.empty()) found.installation = certificate_ends(installation_pem);
  return found;
}

void note_expiries(Archive& archive, const Expiries& expiries) {
  const std::string text =
      nlohmann::json{{"stamps", expiries.stamps}, {"installation", expiries.installation}}.dump();
  archive.database().write([&](Connection& connection) {
    connection.execute(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        {std::string(key), text});
  });
}

Expiries noted_expiries(const Archive& archive) {
  const Rows rows = archive.database().query("SELECT value FROM meta WHERE key = ?", {std::string(key)});
  const auto noted =
      rows.empty() ? nlohmann::json() : nlohmann::json::parse(rows[0].text("value"), nullptr, false);
  if (!noted.is_object()) return {};
  return {noted.value("stamps", ""), noted.value("installation", "")};
}

std::vector<std::string> expiry_warnings(const Expiries& expiries, Date today) {
  std::vector<std::string> warnings;
  warn(warnings, expiries.stamps, today, "Das Zertifikat hinter den Zeitstempeln der Beweise",
       "Bitte die Beweise erneuern: eakte evidence renew.");
  warn(warnings, expiries.installation, today, "Das Zertifikat der Installation",
       "Bitte einen neuen Schlüssel einrichten und das alte Zertifikat aufbewahren.");
  return warnings;
}

}  // namespace eakte::archive

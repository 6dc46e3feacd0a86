#include "archive/scan_audit.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "archive/accounts.h"

namespace eakte::archive {
namespace {

constexpr std::size_t longest_version = 200;

std::string german_day(Date day) {
  return fmt::format("{:02}.{:02}.{}", static_cast<unsigned>(day.day()), static_cast<unsigned>(day.month()),
                     static_cast<int>(day.year()));
}

/// The day so many months later, the last of the month where it has no such day.
Date months_after(Date day, int months) {
  const std::chrono::year_month month =
      std::chrono::year_month(day.year(), day.month()) + std::chrono::months(months);
  const Date same = month / day.day();
  return same.ok() ? same : Date(month / std::chrono::last);
}

std::string first_check(const Archive& archive) {
  return archive.database()
      .query("SELECT coalesce(min(checked_at), '') AS first FROM scan_check")
      .at(0)
      .text("first");
}

}  // namespace

void record_scan_audit(Archive& archive, Date on, const std::string& procedure, bool passed, Date today,
                       const std::string& actor) {
  if (procedure.empty() || procedure.size() > longest_version)
    throw Forbidden("procedure_missing", "an audit is about a version of the procedure");
  if (!on.ok() || on > today) throw Forbidden("day_in_future", "no audit is held on a day that has not come");
  const bool accounts = has_accounts(archive);
  archive.database().write([&](Connection& connection) {
    if (accounts) require_role(connection, actor, Role::records_manager);
    const nlohmann::json detail{{"on", to_iso(on)}, {"procedure", procedure}, {"passed", passed}};
    append_audit_entry(connection, {actor, "scan.procedure_audited", "", detail.dump()});
  });
}

std::optional<ScanAudit> last_scan_audit(const Archive& archive) {
  std::optional<ScanAudit> last;
  for (const Row& row : archive.database().query(
           "SELECT at, actor, detail FROM audit_trail WHERE action = 'scan.procedure_audited' ORDER BY "
           "sequence")) {
    const auto detail = nlohmann::json::parse(row.text("detail"), nullptr, false);
    const auto on = detail.is_object() ? date_from_iso(detail.value("on", "")) : std::nullopt;
    if (!on || (last && *on < last->on)) continue;
    last = ScanAudit{*on, detail.value("procedure", ""), detail.value("passed", false), row.text("at"),
                     row.text("actor")};
  }
  return last;
}

std::optional<std::string> scan_audit_warning(const Archive& archive, Date today) {
  const auto last = last_scan_audit(archive);
  if (last && !last->passed)
    return fmt::format(
        "Die Prüfung des Scanverfahrens vom {} wurde nicht bestanden. Bitte die Mängel beheben und erneut "
        "prüfen lassen.",
        german_day(last->on));
  const std::string first = first_check(archive);
  if (!last && first.empty()) return std::nullopt;  // nobody replaces paper here
  const Date since = last ? last->on : date_from_iso(first.substr(0, 10)).value();
  if (today < months_after(since, scan_audit_months)) return std::nullopt;
  return fmt::format(
      "Das Scanverfahren wurde {} nicht geprüft (TR-RESISCAN: mindestens alle drei Jahre, hier jährlich). "
      "Bitte "
      "die Prüfung veranlassen und eintragen: eakte scan-check audited.",
      last ? fmt::format("seit dem {}", german_day(last->on))
           : fmt::format("seit Beginn am {}", german_day(since)));
}

}  // namespace eakte::archive

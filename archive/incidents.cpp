#include "archive/incidents.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace eakte::archive {
namespace {

using nlohmann::json;

constexpr const char* settings_key = "settings";
constexpr std::size_t fingerprint_digits = 16;
constexpr std::chrono::minutes one_look{10};

std::string dumped(const json& object) { return object.dump(-1, ' ', false, json::error_handler_t::replace); }

std::string instant_text(std::chrono::system_clock::time_point instant) {
  const auto seconds = floor<std::chrono::seconds>(instant);
  const auto day = floor<std::chrono::days>(seconds);
  const std::chrono::hh_mm_ss time(seconds - day);
  return fmt::format("{}T{:02}:{:02}:{:02}.000Z", to_iso(Date(day)), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

bool seen_lately(Connection& connection, const Document& document, const std::string& actor) {
  const std::string since = instant_text(std::chrono::system_clock::now() - one_look);
  return !connection
              .query(
                  "SELECT 1 FROM audit_trail WHERE subject = ? AND at >= ? AND action = 'document.read' AND "
                  "actor = ? LIMIT 1",
                  {document.id.text, since, actor})
              .empty();
}

}  // namespace

bool is_protected(const FilePlan& plan, const Document& document) {
  const std::vector<std::string>& access = document.content.access;
  if (access != std::vector<std::string>{"all"}) return true;
  const std::string& number = document.content.fields.plan_entry;
  const FilePlanEntry* entry = number.empty() ? nullptr : plan.find(number);
  return entry == nullptr || entry->protection.size() != 3 || entry->protection[1] != 'n';
}

void record_reading(Archive& archive, const Document& document, Seen seen, std::string_view what,
                    const std::string& actor) {
  if (!is_protected(archive.file_plan(), document)) return;
  bool told = false;
  if (seen != Seen::bytes) {
    archive.database().read([&](Connection& connection) { told = seen_lately(connection, document, actor); });
  }
  if (told) return;
  const std::string detail =
      fmt::format(R"({{"what":"{}","plan_entry":"{}"}})", what, document.content.fields.plan_entry);
  archive.database().write([&](Connection& connection) {
    archive.record(connection, {actor, "document.read", document.id.text, detail});
  });
}

void record_refusal(Archive& archive, std::string_view code, std::string_view what,
                    const std::string& subject, const std::string& actor) {
  const std::string detail = dumped({{"code", code}, {"what", what}});
  archive.database().write([&](Connection& connection) {
    archive.record(connection, {actor, "access.denied", subject, detail});
  });
}

bool is_about_accounts(std::string_view code) {
  return code.starts_with("login_") || code == "role_missing" || code == "account_needed" ||
         code == "password_to_change";
}

void record_settings(Archive& archive, const std::map<std::string, std::string>& settings,
                     const std::string& actor) {
  json now = json::object();
  for (const auto& [name, value] : settings) now[name] = sha256_hex(value).substr(0, fingerprint_digits);
  const std::string text = dumped(now);
  archive.database().write([&](Connection& connection) {
    const Rows row = connection.query("SELECT value FROM meta WHERE key = ?", {settings_key});
    if (row.empty() ? settings.empty() : row[0].text("value") == text) return;
    const json before = row.empty() ? json::object() : json::parse(row[0].text("value"), nullptr, false);
    json changed = json::array();
    for (const auto& [name, fingerprint] : now.items())
      if (!before.contains(name) || before[name] != fingerprint) changed.push_back(name);
    json gone = json::array();
    for (const auto& [name, fingerprint] : before.items())
      if (!now.contains(name)) gone.push_back(name);
    connection.execute(
        "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value",
        {settings_key, text});
    archive.record(connection, {actor, "settings.changed", archive.tenant(),
                                dumped({{"set", changed}, {"unset", gone}, {"sha256", sha256_hex(text)}})});
  });
}

}  // namespace eakte::archive

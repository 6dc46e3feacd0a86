#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/commands/actor.h"
#include "api/commands/json_line.h"
#include "api/commands/opened_archive.h"
#include "api/commands/proof.h"
#include "api/data_directory.h"
#include "api/evidence_authority.h"
#include "archive/audit_head.h"
#include "archive/audit_list.h"
#include "archive/installation_key.h"

namespace eakte::api {
namespace {

std::string text_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) throw Error(fmt::format("{} lässt sich nicht lesen.", file.string()));
  return text;
}

std::optional<archive::Date> day_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = archive::date_from_iso(text);
  if (!day) throw Error(fmt::format("\"{}\" ist kein Tag (JJJJ-MM-TT).", text));
  return day;
}

std::string time_stamped(const std::string& message, const std::filesystem::path& data,
                         const Config& config) {
  return archive::with_time_stamp(
      message, archive::stamped(archive::to_stamp(message), archive::DigestAlgorithm::sha256,
                                authority_of(data, config.evidence)));
}

/// What a signed head says. Adds to `problems` what speaks against it.
std::optional<archive::AuditHead> signed_head(const AuditOptions& options,
                                              std::vector<std::string>& problems) {
  const std::string trusted = options.trusted.empty()
                                  ? archive::InstallationKey::of(options.data).certificate()
                                  : text_in(options.trusted);
  const auto authorities =
      trusted_authorities(options.data, read_config(options.data / "eakte.toml").evidence);
  const std::string message = text_in(options.file);
  try {
    const archive::SealVerdict verdict =
        archive::verify_signed_message(archive::cms_from_pem(message), trusted, authorities);
    problems.insert(problems.end(), verdict.errors.begin(), verdict.errors.end());
    if (!verdict.errors.empty()) return std::nullopt;
    return archive::audit_head_from(verdict.content);
  } catch (const archive::Error&) {
    // Damage may leave nothing that can be read: that speaks against the head as a wrong signature does.
    problems.emplace_back("Die Datei ist kein signierter Stand eines Protokolls, oder sie ist beschädigt.");
    return std::nullopt;
  }
}

}  // namespace

int run_audit_head(const AuditOptions& options) {
  ChosenArchive opened(options);
  archive::Archive& archive = opened.archive;
  const archive::InstallationKey key = archive::InstallationKey::of(options.data);
  using enum archive::Role;
  const std::string actor = acting_person(archive, options, {auditor, records_manager, administrator});
  archive.database().write([&](archive::Connection& connection) {
    archive.record(connection, {actor, "audit.head_exported", archive.tenant(), ""});
  });
  const archive::AuditHead head = archive::audit_head(archive);
  std::string message = key.signed_message(archive::text_of(head));
  const Config config = read_config(options.data / "eakte.toml");
  if (!config.evidence.tsa.empty()) message = time_stamped(message, options.data, config);
  const std::string text = archive::cms_pem(message);
  if (options.file.empty() || options.file == "-") {
    fmt::print("{}", text);
    return 0;
  }
  std::ofstream file(options.file, std::ios::binary);
  file << text;
  if (!file.flush()) throw Error(fmt::format("{} lässt sich nicht schreiben.", options.file.string()));
  if (options.form == OutputForm::json) {
    print_json({{"entries", head.entries}, {"hash", head.hash}, {"at", head.at}});
  } else {
    fmt::print("Stand des Protokolls: {} Einträge, am {} (UTC). Bitte an einem anderen Ort aufbewahren.\n",
               head.entries, head.at);
  }
  return 0;
}

int run_audit_stamp(const AuditOptions& options) {
  const Config config = read_config(options.data / "eakte.toml");
  const std::string message = archive::cms_from_pem(text_in(options.file));
  const std::filesystem::path aside = options.file.string() + ".neu";
  std::ofstream file(aside, std::ios::binary);
  file << archive::cms_pem(time_stamped(message, options.data, config));
  file.close();
  if (!file) throw Error(fmt::format("{} lässt sich nicht schreiben.", aside.string()));
  std::filesystem::rename(aside, options.file);
  return 0;
}

int run_audit_verify(const AuditOptions& options) {
  const ChosenArchive opened(options);
  const archive::Archive& archive = opened.archive;
  std::int64_t entries = 0;
  std::vector<std::string> problems;
  archive.database().read(
      [&](archive::Connection& connection) { problems = archive::verify_audit_trail(connection, &entries); });
  std::optional<archive::AuditHead> head;
  if (!options.file.empty()) {
    head = signed_head(options, problems);
    if (head) {
      const auto differences = archive::verify_audit_head(archive, *head);
      problems.insert(problems.end(), differences.begin(), differences.end());
    }
  }
  if (options.form == OutputForm::json) {
    nlohmann::json object{{"ok", problems.empty()}, {"entries", entries}, {"problems", problems}};
    if (head) object["head"] = {{"entries", head->entries}, {"hash", head->hash}, {"at", head->at}};
    print_json(object);
    return problems.empty() ? 0 : 1;
  }
  for (const std::string& problem : problems) fmt::print("FEHLER: {}\n", problem);
  if (!problems.empty()) {
    fmt::print("Das Protokoll ist nicht unversehrt.\n");
  } else if (head) {
    fmt::print("Das Protokoll ist unversehrt ({} Einträge) und setzt den Stand vom {} fort ({} Einträge).\n",
               entries, head->at, head->entries);
  } else {
    fmt::print(
        "Das Protokoll ist in sich unversehrt ({} Einträge). Gegen einen anderswo aufbewahrten Stand prüft "
        "--head.\n",
        entries);
  }
  return problems.empty() ? 0 : 1;
}

int run_audit_list(const AuditOptions& options) {
  const ChosenArchive opened(options);
  const archive::Archive& archive = opened.archive;
  archive::AuditQuestion question{options.actor,        options.action,        options.subject,
                                  day_of(options.from), day_of(options.until), 0,
                                  options.limit};
  for (const archive::RecordedEntry& one : archive::audit_entries(archive, question)) {
    if (options.form == OutputForm::json) {
      print_json({{"sequence", one.sequence},
                  {"at", one.at},
                  {"actor", one.entry.actor},
                  {"action", one.entry.action},
                  {"subject", one.entry.subject},
                  {"detail", nlohmann::json::parse(one.entry.detail, nullptr, false).is_discarded()
                                 ? nlohmann::json()
                                 : nlohmann::json::parse(one.entry.detail)},
                  {"hash", one.hash}});
    } else {
      fmt::print("{:>7}  {}  {:<12} {:<24} {} {}\n", one.sequence, one.at, one.entry.actor, one.entry.action,
                 one.entry.subject, one.entry.detail);
    }
  }
  return 0;
}

}  // namespace eakte::api

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "api/config.h"
#include "api/data_directory.h"
#include "api/http/disposition.h"
#include "api/http/problem.h"
#include "api/http/shapes.h"
#include "api/routes/routes.h"
#include "archive/audit_head.h"
#include "archive/audit_list.h"
#include "archive/installation_key.h"
#include "ingest/background_command.h"

namespace eakte::api {
namespace {

std::optional<archive::Date> day_of(const Request& request, std::string_view name) {
  const std::string_view text = request.parameter(name);
  if (text.empty()) return std::nullopt;
  const auto day = archive::date_from_iso(text);
  if (!day)
    throw bad_request("Die Angabe „" + std::string(name) + "“ ist kein Kalendertag der Form 2026-11-21.");
  return day;
}

Response list_entries(const Application& application, const Request& request) {
  const Tenant& tenant = application.tenant_of(request);
  archive::AuditQuestion question;
  question.actor = request.parameter("actor");
  question.action = request.parameter("action");
  question.subject = request.parameter("subject");
  question.from = day_of(request, "from");
  question.until = day_of(request, "until");
  question.after = request.number("after", 0, 0, std::numeric_limits<int>::max());
  question.limit = request.number("limit", 200, 1, 1000);
  Json entries = Json::array();
  for (const archive::RecordedEntry& one : archive::audit_entries(tenant.archive, question)) {
    Json detail = Json::parse(one.entry.detail, nullptr, false);
    entries.push_back({{"sequence", one.sequence},
                       {"at", one.at},
                       {"actor", one.entry.actor},
                       {"action", one.entry.action},
                       {"subject", one.entry.subject},
                       {"detail", detail.is_discarded() ? Json() : std::move(detail)},
                       {"hash", one.hash}});
  }
  const bool full = std::ssize(entries) == question.limit;
  const Json next = full ? entries.back().at("sequence") : Json();
  return json_response({{"entries", std::move(entries)}, {"next", next}});
}

/// The head with the stamp of the authority, where one is configured. Its answer is foreign: a process of its
/// own asks and reads it.
std::string stamped_head(const Application& application, const Tenant& tenant, std::string message) {
  if (read_config(application.service.data / "eakte.toml").evidence.tsa.empty()) return message;
  const std::filesystem::path file = tenant.archive.directory() / "work" / (archive::new_id_text() + ".p7m");
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << message;
  const int status =
      ingest::run_in_background({program_path(), "audit", "stamp", "--data",
                                 application.service.data.string(), "--tenant", tenant.name, file.string()},
                                application.stop);
  std::ifstream stream(file, std::ios::binary);
  message.assign(std::istreambuf_iterator<char>(stream), {});
  std::filesystem::remove(file);
  if (status != 0)
    throw Problem(
        503, "time_stamp_missing",
        "Der Zeitstempeldienst hat den Stand nicht gestempelt. Bitte später noch einmal versuchen; was "
        "ihn hindert, zeigt eakte evidence status.");
  return message;
}

/// A POST, because the export is itself recorded.
Response export_head(const Application& application, const Request& request) {
  Tenant& tenant = application.tenant_of(request);
  const auto key = archive::InstallationKey::of(application.service.data);
  tenant.archive.database().write([&](archive::Connection& connection) {
    tenant.archive.record(connection,
                          {actor_of(request), "audit.head_exported", tenant.archive.tenant(), ""});
  });
  const archive::AuditHead head = archive::audit_head(tenant.archive);
  Response response;
  response.headers.emplace_back("Content-Type", "application/pkcs7-mime");
  response.headers.emplace_back(
      "Content-Disposition",
      content_disposition(Disposition::attachment,
                          "protokoll-" + head.tenant + "-" + std::to_string(head.entries) + ".p7m"));
  response.body =
      stamped_head(application, tenant, archive::cms_pem(key.signed_message(archive::text_of(head))));
  return response;
}

}  // namespace

void add_audit_routes(Router& router, const Application& application) {
  router.add({.method = "GET", .pattern = "/api/v1/audit", .handle = [&application](const Request& request) {
                return list_entries(application, request);
              }});
  router.add(
      {.method = "POST", .pattern = "/api/v1/audit/head", .handle = [&application](const Request& request) {
         return export_head(application, request);
       }});
}

}  // namespace eakte::api

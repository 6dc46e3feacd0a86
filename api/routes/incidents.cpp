#include "archive/incidents.h"

#include <exception>

#include "api/log.h"
#include "api/routes/routes.h"
#include "archive/fixity.h"

namespace eakte::api {
namespace {

/// What was asked for, without what a person may have typed: method and resource.
std::string asked_for(const Request& request) {
  std::string path = request.path;
  for (const std::string& capture : request.captures) {
    const std::size_t place = path.find(capture);
    if (!capture.empty() && place != std::string::npos) path.replace(place, capture.size(), "{}");
  }
  return request.method + " " + path;
}

void deny(const Application& application, const Request& request, const std::string& code) {
  const bool names_one = !request.captures.empty() && archive::is_id(request.captures.front());
  archive::record_refusal(application.tenant_of(request).archive, code, asked_for(request),
                          names_one ? request.captures.front() : "", actor_of(request));
}

}  // namespace

std::string actor_of(const Request& request) { return request.actor; }

void record_incident(const Application& application, const Request& request) {
  try {
    try {
      throw;
    } catch (const archive::Forbidden& refused) {
      if (!archive::is_about_accounts(refused.code)) deny(application, request, refused.code);
    } catch (const archive::DamagedObject& damaged) {
      archive::examine_object(application.tenant_of(request).archive, damaged.sha256, "reading", "system");
    } catch (const std::exception&) {
      return;
    }
  } catch (const std::exception& error) {
    // The request is refused in any case; operators must hear that the trail does not say so.
    log(LogLevel::error, "trouble", {{"what", std::string("not recorded: ") + error.what()}});
  }
}

}  // namespace eakte::api

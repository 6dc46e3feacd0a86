#include "api/http/problem.h"

#include <exception>
#include <nlohmann/json.hpp>
#include <string_view>

#include "archive/error.h"
#include "archive/refusals.h"
#include "index/error.h"
#include "ingest/error.h"
#include "ingest/reasons.h"
#include "ingest/worker.h"

namespace eakte::api {
namespace {

Response with_error(Response response, const std::exception& error) {
  response.error = error.what();
  return response;
}

Response by_reason(int status, const std::string& code) {
  return refusal(status, code, std::string(ingest::german_sentence(code)));
}

int status_of(const archive::Forbidden& forbidden) {
  const std::string& code = forbidden.code;
  if (code == "login_failed") return 401;
  if (code == "login_delayed") return 429;
  if (code == "document_restricted" || code == "document_locked") return 403;
  if (code == "account_needed" || code == "role_missing" || code == "same_person" || code == "own_roles" ||
      code == "password_of_other" || code == "account_unconfirmed" || code == "password_to_change")
    return 403;
  if (code.starts_with("account_") || code.starts_with("password_")) return 422;
  return 409;
}

}  // namespace

Problem bad_request(const std::string& german) { return {400, "bad_request", german}; }

Problem not_found(const std::string& german) { return {404, "not_found", german}; }

Problem busy() {
  return {
      503, "busy",
      "Das ist gerade nicht möglich, weil die Verarbeitung hier nicht läuft. Bitte später erneut versuchen."};
}

Response refusal(int status, const std::string& code, const std::string& german) {
  const nlohmann::json body{{"error", {{"code", code}, {"message", german}}}};
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", "application/json; charset=utf-8");
  if (status == 429) response.headers.emplace_back("Retry-After", "5");
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return response;
}

Response answer_to_current_exception() {
  try {
    throw;
  } catch (const Problem& problem) {
    Response response = refusal(problem.status, problem.code, problem.what());
    response.headers.insert(response.headers.end(), problem.headers.begin(), problem.headers.end());
    return response;
  } catch (const index::BadQuery& bad) {
    return refusal(400, "bad_query", bad.what());
  } catch (const ingest::Refused& refused) {
    return by_reason(refused.code == "too_large" ? 413 : 422, refused.code);
  } catch (const ingest::WorkerFailed& failed) {
    return with_error(by_reason(500, failed.code), failed);
  } catch (const ingest::Cancelled&) {
    const Problem problem = busy();
    return refusal(problem.status, problem.code, problem.what());
  } catch (const archive::NotFound&) {
    const Problem problem = not_found();
    return refusal(problem.status, problem.code, problem.what());
  } catch (const archive::Forbidden& forbidden) {
    return refusal(status_of(forbidden), forbidden.code,
                   std::string(archive::refusal_sentence(forbidden.code)));
  } catch (const archive::Conflict&) {
    return refusal(409, "conflict",
                   "Das wurde inzwischen von anderer Seite geändert. Bitte neu laden und erneut versuchen.");
  } catch (const archive::StorageFailure& failure) {
    return with_error(by_reason(507, "storage_full"), failure);
  } catch (const archive::Damaged& damaged) {
    return with_error(by_reason(500, "object_damaged"), damaged);
  } catch (const std::exception& error) {
    return with_error(refusal(500, "internal",
                              "Es ist ein unerwarteter Fehler aufgetreten. Bitte die "
                              "Systembetreuung verständigen."),
                      error);
  }
}

}  // namespace eakte::api

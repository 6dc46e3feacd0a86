#pragma once
#include <string>
#include <utility>
#include <vector>

#include "api/error.h"
#include "api/http/response.h"

namespace eakte::api {

/// A request that is not answered as asked. what() is the German sentence for the person.
struct Problem : Error {
  Problem(int http_status, std::string stable_code, const std::string& german)
      : Error(german), status(http_status), code(std::move(stable_code)) {}
  int status;
  std::string code;
  std::vector<std::pair<std::string, std::string>>
      headers;  ///< that go with the status (Allow, Content-Range)
};

Problem bad_request(const std::string& german);
Problem not_found(const std::string& german = "Das Gesuchte gibt es hier nicht.");
/// This process does not do the tenant's work, or not now.
Problem busy();

/// The answer {"error":{"code":...,"message":...}}.
Response refusal(int status, const std::string& code, const std::string& german);

/// The answer to the exception being handled: the one table from exceptions to status, code and sentence.
/// To be called inside a catch block for std::exception.
Response answer_to_current_exception();

}  // namespace eakte::api

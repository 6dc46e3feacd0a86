#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::api {

/// The head of one request, parsed and checked; the body comes through a BodySink.
struct Request {
  std::string method;
  std::string raw_path;                                         ///< as received, without the query
  std::string path;                                             ///< percent-decoded
  std::vector<std::pair<std::string, std::string>> parameters;  ///< of the query, decoded, in order
  std::vector<std::pair<std::string, std::string>> headers;     ///< names in lower case
  std::vector<std::string> captures;  ///< what the {parts} of the route's pattern matched
  std::string body;                   ///< collected; empty for routes that stream
  std::string actor = "web";          ///< the account that sends it; "web" while the tenant has no accounts
  std::string session;                ///< token of its session; empty without one

  /// The header's value, "" when it is missing. `name` in lower case.
  std::string_view header(std::string_view name) const;
  /// The first parameter of that name, "" when it is missing.
  std::string_view parameter(std::string_view name) const;
  /// The value of a cookie, "" when it is missing or there twice.
  std::string_view cookie(std::string_view name) const;
  std::vector<std::string> all_parameters(std::string_view name) const;
  /// The parameter as a whole number, `fallback` when it is missing or empty. Throws Problem when it is not
  /// a number from `least` to `most`.
  int number(std::string_view name, int fallback, int least, int most) const;
};

/// Reads %XX; with `plus_is_blank` as in forms. Nothing when an escape is broken.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank = false);

/// Fills raw_path, path and parameters from the request target. Throws Problem (bad_request).
void parse_target(std::string_view target, Request& request);

}  // namespace eakte::api

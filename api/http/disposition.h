#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace eakte::api {

/// A header value with parameters: Content-Disposition, Content-Type.
struct ParameterisedValue {
  std::string value;                              ///< in lower case, "form-data"
  std::map<std::string, std::string> parameters;  ///< names in lower case, quotes taken off
};

/// Reads `value; name=token; name="quoted"`; nothing when it is malformed or names a parameter twice.
std::optional<ParameterisedValue> parameterised(std::string_view header);

/// The file name of a Content-Disposition, as bytes for ingest::displayable: `filename*` (RFC 8187, UTF-8 or
/// ISO-8859-1) before `filename`; what browsers escape in form data (%22, %0D, %0A) is undone. Nothing when
/// none is given.
std::optional<std::string> file_name_of(const ParameterisedValue& disposition);

enum class Disposition { inline_view, attachment };

/// A Content-Disposition for a download (RFC 6266): an ASCII fallback without anything that could be a path
/// or end the quotes, and the name itself percent-encoded. `name` is valid UTF-8.
std::string content_disposition(Disposition disposition, std::string_view name);

}  // namespace eakte::api

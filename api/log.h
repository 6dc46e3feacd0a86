#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace eakte::api {

/// One line per event on standard error for the operator: time, level, event, key=value. Ids, codes and
/// counts only: never content, file names or names of people. Thread-safe.
enum class LogLevel { info, warning, error };
using LogField = std::pair<std::string_view, std::string>;
void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});

}  // namespace eakte::api

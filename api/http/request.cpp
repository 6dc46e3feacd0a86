#include "api/http/request.h"

#include <algorithm>
#include <charconv>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decoded_or_problem(std::string_view text, bool plus_is_blank) {
  auto decoded = percent_decoded(text, plus_is_blank);
  if (!decoded) throw bad_request("Die Adresse enthält eine ungültige Prozentkodierung.");
  return std::move(*decoded);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
  const auto found = std::ranges::find(headers, name, [](const auto& header) { return header.first; });
  return found == headers.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::parameter(std::string_view name) const {
  const auto found = std::ranges::find(parameters, name, [](const auto& given) { return given.first; });
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view Request::cookie(std::string_view name) const {
  std::string_view found;
  int count = 0;
  for (const auto& [header, value] : headers) {
    if (header != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      std::string_view pair = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
      pair.remove_prefix(std::min(pair.size(), pair.find_first_not_of(' ')));
      const auto equals = pair.find('=');
      if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
      found = pair.substr(equals + 1);
      ++count;
    }
  }
  return count == 1 ? found : std::string_view();
}

std::vector<std::string> Request::all_parameters(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [given, value] : parameters) {
    if (given == name && !value.empty()) values.push_back(value);
  }
  return values;
}

int Request::number(std::string_view name, int fallback, int least, int most) const {
  const std::string_view text = parameter(name);
  if (text.empty()) return fallback;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value < least || value > most) {
    throw bad_request("Die Angabe „" + std::string(name) + "“ muss eine Zahl von " + std::to_string(least) +
                      " bis " + std::to_string(most) + " sein.");
  }
  return value;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      decoded += ' ';
    } else if (text[i] != '%') {
      decoded += text[i];
    } else {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[i + 1]);
      const int low = hex_value(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      decoded += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return decoded;
}

void parse_target(std::string_view target, Request& request) {
  const auto question = target.find('?');
  request.raw_path = target.substr(0, question);
  request.path = decoded_or_problem(request.raw_path, false);
  request.parameters.clear();
  if (question == std::string_view::npos) return;
  std::string_view query = target.substr(question + 1);
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    request.parameters.emplace_back(
        decoded_or_problem(pair.substr(0, equals), true),
        equals == std::string_view::npos ? std::string() : decoded_or_problem(pair.substr(equals + 1), true));
  }
}

}  // namespace eakte::api

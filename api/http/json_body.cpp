#include "api/http/json_body.h"

#include <nlohmann/json.hpp>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

constexpr std::size_t most_text_bytes = 10'000;
constexpr std::size_t most_texts = 10'000;

[[noreturn]] void refuse(std::string_view name, std::string_view what) {
  throw bad_request("Die Angabe „" + std::string(name) + "“ fehlt oder ist " + std::string(what) + ".");
}

const Json& member(const Json& body, std::string_view name, std::string_view what) {
  const auto found = body.find(std::string(name));
  if (found == body.end()) refuse(name, what);
  return *found;
}

archive::Date date_from(const std::string& text, std::string_view name) {
  const auto date = archive::date_from_iso(text);
  if (!date) refuse(name, "kein Kalendertag der Form 2026-11-21");
  return *date;
}

}  // namespace

Json json_body(const Request& request) {
  Json body = Json::parse(request.body, nullptr, false);
  if (!body.is_object()) throw bad_request("Die Angaben sind kein gültiges JSON der erwarteten Form.");
  return body;
}

std::string text_in(const Json& body, std::string_view name) {
  const Json& value = member(body, name, "kein Text");
  if (!value.is_string()) refuse(name, "kein Text");
  auto text = value.get<std::string>();
  if (text.size() > most_text_bytes) refuse(name, "zu lang");
  return text;
}

std::vector<std::string> texts_in(const Json& body, std::string_view name) {
  const Json& value = member(body, name, "keine Liste");
  if (!value.is_array() || value.size() > most_texts) refuse(name, "keine Liste");
  std::vector<std::string> texts;
  for (const Json& element : value) {
    if (!element.is_string()) refuse(name, "keine Liste von Texten");
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

bool truth_in(const Json& body, std::string_view name) {
  const Json& value = member(body, name, "weder wahr noch falsch");
  if (!value.is_boolean()) refuse(name, "weder wahr noch falsch");
  return value.get<bool>();
}

archive::Date date_in(const Json& body, std::string_view name) {
  return date_from(text_in(body, name), name);
}

std::optional<archive::Date> optional_date_in(const Json& body, std::string_view name) {
  const auto found = body.find(std::string(name));
  if (found == body.end() || found->is_null() || *found == "") return std::nullopt;
  return date_in(body, name);
}

}  // namespace eakte::api

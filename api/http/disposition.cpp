#include "api/http/disposition.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "api/http/request.h"

namespace eakte::api {
namespace {

bool is_token(unsigned char c) {
  return std::isalnum(c) != 0 ||
         std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
}

std::string_view take_token(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, is_token);
  const std::string_view token = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(token.size());
  return token;
}

/// The text begins with the opening quote. A backslash quotes only a quote or a backslash, since some senders
/// put Windows paths in unquoted.
std::optional<std::string> take_quoted(std::string_view& text) {
  std::string value;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') {
      text.remove_prefix(i + 1);
      return value;
    }
    const bool escape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\');
    if (escape) ++i;
    value += text[i];
  }
  return std::nullopt;
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | (byte >> 6));
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

/// UTF-8'language'percent-encoded
std::optional<std::string> extended_value(std::string_view text) {
  const auto first = text.find('\'');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = text.find('\'', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  const std::string charset = lower(text.substr(0, first));
  auto bytes = percent_decoded(text.substr(second + 1));
  if (!bytes || charset == "utf-8") return bytes;
  if (charset == "iso-8859-1") return latin1_to_utf8(*bytes);
  return std::nullopt;
}

std::string without_form_escapes(std::string_view text) {
  constexpr auto escapes =
      std::to_array<std::pair<std::string_view, char>>({{"%22", '"'}, {"%0D", '\r'}, {"%0A", '\n'}});
  std::string result;
  while (!text.empty()) {
    const auto found =
        std::ranges::find_if(escapes, [&](const auto& escape) { return text.starts_with(escape.first); });
    result += found == escapes.end() ? text.front() : found->second;
    text.remove_prefix(found == escapes.end() ? 1 : 3);
  }
  return result;
}

}  // namespace

std::optional<ParameterisedValue> parameterised(std::string_view header) {
  ParameterisedValue result;
  skip_blanks(header);
  const auto end = std::ranges::find_if(header, [](char c) { return c == ';' || c == ' ' || c == '\t'; });
  result.value = lower(header.substr(0, static_cast<std::size_t>(end - header.begin())));
  header.remove_prefix(result.value.size());
  if (result.value.empty()) return std::nullopt;
  for (skip_blanks(header); !header.empty(); skip_blanks(header)) {
    if (header.front() != ';') return std::nullopt;
    header.remove_prefix(1);
    skip_blanks(header);
    if (header.empty()) break;
    const std::string name = lower(take_token(header));
    if (name.empty() || !header.starts_with('=')) return std::nullopt;
    header.remove_prefix(1);
    auto value =
        header.starts_with('"') ? take_quoted(header) : std::optional(std::string(take_token(header)));
    if (!value || !result.parameters.emplace(name, std::move(*value)).second) return std::nullopt;
  }
  return result;
}

std::optional<std::string> file_name_of(const ParameterisedValue& disposition) {
  if (const auto extended = disposition.parameters.find("filename*");
      extended != disposition.parameters.end()) {
    if (auto name = extended_value(extended->second)) return name;
  }
  const auto plain = disposition.parameters.find("filename");
  if (plain == disposition.parameters.end()) return std::nullopt;
  return without_form_escapes(plain->second);
}

std::string content_disposition(Disposition disposition, std::string_view name) {
  std::string fallback;
  std::string encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continuation = (byte & 0xc0) == 0x80;
    const bool safe = std::isalnum(byte) != 0 || c == '-' || c == '_' || c == '.' || c == ' ';
    if (!continuation) fallback += byte < 0x80 && safe ? c : '_';
    const bool plain = byte < 0x80 && safe && c != ' ';
    if (plain) {
      encoded += c;
    } else {
      constexpr std::string_view digits = "0123456789ABCDEF";
      encoded += '%';
      encoded += digits[byte >> 4];
      encoded += digits[byte & 0xf];
    }
  }
  if (fallback.find_first_not_of(". ") == std::string::npos) fallback = "Dokument";
  if (encoded.empty()) encoded = "Dokument";
  const std::string kind = disposition == Disposition::attachment ? "attachment" : "inline";
  return kind + "; filename=\"" + fallback + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace eakte::api

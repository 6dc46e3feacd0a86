#include "archive/package/bag_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

namespace eakte::archive {
namespace {

std::optional<std::string_view> value_behind(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return std::nullopt;
  return line.substr(name.size());
}

std::optional<int> number_in(std::string_view text) {
  int value = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool all = wrong == std::errc() && end == text.data() + text.size();
  return all && !text.empty() && text[0] != '-' ? std::optional(value) : std::nullopt;
}

void append_utf8(std::string& text, std::uint32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | (c >> 6U));
    text += static_cast<char>(0x80 | (c & 0x3FU));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | (c >> 12U));
    text += static_cast<char>(0x80 | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80 | (c & 0x3FU));
  } else {
    text += static_cast<char>(0xF0 | (c >> 18U));
    text += static_cast<char>(0x80 | ((c >> 12U) & 0x3FU));
    text += static_cast<char>(0x80 | ((c >> 6U) & 0x3FU));
    text += static_cast<char>(0x80 | (c & 0x3FU));
  }
}

std::optional<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2 != 0) return std::nullopt;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    big_endian = bytes.starts_with("\xFE\xFF");
    bytes.remove_prefix(2);
  }
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<std::uint8_t>(bytes[at]);
    const auto second = static_cast<std::uint8_t>(bytes[at + 1]);
    return static_cast<std::uint32_t>(big_endian ? first << 8U | second : second << 8U | first);
  };
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t c = unit(at);
    if (c >= 0xD800 && c < 0xE000) {
      if (c >= 0xDC00 || at + 2 >= bytes.size()) return std::nullopt;
      const std::uint32_t low = unit(at += 2);
      if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10U) + (low - 0xDC00);
    }
    append_utf8(text, c);
  }
  return text;
}

/// The letter behind a letter with a mark, U+00C0 to U+017F; blank: none.
constexpr std::string_view plain_letters =
    "AAAAAA CEEEEIIII NOOOOO  UUUUY  aaaaaa ceeeeiiii nooooo  uuuuy yAaAaAaCcCcCcCcDd  EeEeEeEeEeGgGg"
    "GgGgHh  IiIiIiIiI   JjKk LlLlLl    NnNnNn   OoOoOo  RrRrRrSsSsSsSsTtTt  UuUuUuUuUuUuWwYyYZzZzZz ";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

}  // namespace

std::vector<std::string_view> lines_in(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    const bool both = text.substr(end).starts_with("\r\n");
    text.remove_prefix(end + (both ? 2 : 1));
  }
  return lines;
}

std::optional<BagDeclaration> read_declaration(std::string_view text) {
  const auto lines = lines_in(text);
  if (lines.size() != 2) return std::nullopt;
  const auto version = value_behind(lines[0], "BagIt-Version: ");
  const auto encoding = value_behind(lines[1], "Tag-File-Character-Encoding: ");
  if (!version || !encoding || encoding->empty() || is_blank(encoding->front())) return std::nullopt;
  const std::size_t dot = version->find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto major = number_in(version->substr(0, dot));
  const auto minor = number_in(version->substr(dot + 1));
  if (!major || !minor) return std::nullopt;
  std::string name(*encoding);
  while (!name.empty() && is_blank(name.back())) name.pop_back();
  return BagDeclaration{*major, *minor, std::move(name)};
}

std::optional<std::string> decoded(std::string_view bytes, const std::string& encoding) {
  std::string name;
  for (const char c : encoding) name += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (name == "UTF-8" || name == "US-ASCII" || name == "ASCII") return std::string(bytes);
  if (name == "UTF-16" || name == "UTF-16BE") return from_utf16(bytes, true);
  if (name == "UTF-16LE") return from_utf16(bytes, false);
  if (name != "ISO-8859-1") return std::nullopt;
  std::string text;
  for (const char c : bytes) append_utf8(text, static_cast<std::uint8_t>(c));
  return text;
}

std::optional<ManifestLine> read_manifest_line(std::string_view line) {
  const std::size_t blank = line.find_first_of(" \t");
  if (blank == std::string_view::npos || blank == 0) return std::nullopt;
  ManifestLine result;
  for (const char c : line.substr(0, blank)) {
    if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
    result.checksum += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  line.remove_prefix(blank);
  while (!line.empty() && is_blank(line.front())) line.remove_prefix(1);
  if (line.starts_with("*")) {
    result.starred = true;
    line.remove_prefix(1);
  }
  while (line.starts_with("./")) {
    result.dotted = true;
    line.remove_prefix(2);
  }
  if (line.empty()) return std::nullopt;
  result.path = line;
  return result;
}

std::string encoded_path(std::string_view path) {
  std::string result;
  for (const char c : path) {
    if (c == '\r') {
      result += "%0D";
    } else if (c == '\n') {
      result += "%0A";
    } else if (c == '%') {
      result += "%25";
    } else {
      result += c;
    }
  }
  return result;
}

std::string decoded_path(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, char>, 5> codes{
      {{"%0D", '\r'}, {"%0d", '\r'}, {"%0A", '\n'}, {"%0a", '\n'}, {"%25", '%'}}};
  std::string result;
  while (!path.empty()) {
    const auto* const code =
        std::ranges::find_if(codes, [&](const auto& one) { return path.starts_with(one.first); });
    result += code != codes.end() ? code->second : path.front();
    path.remove_prefix(code != codes.end() ? code->first.size() : 1);
  }
  return result;
}

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.back() == '/' || path.front() == '~') return false;
  if (path.find('\\') != std::string_view::npos || path.find('\0') != std::string_view::npos) return false;
  if (path.size() > 1 && path[1] == ':') return false;
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return true;
}

std::string folded_path(std::string_view path) {
  std::string result;
  for (std::size_t at = 0; at < path.size(); ++at) {
    const auto c = static_cast<unsigned char>(path[at]);
    const auto next = at + 1 < path.size() ? static_cast<unsigned char>(path[at + 1]) : 0U;
    const std::uint32_t two =
        c >= 0xC3 && c <= 0xCD && (next & 0xC0U) == 0x80 ? (c & 0x1FU) << 6U | (next & 0x3FU) : 0;
    if (two >= 0xC0 && two < 0xC0 + plain_letters.size() && plain_letters[two - 0xC0] != ' ') {
      result += static_cast<char>(std::tolower(plain_letters[two - 0xC0]));
      ++at;
    } else if (two >= 0x300 && two < 0x370) {
      ++at;  // a mark that stands beside its letter
    } else {
      result += c < 0x80 ? static_cast<char>(std::tolower(c)) : path[at];
    }
  }
  return result;
}

std::vector<std::pair<std::string, std::string>> read_tags(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> tags;
  for (const std::string_view line : lines_in(text)) {
    if (line.empty()) continue;
    if (is_blank(line.front()) && !tags.empty()) {
      tags.back().second += " ";
      tags.back().second += line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
      continue;
    }
    const std::size_t colon = line.find(':');
    std::string name(line.substr(0, colon));
    while (!name.empty() && is_blank(name.back())) name.pop_back();
    std::string_view value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    while (!value.empty() && is_blank(value.front())) value.remove_prefix(1);
    tags.emplace_back(std::move(name), std::string(value));
  }
  return tags;
}

}  // namespace eakte::archive

#include "archive/page_words.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>

#include "archive/error.h"
#include "archive/json_number.h"

namespace eakte::archive {
namespace {

using nlohmann::json;

constexpr std::size_t word_fields = 8;

/// A JSON string; bytes that are not UTF-8 become U+FFFD.
std::string quoted(const std::string& text) {
  return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
}

void append_page(std::string& out, const ocr::PageText& page, int number) {
  auto to = std::back_inserter(out);
  fmt::format_to(to, R"({{"number":{},"width":{},"height":{},"dpi":{},"confidence":{},"words":[)", number,
                 page.width, page.height, page.dpi, page.confidence);
  const char* separator = "";
  for (const ocr::Word& word : page.words) {
    fmt::format_to(to, "{}[{},{},{},{},{},{},{},{}]", separator, quoted(word.text), word.box.left,
                   word.box.top, word.box.width, word.box.height, std::lround(word.confidence * 100.0F),
                   word.block, word.line);
    separator = ",";
  }
  out += "]}\n";
}

float share(const json& value, float scale) {
  if (!value.is_number()) throw Error("a confidence is missing");
  const auto number = value.get<double>() / static_cast<double>(scale);
  if (!(number >= 0 && number <= 1)) throw Error("a confidence is out of range");
  return static_cast<float>(number);
}

ocr::Word word_from(const json& fields) {
  if (!fields.is_array() || fields.size() != word_fields) throw Error("a word does not have 8 fields");
  return {fields[0].get<std::string>(),
          {whole_number<int>(fields[1]), whole_number<int>(fields[2]), whole_number<int>(fields[3]),
           whole_number<int>(fields[4])},
          share(fields[5], 100.0F),
          whole_number<int>(fields[6]),
          whole_number<int>(fields[7])};
}

/// Reads line `number` (from 1).
ocr::PageText page_from(std::string_view line, int number) {
  try {
    const json object = json::parse(line);
    if (whole_number<int>(object.at("number")) != number) throw Error("the page has another number");
    ocr::PageText page;
    page.width = whole_number<int>(object.at("width"));
    page.height = whole_number<int>(object.at("height"));
    page.dpi = whole_number<int>(object.at("dpi"));
    page.confidence = share(object.at("confidence"), 1.0F);
    for (const json& fields : object.at("words")) page.words.push_back(word_from(fields));
    return page;
  } catch (const json::exception& error) {
    throw Error(fmt::format("words rendition, line {}: {}", number, error.what()));
  } catch (const Error& error) {
    throw Error(fmt::format("words rendition, line {}: {}", number, error.what()));
  }
}

/// Takes the first line off `rest`; nothing at the end.
std::optional<std::string_view> next_line(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const std::size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return line;
}

}  // namespace

std::string words_to_jsonl(const std::vector<ocr::PageText>& pages) {
  std::string out;
  int number = 0;
  for (const ocr::PageText& page : pages) append_page(out, page, ++number);
  return out;
}

std::string page_to_jsonl(const ocr::PageText& page, int number) {
  std::string out;
  append_page(out, page, number);
  return out;
}

std::vector<ocr::PageText> words_from_jsonl(std::string_view jsonl) {
  std::vector<ocr::PageText> pages;
  while (const auto line = next_line(jsonl))
    pages.push_back(page_from(*line, static_cast<int>(pages.size()) + 1));
  return pages;
}

ocr::PageText page_words_from_jsonl(std::string_view jsonl, int number) {
  for (int line_number = 1; const auto line = next_line(jsonl); ++line_number) {
    if (line_number == number) return page_from(*line, number);
  }
  throw NotFound(fmt::format("words rendition: there is no page {}", number));
}

std::string pages_to_text(const std::vector<ocr::PageText>& pages) {
  std::string text;
  for (const ocr::PageText& page : pages) text += page_to_text(page);
  return text;
}

std::string page_to_text(const ocr::PageText& page) { return ocr::plain_text(page) + '\f'; }

}  // namespace eakte::archive

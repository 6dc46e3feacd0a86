#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

bool is_end_of_line(char c) { return c == '\r' || c == '\n'; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length of the end-of-line marker at `at`: 0, 1 or 2.
std::size_t end_of_line(std::string_view bytes, std::size_t at) {
  if (at >= bytes.size() || !is_end_of_line(bytes[at])) return 0;
  return bytes[at] == '\r' && at + 1 < bytes.size() && bytes[at + 1] == '\n' ? 2 : 1;
}

std::size_t digits(std::string_view bytes, std::size_t at) {
  std::size_t end = at;
  while (end < bytes.size() && is_digit(bytes[end])) ++end;
  return end - at;
}

void check_header(std::string_view bytes, Findings& findings) {
  const bool is_header =
      bytes.starts_with("%PDF-1.") && bytes.size() > 8 && bytes[7] >= '0' && bytes[7] <= '7';
  const std::size_t marker = is_header ? end_of_line(bytes, 8) : 0;
  if (marker == 0) return findings.add("6.1.2", "the file does not begin with a PDF header");
  const std::string_view comment = bytes.substr(8 + marker, 5);
  const bool is_binary = comment.size() == 5 && comment[0] == '%' &&
                         std::all_of(comment.begin() + 1, comment.end(),
                                     [](char c) { return static_cast<unsigned char>(c) > 127; });
  if (!is_binary) findings.add("6.1.2", "no comment of four binary bytes follows the header");
}

void check_trailer(QPDF& pdf, std::string_view bytes, Findings& findings) {
  QPDFObjectHandle trailer = pdf.getTrailer();
  QPDFObjectHandle id = item(member(trailer, "/ID"), 0);
  if (!id.isString() || id.getStringValue().empty()) findings.add("6.1.3", "the trailer has no ID");
  if (trailer.hasKey("/Encrypt") || pdf.isEncrypted()) findings.add("6.1.3", "the file is encrypted");
  const std::size_t end = bytes.rfind("%%EOF");
  if (end == std::string_view::npos || end + 5 + end_of_line(bytes, end + 5) != bytes.size()) {
    findings.add("6.1.3", "the file does not end with its end-of-file marker");
  }
}

/// "xref" at `at`, one end of line, "0 25", one end of line.
void check_cross_reference(std::string_view bytes, std::size_t at, Findings& findings) {
  const bool is_keyword = at > 0 && is_end_of_line(bytes[at - 1]);
  if (!is_keyword) return;
  std::size_t next = at + 4;
  if (next < bytes.size() && !is_end_of_line(bytes[next]) && bytes[next] != ' ') return;
  const std::size_t marker = end_of_line(bytes, next);
  next += marker;
  const std::size_t first = digits(bytes, next);
  const bool has_blank = next + first < bytes.size() && bytes[next + first] == ' ';
  const std::size_t count = has_blank ? digits(bytes, next + first + 1) : 0;
  if (marker == 0 || first == 0 || count == 0) {
    findings.add("6.1.4",
                 "keyword xref and its first section are not separated by one end of line and blank");
  }
}

void check_cross_references(const PdfBytes& bytes, Findings& findings) {
  constexpr std::string_view keyword = "xref";
  constexpr std::size_t step = std::size_t{1} << 20U;
  for (std::size_t begin = 0; begin < bytes.all().size(); begin += step) {
    // A keyword that begins in this step may end in the next one.
    const std::string_view part = bytes.all().substr(begin, step + keyword.size() - 1);
    for (std::size_t at = 0; (at = part.find(keyword, at)) != std::string_view::npos; at += keyword.size()) {
      check_cross_reference(bytes.all(), begin + at, findings);
    }
    bytes.looked_at(part);
  }
}

/// Where a stream's data ends must agree with its Length.
void check_stream(QPDFObjectHandle stream, std::string_view bytes, Findings& findings) {
  const qpdf_offset_t offset = stream.getParsedOffset();
  QPDFObjectHandle length = stream.getDict().getKey("/Length");
  if (offset <= 0 || !length.isInteger()) return;
  const auto begin = static_cast<std::size_t>(offset);
  if (begin > bytes.size()) return;
  const std::string_view before = bytes.substr(0, begin);
  if (!before.ends_with("stream\n") && !before.ends_with("stream\r\n")) {
    findings.add("6.1.7.1", fmt::format("keyword stream of object {} has no proper end of line",
                                        stream.getObjGen().unparse(' ')));
  }
  const std::size_t end = begin + static_cast<std::size_t>(std::max(0LL, length.getIntValue()));
  const std::size_t marker = end < bytes.size() ? end_of_line(bytes, end) : 0;
  if (marker == 0 || bytes.substr(end + marker, 9) != "endstream") {
    findings.add("6.1.7.1",
                 fmt::format("Length of stream {} does not lead to an end of line before endstream",
                             stream.getObjGen().unparse(' ')));
  }
}

/// "12 0 obj" with single blanks on a line of its own, and the same for "endobj".
void check_spacing(std::string_view bytes, std::size_t begin, std::size_t end, Findings& findings) {
  const auto fail = [&findings, begin](std::string_view what) {
    findings.add("6.1.9",
                 fmt::format("{} of the object at byte {} is not set off as it should be", what, begin));
  };
  const std::size_t number = digits(bytes, begin);
  const std::size_t generation = digits(bytes, begin + number + 1);
  const std::size_t keyword = begin + number + 1 + generation + 1;
  const bool has_single_blanks = number > 0 && generation > 0 && bytes.substr(keyword, 3) == "obj";
  if (begin == 0 || !is_end_of_line(bytes[begin - 1]) || !has_single_blanks ||
      end_of_line(bytes, keyword + 3) == 0) {
    fail("the beginning");
  }
  const std::size_t last = bytes.substr(0, end).rfind("endobj");
  if (last == std::string_view::npos || last < begin) return;
  if (!is_end_of_line(bytes[last - 1]) || end_of_line(bytes, last + 6) == 0) fail("the end");
}

/// Tokens of an object up to its stream data or its end.
void check_tokens(std::string_view bytes, Findings& findings) {
  const auto input = std::make_shared<BufferInputSource>("object", std::string(bytes));
  QPDFTokenizer tokenizer;
  tokenizer.allowEOF();
  while (true) {
    const QPDFTokenizer::Token token = tokenizer.readToken(input, "object", true);
    if (token.getType() == QPDFTokenizer::tt_eof || token.isWord("stream") || token.isWord("endobj")) return;
    check_token(token, findings);
  }
}

void check_bodies(QPDF& pdf, const PdfBytes& file, Findings& findings) {
  const std::string_view bytes = file.all();
  std::map<std::size_t, QPDFObjGen> places;
  for (const auto& [object, entry] : pdf.getXRefTable()) {
    if (entry.getType() == 1)
      places.emplace(static_cast<std::size_t>(std::max<qpdf_offset_t>(0, entry.getOffset())), object);
  }
  for (auto place = places.begin(); place != places.end(); ++place) {
    // An offset may point at the white space before the object.
    const std::size_t begin = std::min(bytes.find_first_not_of(" \t\r\n\f", place->first), bytes.size());
    if (begin >= bytes.size()) continue;
    const auto next = std::next(place);
    const std::size_t end = std::min(next == places.end() ? bytes.size() : next->first, bytes.size());
    check_spacing(bytes, begin, end, findings);
    QPDFObjectHandle object = pdf.getObject(place->second);
    std::size_t text_end = end;
    if (object.isStream()) {
      check_stream(object, bytes, findings);
      const auto data = static_cast<std::size_t>(std::max<qpdf_offset_t>(0, object.getParsedOffset()));
      if (data > begin && data < end) text_end = data;
      if (member(object, "/Type").isNameAndEquals("/ObjStm")) {
        const std::optional<std::string> inside = decoded_bytes(object, longest_content);
        if (inside) check_tokens(*inside, findings);
      }
    }
    check_tokens(bytes.substr(begin, text_end - begin), findings);
    file.looked_at(bytes.substr(begin, text_end - begin));
    file.looked_at(bytes.substr(end - 1, 1));
  }
}

}  // namespace

void check_token(const QPDFTokenizer::Token& token, Findings& findings) {
  const std::string& value = token.getValue();
  switch (token.getType()) {
    case QPDFTokenizer::tt_integer: {
      const double number = std::strtod(value.c_str(), nullptr);
      if (number > 2147483647.0 || number < -2147483648.0) findings.add("6.1.13", "an integer is too large");
      break;
    }
    case QPDFTokenizer::tt_real: {
      const double number = std::abs(std::strtod(value.c_str(), nullptr));
      if (number > 3.403e38) findings.add("6.1.13", "a real number is too large");
      if (number != 0 && number < 1.175e-38) findings.add("6.1.13", "a real number is too near to zero");
      break;
    }
    case QPDFTokenizer::tt_string: {
      if (value.size() > 32767) findings.add("6.1.13", "a string is longer than 32767 bytes");
      const std::string& raw = token.getRawValue();
      if (raw.empty() || raw.front() != '<') break;
      const auto hex =
          std::count_if(raw.begin(), raw.end(), [](unsigned char c) { return std::isxdigit(c) != 0; });
      if (hex % 2 != 0) findings.add("6.1.6", "a hexadecimal string has an odd number of digits");
      break;
    }
    case QPDFTokenizer::tt_bad:
      findings.add("6.1.6", "a string or name is malformed");
      break;
    case QPDFTokenizer::tt_name:
      if (value.size() > 128) findings.add("6.1.13", "a name is longer than 127 bytes");
      break;
    default:
      break;
  }
}

void check_file(QPDF& pdf, const PdfBytes& bytes, Findings& findings) {
  constexpr std::size_t most_objects = 8388607;
  check_header(bytes.all(), findings);
  check_trailer(pdf, bytes.all(), findings);
  check_cross_references(bytes, findings);
  check_bodies(pdf, bytes, findings);
  if (pdf.getObjectCount() > most_objects) findings.add("6.1.13", "there are too many objects");
  for (const QPDFExc& warning : pdf.getWarnings()) {
    findings.add("6.1", fmt::format("the file is damaged: {}", warning.getMessageDetail()));
  }
}

}  // namespace eakte::archive

#include "api/http/chunked_body.h"

#include <algorithm>
#include <charconv>

#include "api/http/problem.h"

namespace eakte::api {
namespace {

constexpr std::size_t max_size_digits = 15;
constexpr std::size_t max_size_line = 280;
constexpr std::size_t max_trailer_bytes = 8192;

Problem malformed() { return bad_request("Die stückweise Übertragung ist fehlerhaft."); }

/// Adds to `line` up to and including the next CRLF. The end is kept until it is complete.
std::size_t take_line(std::string_view input, std::string& line, std::size_t limit) {
  const std::size_t newline = input.find('\n');
  const std::size_t taken = newline == std::string_view::npos ? input.size() : newline + 1;
  if (line.size() + taken > limit) throw malformed();
  line += input.substr(0, taken);
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    if (line[i] == '\r' && line[i + 1] != '\n') throw malformed();
  }
  if (line.ends_with('\n') && !line.ends_with("\r\n")) throw malformed();
  return taken;
}

}  // namespace

void ChunkedBody::end_size_line() {
  const std::string_view line = std::string_view(line_).substr(0, line_.size() - 2);
  const std::string_view digits = line.substr(0, line.find_first_of("; \t"));
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (digits.empty() || digits.size() > max_size_digits || error != std::errc() ||
      end != digits.data() + digits.size()) {
    throw malformed();
  }
  const std::string_view extension = line.substr(digits.size());
  const bool control =
      std::ranges::any_of(extension, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; });
  const std::size_t begin = extension.find_first_not_of(" \t");
  if (control || (!extension.empty() && (begin == std::string_view::npos || extension[begin] != ';')))
    throw malformed();
  left_ = size;
  state_ = size == 0 ? State::trailer : State::content;
  line_.clear();
}

ChunkedBody::Step ChunkedBody::step(std::string_view input) {
  if (input.empty() || state_ == State::done) return {};
  if (state_ == State::content) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, input.size()));
    left_ -= size;
    if (left_ == 0) state_ = State::content_end;
    return {size, input.substr(0, size)};
  }
  const std::size_t limit = state_ == State::trailer     ? max_trailer_bytes
                            : state_ == State::size_line ? max_size_line
                                                         : 2;
  const std::size_t taken = take_line(input, line_, limit);
  if (!line_.ends_with('\n')) return {taken, {}};
  switch (state_) {
    case State::size_line:
      end_size_line();
      break;
    case State::content_end:
      state_ = State::size_line;
      line_.clear();
      break;
    default:
      trailer_bytes_ += line_.size();
      if (trailer_bytes_ > max_trailer_bytes) throw malformed();
      if (line_ == "\r\n") state_ = State::done;
      line_.clear();
  }
  return {taken, {}};
}

}  // namespace eakte::api

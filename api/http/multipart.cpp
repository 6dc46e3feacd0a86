#include "api/http/multipart.h"

#include <algorithm>
#include <cctype>

#include "api/http/disposition.h"
#include "api/http/problem.h"

namespace eakte::api {
namespace {

Problem malformed() { return bad_request("Das hochgeladene Formular ist fehlerhaft aufgebaut."); }

bool is_boundary_character(unsigned char c) {
  return std::isalnum(c) != 0 ||
         std::string_view("'()+_,-./:=? ").find(static_cast<char>(c)) != std::string_view::npos;
}

bool is_name(std::string_view line, std::string_view name) {
  return line.size() > name.size() && line[name.size()] == ':' &&
         std::ranges::equal(line.substr(0, name.size()), name,
                            [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
}

PartHead part_head(std::string_view lines) {
  std::optional<ParameterisedValue> disposition;
  constexpr std::string_view name = "content-disposition";
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find("\r\n"));
    lines.remove_prefix(std::min(lines.size(), line.size() + 2));
    if (!is_name(line, name)) continue;
    if (disposition) throw malformed();
    disposition = parameterised(line.substr(name.size() + 1));
    if (!disposition) throw malformed();
  }
  if (!disposition || disposition->value != "form-data" || !disposition->parameters.contains("name"))
    throw malformed();
  return {disposition->parameters.at("name"), file_name_of(*disposition)};
}

}  // namespace

MultipartParser::MultipartParser(std::string_view boundary, Receiver receiver)
    : delimiter_("\r\n--" + std::string(boundary)), receiver_(std::move(receiver)), pending_("\r\n") {
  const bool allowed = !boundary.empty() && boundary.size() <= 70 && boundary.back() != ' ' &&
                       std::ranges::all_of(boundary, is_boundary_character);
  if (!allowed) throw malformed();
}

void MultipartParser::feed(std::string_view bytes) {
  if (state_ == State::epilogue) return;
  pending_ += bytes;
  while (step()) {
  }
}

bool MultipartParser::step() {
  switch (state_) {
    case State::preamble:
    case State::content:
      return find_boundary();
    case State::after_boundary:
      return read_boundary_line();
    case State::head:
      return read_head();
    case State::epilogue:
      pending_.clear();
      return false;
  }
  return false;
}

bool MultipartParser::find_boundary() {
  const bool in_part = state_ == State::content;
  const std::size_t found = pending_.find(delimiter_);
  const bool here = found != std::string::npos;
  // What could be the beginning of a boundary stays until the next piece tells.
  const std::size_t settled =
      here ? found : pending_.size() - std::min(pending_.size(), delimiter_.size() - 1);
  if (in_part && settled != 0) receiver_.content(std::string_view(pending_).substr(0, settled));
  pending_.erase(0, here ? found + delimiter_.size() : settled);
  if (!here) return false;
  if (in_part) receiver_.end();
  state_ = State::after_boundary;
  return true;
}

bool MultipartParser::read_boundary_line() {
  if (pending_.size() < 2) return false;
  if (pending_.starts_with("--")) {
    state_ = State::epilogue;
    return true;
  }
  const std::size_t end = std::min(pending_.find_first_not_of(" \t"), pending_.size());
  if (end > max_part_head) throw malformed();
  if (pending_.size() < end + 2) return false;
  if (pending_.compare(end, 2, "\r\n") != 0) throw malformed();
  // The line end stays: a part without any head line begins with the empty line at once.
  pending_.erase(0, end);
  state_ = State::head;
  return true;
}

bool MultipartParser::read_head() {
  const std::size_t end = pending_.find("\r\n\r\n");
  if (end == std::string::npos ? pending_.size() >= max_part_head + 4 : end > max_part_head)
    throw malformed();
  if (end == std::string::npos) return false;
  if (++parts_ > max_parts) throw bad_request("Das hochgeladene Formular hat zu viele Teile.");
  const PartHead head = part_head(std::string_view(pending_).substr(2, end - std::min<std::size_t>(end, 2)));
  pending_.erase(0, end + 4);
  receiver_.begin(head);
  state_ = State::content;
  return true;
}

}  // namespace eakte::api

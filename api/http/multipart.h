#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace eakte::api {

/// Head of one part of a form.
struct PartHead {
  std::string field;                     ///< `name` of the Content-Disposition
  std::optional<std::string> file_name;  ///< as sent, bytes of any kind; nothing for an ordinary field
};

/// Takes a multipart/form-data body apart (RFC 7578, RFC 2046 section 5.1) in pieces of any size, holding no
/// more than one part head or a boundary's length. Calls come in the order begin, content..., end for each
/// part.
class MultipartParser {
public:
  struct Receiver {
    std::function<void(const PartHead&)> begin;
    std::function<void(std::string_view)> content;
    std::function<void()> end;
  };
  static constexpr std::size_t max_part_head = 16'384;
  static constexpr std::size_t max_parts = 1000;

  /// `boundary` as in the Content-Type, without its hyphens. Throws Problem when RFC 2046 does not allow it.
  MultipartParser(std::string_view boundary, Receiver receiver);

  /// Throws Problem (bad_request) when the body is malformed, and what the receiver throws.
  void feed(std::string_view bytes);
  /// The closing boundary was seen; only then is the form complete.
  bool complete() const { return state_ == State::epilogue; }

private:
  enum class State { preamble, after_boundary, head, content, epilogue };
  bool step();
  bool find_boundary();
  bool read_boundary_line();
  bool read_head();

  std::string delimiter_;  ///< CRLF, two hyphens, boundary
  Receiver receiver_;
  State state_ = State::preamble;
  std::string pending_;  ///< received and not yet understood
  std::size_t parts_ = 0;
};

}  // namespace eakte::api

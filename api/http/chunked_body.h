#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace eakte::api {

/// Takes the chunked transfer coding (RFC 9112 section 7.1) apart, in pieces of any size. Strict: CRLF only,
/// at most 15 hexadecimal digits, extensions of at most 256 bytes are passed over, trailers of at most 8 kB
/// likewise.
class ChunkedBody {
public:
  struct Step {
    std::size_t taken = 0;     ///< bytes of the input that are done with
    std::string_view content;  ///< a view into the input, possibly empty
  };
  /// One step on; call again with the rest until nothing is taken or done(). Throws Problem (bad_request).
  Step step(std::string_view input);
  bool done() const { return state_ == State::done; }

private:
  enum class State { size_line, content, content_end, trailer, done };
  void end_size_line();

  State state_ = State::size_line;
  std::string line_;        ///< the line begun, without its end
  std::uint64_t left_ = 0;  ///< content bytes of this chunk still to come
  std::size_t trailer_bytes_ = 0;
};

}  // namespace eakte::api

#pragma once
#include <string>
#include <string_view>

namespace eakte::archive {

/// Tags as they stand in the first byte; numbers above 30 do not occur here.
namespace der {
inline constexpr unsigned char integer = 0x02;
inline constexpr unsigned char octet_string = 0x04;
inline constexpr unsigned char object_identifier = 0x06;
inline constexpr unsigned char sequence = 0x30;
inline constexpr unsigned char context_0 = 0xA0;
inline constexpr unsigned char context_1 = 0xA1;
inline constexpr unsigned char context_2 = 0xA2;
}  // namespace der

/// Walks over encoded elements (X.690). Views point into the bytes given, which must live on. Definite
/// lengths only. Throws Error when an element does not fit into its surroundings.
class DerReader {
public:
  explicit DerReader(std::string_view bytes) : rest_(bytes) {}
  bool at_end() const { return rest_.empty(); }
  /// Tag of the next element; 0 at the end.
  unsigned char next_tag() const { return rest_.empty() ? 0 : static_cast<unsigned char>(rest_.front()); }
  /// Content of the next element, which must have `tag`.
  std::string_view take(unsigned char tag, const char* what);
  /// The next element with its header.
  std::string_view take_whole(const char* what);
  /// Everything that is left; nothing is left then.
  std::string_view take_rest();
  /// Passes over `bytes` bytes.
  void skip(std::size_t bytes) { rest_.remove_prefix(bytes); }
  std::string_view rest() const { return rest_; }

private:
  std::string_view rest_;
};

/// An element with the shortest length.
std::string der_element(unsigned char tag, std::string_view content);
std::string der_integer(int value);  ///< 0..127

}  // namespace eakte::archive

#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "ingest/error.h"

namespace eakte::ingest {

/// FNV-1a, 64 bit: tells a damaged file of our own, not a forged one.
inline std::uint64_t fnv1a(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

/// Appends little-endian numbers.
class ByteWriter {
public:
  template <class Number>
  void number(Number value) {
    for (std::size_t i = 0; i < sizeof(Number); ++i)
      bytes_ += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  }
  void real(float value) { number(std::bit_cast<std::uint32_t>(value)); }
  void raw(std::string_view bytes) { bytes_ += bytes; }
  const std::string& bytes() const { return bytes_; }

private:
  std::string bytes_;
};

/// Reads little-endian numbers; going past the end or a number that is none throws Error naming `what`.
class ByteReader {
public:
  ByteReader(std::string_view bytes, std::string what) : bytes_(bytes), what_(std::move(what)) {}
  template <class Number>
  Number number() {
    Number value = 0;
    const std::string_view all = raw(sizeof(Number));
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      value = static_cast<Number>(
          value | static_cast<Number>(static_cast<Number>(static_cast<unsigned char>(all[i])) << (8 * i)));
    }
    return value;
  }
  float real() {
    const float value = std::bit_cast<float>(number<std::uint32_t>());
    if (!std::isfinite(value)) fail("a number is none");
    return value;
  }
  std::string_view raw(std::size_t size) {
    if (bytes_.size() < size) fail("it ends too early");
    const std::string_view piece = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return piece;
  }
  std::size_t left() const { return bytes_.size(); }
  [[noreturn]] void fail(const std::string& why) const { throw Error(what_ + " is damaged: " + why); }

private:
  std::string_view bytes_;
  std::string what_;
};

}  // namespace eakte::ingest

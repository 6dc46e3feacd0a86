#include "ingest/formats/source_bytes.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "ingest/error.h"

namespace eakte::ingest {

std::uint64_t size_of(int input) {
  struct stat status = {};
  if (::fstat(input, &status) != 0)
    throw Error(fmt::format("cannot look at the input: {}", std::strerror(errno)));
  return static_cast<std::uint64_t>(status.st_size);
}

SourceBytes::SourceBytes(int input) : file_(input) {
  if (file_.bytes().empty()) throw Refused("empty_file", "the input has no bytes");
}

std::span<const std::uint8_t> SourceBytes::bytes() const {
  const std::string_view all = file_.bytes();
  return {reinterpret_cast<const std::uint8_t*>(all.data()), all.size()};
}

std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length) {
  std::uint32_t value = 0;
  for (int i = 0; i < length; ++i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
  return value;
}

std::uint32_t little_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length) {
  std::uint32_t value = 0;
  for (int i = length - 1; i >= 0; --i) value = value << 8 | bytes[at + static_cast<std::size_t>(i)];
  return value;
}

}  // namespace eakte::ingest

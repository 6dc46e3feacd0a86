#include "ingest/formats/source_bytes.h"

#include <fmt/format.h>
#include <sys/mman.h>
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

SourceBytes::SourceBytes(int input) : size_(size_of(input)) {
  if (size_ == 0) throw Refused("empty_file", "the input has no bytes");
  void* mapping = ::mmap(nullptr, size_, PROT_READ, MAP_PRIVATE, input, 0);
  if (mapping == MAP_FAILED) throw Error(fmt::format("cannot map the input: {}", std::strerror(errno)));
  data_ = static_cast<const std::uint8_t*>(mapping);
}

SourceBytes::~SourceBytes() { ::munmap(const_cast<std::uint8_t*>(data_), size_); }

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

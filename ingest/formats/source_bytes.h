#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace eakte::ingest {

/// The whole of an open file, mapped read-only; the pages come in as they are looked at. The descriptor's
/// offset is left alone. Throws Refused (empty_file) and Error when the descriptor cannot be mapped.
class SourceBytes {
public:
  explicit SourceBytes(int input);
  ~SourceBytes();
  SourceBytes(const SourceBytes&) = delete;
  SourceBytes& operator=(const SourceBytes&) = delete;

  std::span<const std::uint8_t> bytes() const { return {data_, size_}; }

private:
  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
};

/// Size of an open file in bytes, without moving its offset. Throws Error.
std::uint64_t size_of(int input);

/// Numbers as files store them; the caller has checked that the bytes are there.
std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length);
std::uint32_t little_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length);

}  // namespace eakte::ingest

#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "archive/mapped_file.h"

namespace eakte::ingest {

/// The whole of an open file, mapped read-only. Throws Refused (empty_file), and archive::Error when the
/// descriptor cannot be mapped.
class SourceBytes {
public:
  explicit SourceBytes(int input);

  std::span<const std::uint8_t> bytes() const;

  /// Between the pages of a large file: see archive::MappedFile.
  void let_go() const { file_.let_go(); }

private:
  archive::MappedFile file_;
};

/// Size of an open file in bytes, without moving its offset. Throws Error.
std::uint64_t size_of(int input);

/// Numbers as files store them; the caller has checked that the bytes are there.
std::uint32_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length);
std::uint32_t little_endian(std::span<const std::uint8_t> bytes, std::size_t at, int length);

}  // namespace eakte::ingest

#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

#include "ingest/page_reader.h"

namespace eakte::fuzz {

/// The bytes as an open file without a name.
class OpenBytes {
public:
  OpenBytes(const std::uint8_t* bytes, std::size_t size) : descriptor_(::memfd_create("fuzz", MFD_CLOEXEC)) {
    while (size > 0) {
      const ssize_t written = ::write(descriptor_, bytes, size);
      if (written <= 0) break;
      bytes += written;
      size -= static_cast<std::size_t>(written);
    }
  }
  ~OpenBytes() { ::close(descriptor_); }
  OpenBytes(const OpenBytes&) = delete;
  OpenBytes& operator=(const OpenBytes&) = delete;
  int descriptor() const { return descriptor_; }

private:
  int descriptor_;
};

/// Small limits, so that a run is fast; the code that keeps them is the same.
inline ingest::ReadLimits small_limits() {
  ingest::ReadLimits limits;
  limits.pixels_per_page = 1'000'000;
  limits.pages = 20;
  limits.archive_members = 100;
  limits.archive_bytes = 20'000'000;
  return limits;
}

/// Reads every page of the bytes taken as `format`; anything but pages or Error is a find.
inline void read_pages(const std::uint8_t* bytes, std::size_t size, ingest::Format format) {
  const OpenBytes file(bytes, size);
  try {
    const auto reader = ingest::open_pages(file.descriptor(), format, small_limits());
    for (int number = 1; number <= reader->page_count(); ++number) reader->read(number);
  } catch (const ingest::Error&) {
    return;
  }
}

}  // namespace eakte::fuzz

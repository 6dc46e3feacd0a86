#pragma once
#include <tiffio.h>

#include <cstdint>
#include <memory>
#include <string>

namespace eakte::ingest {

struct TiffClosing {
  void operator()(TIFF* tiff) const { TIFFClose(tiff); }
};
using TiffHandle = std::unique_ptr<TIFF, TiffClosing>;

/// What libtiff complained of; it never prints. Address stays while a handle is open.
struct TiffComplaints {
  int errors = 0;
  int warnings = 0;
  std::string first;  ///< the first error since it was cleared

  void clear();
};

/// A file read through a descriptor with pread: the offset is left alone. Outlives its handle.
class TiffSource {
public:
  explicit TiffSource(int input);
  TiffSource(const TiffSource&) = delete;
  TiffSource& operator=(const TiffSource&) = delete;

  /// Nothing when the first directory cannot be read.
  TiffHandle open();
  std::uint64_t size() const { return size_; }
  int descriptor() const { return input_; }
  TiffComplaints& complaints() { return complaints_; }
  bool read_past_end() const { return read_past_end_; }

private:
  friend struct TiffSourceProcedures;
  int input_;
  std::uint64_t size_;
  std::uint64_t position_ = 0;
  bool read_past_end_ = false;
  TiffComplaints complaints_;
};

/// A TIFF in memory, for coding strips and for decoding strips that come without a file. Outlives its handle.
class MemoryTiff {
public:
  MemoryTiff() = default;
  explicit MemoryTiff(std::string bytes) : bytes_(std::move(bytes)) {}
  MemoryTiff(const MemoryTiff&) = delete;
  MemoryTiff& operator=(const MemoryTiff&) = delete;

  TiffHandle open_for_writing();  ///< throws Error
  TiffHandle open();              ///< nothing when it cannot be read
  const std::string& bytes() const { return bytes_; }
  const std::string& complaint() const { return complaints_.first; }
  TiffComplaints& complaints() { return complaints_; }

private:
  friend struct MemoryTiffProcedures;
  TiffHandle open(const char* mode);
  std::string bytes_;
  std::uint64_t position_ = 0;
  TiffComplaints complaints_;
};

}  // namespace eakte::ingest

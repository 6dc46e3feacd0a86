#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// A file looked at through memory, whatever the position of its descriptor. Read-only.
class MappedFile {
public:
  /// Throws Error when the descriptor cannot be mapped or the file is empty.
  explicit MappedFile(int descriptor);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view bytes() const { return bytes_; }

private:
  std::string_view bytes_;
};

/// Opens a PDF in memory quietly, with the empty password. `bytes` must outlive `pdf`. Throws what qpdf
/// throws.
void open_pdf(QPDF& pdf, std::string_view bytes);

/// The end of a pipeline: writes to a descriptor, which stays open. It does not throw while qpdf writes,
/// because qpdf finishes pipelines in destructors; the caller asks with require_written() at the end.
class DescriptorPipeline : public Pipeline {
public:
  explicit DescriptorPipeline(int descriptor) : Pipeline("descriptor", nullptr), descriptor_(descriptor) {}
  void write(unsigned char const* data, std::size_t length) override;
  void finish() override { flush(); }

  /// Throws StorageFailure unless all bytes were taken.
  void require_written();

private:
  void flush();

  int descriptor_;
  int problem_ = 0;  ///< errno of the write that failed; nothing is written after it
  std::string buffer_;
};

}  // namespace eakte::archive

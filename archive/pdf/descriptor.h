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

/// The end of a pipeline: writes to a descriptor, which stays open. Throws StorageFailure.
class DescriptorPipeline : public Pipeline {
public:
  explicit DescriptorPipeline(int descriptor) : Pipeline("descriptor", nullptr), descriptor_(descriptor) {}
  void write(unsigned char const* data, std::size_t length) override;
  void finish() override { flush(); }

private:
  void flush();

  int descriptor_;
  std::string buffer_;
};

}  // namespace eakte::archive

#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "archive/mapped_file.h"
#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// The bytes of a PDF, in memory or of a mapped file, which must outlive this.
class PdfBytes {
public:
  explicit PdfBytes(std::string_view bytes) : all_(bytes) {}
  PdfBytes(const MappedFile& file)  // NOLINT(google-explicit-constructor): a file is its bytes
      : all_(file.bytes()), file_(&file) {}

  std::string_view all() const { return all_; }

  /// See MappedFile; without one nothing happens.
  void looked_at(std::string_view part) const {
    if (file_ != nullptr) file_->looked_at(part);
  }

private:
  std::string_view all_;
  const MappedFile* file_ = nullptr;
};

/// Opens a PDF quietly, with the empty password. What `bytes` stands for must outlive `pdf`. Throws what qpdf
/// throws.
void open_pdf(QPDF& pdf, const PdfBytes& bytes);

/// Passes all bytes on, part by part.
void pass_on(const PdfBytes& bytes, Pipeline& pipeline);

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

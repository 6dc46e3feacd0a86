#include "archive/pdf/descriptor.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "archive/error.h"

namespace eakte::archive {

namespace {

/// Reads as from memory, and tells the bytes where it was.
class PdfInput : public BufferInputSource {
public:
  explicit PdfInput(const PdfBytes& bytes)
      // qpdf's buffer wants a pointer it could write through; an input source only reads.
      : BufferInputSource("PDF",
                          new Buffer(reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.all().data())),
                                     bytes.all().size()),
                          true),
        bytes_(bytes) {}

  std::size_t read(char* into, std::size_t length) override {
    const auto begin = static_cast<std::size_t>(tell());
    const std::size_t got = BufferInputSource::read(into, length);
    if (got > 0) bytes_.looked_at(bytes_.all().substr(begin, got));
    return got;
  }

private:
  PdfBytes bytes_;
};

}  // namespace

void open_pdf(QPDF& pdf, const PdfBytes& bytes) {
  pdf.setSuppressWarnings(true);
  pdf.processInputSource(std::make_shared<PdfInput>(bytes));
}

void pass_on(const PdfBytes& bytes, Pipeline& pipeline) {
  constexpr std::size_t step = std::size_t{1} << 20U;
  for (std::size_t at = 0; at < bytes.all().size(); at += step) {
    const std::string_view part = bytes.all().substr(at, step);
    pipeline.write(reinterpret_cast<const unsigned char*>(part.data()), part.size());
    bytes.looked_at(part);
  }
}

void DescriptorPipeline::write(unsigned char const* data, std::size_t length) {
  constexpr std::size_t enough = 1U << 18U;
  buffer_.append(reinterpret_cast<const char*>(data), length);
  if (buffer_.size() >= enough) flush();
}

void DescriptorPipeline::flush() {
  std::string_view rest = buffer_;
  while (problem_ == 0 && !rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      problem_ = written < 0 ? errno : ENOSPC;
    } else {
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  buffer_.clear();
}

void DescriptorPipeline::require_written() {
  flush();
  if (problem_ == 0) return;
  throw StorageFailure(fmt::format("cannot write the PDF: {}", std::generic_category().message(problem_)));
}

}  // namespace eakte::archive

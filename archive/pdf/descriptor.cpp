#include "archive/pdf/descriptor.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <system_error>

#include "archive/error.h"

namespace eakte::archive {

MappedFile::MappedFile(int descriptor) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0) {
    throw Error(fmt::format("cannot read the PDF: {}", std::generic_category().message(errno)));
  }
  if (status.st_size <= 0) throw Error("the PDF is empty");
  const auto size = static_cast<std::size_t>(status.st_size);
  void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (start == MAP_FAILED) {
    throw Error(fmt::format("cannot map the PDF: {}", std::generic_category().message(errno)));
  }
  bytes_ = {static_cast<const char*>(start), size};
}

MappedFile::~MappedFile() { munmap(const_cast<char*>(bytes_.data()), bytes_.size()); }

void open_pdf(QPDF& pdf, std::string_view bytes) {
  // qpdf's buffer wants a pointer it could write through; an input source only reads.
  auto* start = reinterpret_cast<unsigned char*>(const_cast<char*>(bytes.data()));
  pdf.setSuppressWarnings(true);
  pdf.processInputSource(std::make_shared<BufferInputSource>("PDF", new Buffer(start, bytes.size()), true));
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

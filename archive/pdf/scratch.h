#pragma once
#include <memory>
#include <string_view>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// Keeps the bytes of streams in a file until the PDF is written, so that a document of many pages needs no
/// more memory than one of few. The descriptor stays the caller's and open as long as the PDF is used.
class Scratch {
public:
  /// Without a descriptor (-1) the bytes stay in memory.
  explicit Scratch(int descriptor) : descriptor_(descriptor) {}

  /// Makes `bytes` the data of `stream`, coded as its filter says. Throws StorageFailure.
  void give(QPDFObjectHandle stream, std::string_view bytes, const QPDFObjectHandle& filter,
            const QPDFObjectHandle& parameters);

private:
  int descriptor_;
  long long end_ = 0;
};

}  // namespace eakte::archive

#include "archive/pdf/scratch.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include "archive/error.h"

namespace eakte::archive {
namespace {

class ScratchData : public QPDFObjectHandle::StreamDataProvider {
public:
  ScratchData(int descriptor, off_t begin, std::size_t size)
      : descriptor_(descriptor), begin_(begin), size_(size) {}

  void provideStreamData(QPDFObjGen const& /*object*/, Pipeline* pipeline) override {
    std::array<unsigned char, 1U << 16U> part;
    std::size_t done = 0;
    while (done < size_) {
      const std::size_t wanted = std::min(part.size(), size_ - done);
      const ssize_t got = pread(descriptor_, part.data(), wanted, begin_ + static_cast<off_t>(done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) throw std::runtime_error("the scratch file cannot be read back");
      pipeline->write(part.data(), static_cast<std::size_t>(got));
      done += static_cast<std::size_t>(got);
    }
    pipeline->finish();
  }

private:
  int descriptor_;
  off_t begin_;
  std::size_t size_;
};

void write_at(int descriptor, off_t at, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(descriptor, bytes.data(), bytes.size(), at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const int problem = written < 0 ? errno : ENOSPC;
      throw StorageFailure(
          fmt::format("cannot write the scratch file: {}", std::generic_category().message(problem)));
    }
    at += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void Scratch::give(QPDFObjectHandle stream, std::string_view bytes, const QPDFObjectHandle& filter,
                   const QPDFObjectHandle& parameters) {
  if (descriptor_ < 0) {
    stream.replaceStreamData(std::string(bytes), filter, parameters);
    return;
  }
  write_at(descriptor_, end_, bytes);
  stream.replaceStreamData(std::make_shared<ScratchData>(descriptor_, end_, bytes.size()), filter,
                           parameters);
  end_ += static_cast<long long>(bytes.size());
}

}  // namespace eakte::archive

#include "archive/mapped_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "archive/error.h"

namespace eakte::archive {
namespace {

// The kernel brings in so much around the byte that is asked for (fault_around_bytes).
constexpr std::size_t brought_in_at_once = std::size_t{64} << 10U;
constexpr std::size_t most_in_memory = std::size_t{8} << 20U;

}  // namespace

MappedFile::MappedFile(int descriptor) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0)
    throw Error(fmt::format("cannot look at the file: {}", std::generic_category().message(errno)));
  if (status.st_size <= 0) return;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* start = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
  if (start == MAP_FAILED)
    throw Error(fmt::format("cannot map the file: {}", std::generic_category().message(errno)));
  bytes_ = {static_cast<const char*>(start), size};
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

void MappedFile::let_go() const {
  // Nothing is ever written to these pages, so that each is still the file's own.
  if (!bytes_.empty()) madvise(const_cast<char*>(bytes_.data()), bytes_.size(), MADV_DONTNEED);
  in_memory_ = 0;
}

void MappedFile::looked_at(std::string_view part) const {
  const auto begin = static_cast<std::size_t>(part.data() - bytes_.data());
  const bool goes_on = begin >= last_ && begin - last_ < brought_in_at_once;
  in_memory_ += part.size() + (goes_on ? 0 : brought_in_at_once);
  last_ = begin + part.size();
  if (in_memory_ > most_in_memory) let_go();
}

}  // namespace eakte::archive

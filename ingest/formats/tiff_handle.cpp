#include "ingest/formats/tiff_handle.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "ingest/error.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

// One strip or tile of the largest page that is read fits; a directory that claims more is a lie.
constexpr tmsize_t most_memory_at_once = 1'000'000'000;

int on_error(TIFF* /*tiff*/, void* user, const char* module, const char* format, va_list arguments) {
  auto& complaints = *static_cast<TiffComplaints*>(user);
  if (complaints.errors++ == 0) {
    std::array<char, 300> text = {};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    complaints.first = std::string(module != nullptr ? module : "TIFF") + ": " + text.data();
  }
  return 1;
}

int on_warning(TIFF* /*tiff*/, void* user, const char* /*module*/, const char* /*format*/,
               va_list /*arguments*/) {
  ++static_cast<TiffComplaints*>(user)->warnings;
  return 1;
}

struct OptionsFreeing {
  void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

std::unique_ptr<TIFFOpenOptions, OptionsFreeing> options_for(TiffComplaints& complaints) {
  std::unique_ptr<TIFFOpenOptions, OptionsFreeing> options(TIFFOpenOptionsAlloc());
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), on_error, &complaints);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), on_warning, &complaints);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), most_memory_at_once);
  return options;
}

int close_nothing(thandle_t) { return 0; }
int map_nothing(thandle_t, void**, toff_t*) { return 0; }
void unmap_nothing(thandle_t, void*, toff_t) {}

std::uint64_t sought(std::uint64_t position, std::uint64_t size, toff_t offset, int whence) {
  if (whence == SEEK_CUR) return position + offset;
  return whence == SEEK_END ? size + offset : offset;
}

}  // namespace

void TiffComplaints::clear() { *this = {}; }

struct TiffSourceProcedures {
  static tmsize_t read(thandle_t handle, void* buffer, tmsize_t wanted) {
    auto& source = *static_cast<TiffSource*>(handle);
    tmsize_t done = 0;
    while (done < wanted) {
      const ssize_t got =
          ::pread(source.input_, static_cast<char*>(buffer) + done, static_cast<std::size_t>(wanted - done),
                  static_cast<off_t>(source.position_));
      if (got <= 0) break;
      done += got;
      source.position_ += static_cast<std::uint64_t>(got);
    }
    if (done < wanted) source.read_past_end_ = true;
    return done;
  }
  static tmsize_t write(thandle_t, void*, tmsize_t) { return 0; }
  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& source = *static_cast<TiffSource*>(handle);
    return source.position_ = sought(source.position_, source.size_, offset, whence);
  }
  static toff_t size(thandle_t handle) { return static_cast<TiffSource*>(handle)->size_; }
};

TiffSource::TiffSource(int input) : input_(input), size_(size_of(input)) {}

TiffHandle TiffSource::open() {
  using Procedures = TiffSourceProcedures;
  return TiffHandle(TIFFClientOpenExt("input", "rm", this, Procedures::read, Procedures::write,
                                      Procedures::seek, close_nothing, Procedures::size, map_nothing,
                                      unmap_nothing, options_for(complaints_).get()));
}

struct MemoryTiffProcedures {
  static tmsize_t read(thandle_t handle, void* buffer, tmsize_t wanted) {
    auto& memory = *static_cast<MemoryTiff*>(handle);
    if (memory.position_ >= memory.bytes_.size() || wanted <= 0) return 0;
    const std::size_t count =
        std::min(memory.bytes_.size() - memory.position_, static_cast<std::size_t>(wanted));
    std::memcpy(buffer, memory.bytes_.data() + memory.position_, count);
    memory.position_ += count;
    return static_cast<tmsize_t>(count);
  }
  static tmsize_t write(thandle_t handle, void* buffer, tmsize_t count) {
    auto& memory = *static_cast<MemoryTiff*>(handle);
    const std::size_t end = memory.position_ + static_cast<std::size_t>(count);
    if (memory.bytes_.size() < end) memory.bytes_.resize(end);
    std::memcpy(memory.bytes_.data() + memory.position_, buffer, static_cast<std::size_t>(count));
    memory.position_ = end;
    return count;
  }
  static toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& memory = *static_cast<MemoryTiff*>(handle);
    return memory.position_ = sought(memory.position_, memory.bytes_.size(), offset, whence);
  }
  static toff_t size(thandle_t handle) { return static_cast<MemoryTiff*>(handle)->bytes_.size(); }
};

TiffHandle MemoryTiff::open(const char* mode) {
  using Procedures = MemoryTiffProcedures;
  return TiffHandle(TIFFClientOpenExt("memory", mode, this, Procedures::read, Procedures::write,
                                      Procedures::seek, close_nothing, Procedures::size, map_nothing,
                                      unmap_nothing, options_for(complaints_).get()));
}

TiffHandle MemoryTiff::open_for_writing() {
  TiffHandle tiff = open("wm");
  if (!tiff) throw Error("cannot start a TIFF in memory: " + complaints_.first);
  return tiff;
}

TiffHandle MemoryTiff::open() { return open("rm"); }

}  // namespace eakte::ingest

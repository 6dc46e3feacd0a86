#include "ingest/formats/archive_handle.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <cstring>

#include "ingest/error.h"

namespace eakte::ingest {
namespace {

constexpr std::size_t block_size = 65536;

// libarchive converts names by the thread's locale; C would lose every umlaut of a 7z.
class Utf8Locale {
public:
  Utf8Locale() : locale_(::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (locale_ != nullptr) previous_ = ::uselocale(locale_);
  }
  ~Utf8Locale() {
    if (locale_ == nullptr) return;
    ::uselocale(previous_);
    ::freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

private:
  locale_t locale_;
  locale_t previous_ = nullptr;
};

std::string name_of(archive_entry* entry) {
  if (const char* name = archive_entry_pathname(entry)) return name;
  if (const char* name = archive_entry_pathname_utf8(entry)) return name;
  return {};
}

}  // namespace

void ReadableArchive::Closing::operator()(::archive* handle) const { archive_read_free(handle); }

ReadableArchive::ReadableArchive(int input)
    : descriptor_(::fcntl(input, F_DUPFD_CLOEXEC, 0)), handle_(archive_read_new()) {
  if (descriptor_ < 0 || !handle_)
    throw Error(fmt::format("cannot open the archive: {}", std::strerror(errno)));
  const Utf8Locale utf8;
  ::lseek(descriptor_, 0, SEEK_SET);
  archive_read_support_format_zip(handle_.get());
  archive_read_support_format_tar(handle_.get());
  archive_read_support_format_7zip(handle_.get());
  archive_read_support_filter_gzip(handle_.get());
  archive_read_support_filter_bzip2(handle_.get());
  archive_read_support_filter_xz(handle_.get());
  if (archive_read_open_fd(handle_.get(), descriptor_, block_size) < ARCHIVE_WARN) {
    handle_.reset();
    ::close(descriptor_);
    throw Refused("damaged_file", "the archive cannot be opened");
  }
}

ReadableArchive::~ReadableArchive() {
  handle_.reset();
  ::close(descriptor_);
}

void ReadableArchive::refuse() const {
  const char* why = archive_error_string(handle_.get());
  const std::string message =
      fmt::format("the archive cannot be read: {}", why != nullptr ? why : "no reason given");
  if (archive_read_has_encrypted_entries(handle_.get()) > 0) throw Refused("encrypted", message);
  throw Refused("damaged_file", message);
}

std::optional<ReadableArchive::Entry> ReadableArchive::next() {
  const Utf8Locale utf8;
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(handle_.get(), &entry);
  if (result == ARCHIVE_EOF) return std::nullopt;
  if (result < ARCHIVE_WARN) refuse();
  ++entries_seen_;
  if (archive_entry_is_encrypted(entry) != 0)
    throw Refused("encrypted", "a member of the archive is encrypted");
  const bool linked = archive_entry_hardlink(entry) != nullptr || archive_entry_symlink(entry) != nullptr;
  return Entry{name_of(entry), archive_entry_filetype(entry) == AE_IFREG && !linked};
}

void ReadableArchive::read(const std::function<void(std::int64_t, std::span<const std::uint8_t>)>& take) {
  while (true) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int result = archive_read_data_block(handle_.get(), &block, &size, &offset);
    if (result == ARCHIVE_EOF) return;
    // A warning here is a wrong checksum or length.
    if (result != ARCHIVE_OK) refuse();
    take(offset, {static_cast<const std::uint8_t*>(block), size});
  }
}

bool ReadableArchive::is_tar() const {
  return (archive_format(handle_.get()) & ARCHIVE_FORMAT_BASE_MASK) == ARCHIVE_FORMAT_TAR;
}

}  // namespace eakte::ingest

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>

#include "archive/xdomea.h"
#include "archive/xdomea/characters.h"
#include "archive/xdomea/zip.h"

namespace eakte::archive {
namespace {

constexpr std::uint64_t end_length = 22;
constexpr std::uint64_t most_comment = 65535;
constexpr std::uint64_t directory_limit = 100'000'000;
constexpr std::size_t block = 65536;

[[noreturn]] void damaged(const std::string& what) { throw BadMessage("xdomea_container", what); }

std::string read_at(int descriptor, std::uint64_t offset, std::uint64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw Error(fmt::format("cannot read the container: {}", std::strerror(errno)));
    if (got == 0) damaged("the container ends too early");
    done += static_cast<std::size_t>(got);
  }
  return bytes;
}

/// Takes little-endian numbers off the front.
class Fields {
public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t number(std::size_t size) {
    const std::string_view field = text(size);
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = (value << 8) | static_cast<unsigned char>(field[i]);
    return value;
  }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }
  std::string_view text(std::size_t size) {
    if (size > bytes_.size()) damaged("the directory of the container ends too early");
    const std::string_view field = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return field;
  }
  bool empty() const { return bytes_.empty(); }

private:
  std::string_view bytes_;
};

struct Directory {
  std::uint64_t files = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

/// The end of the directory, in ZIP64 where its numbers do not fit.
Directory directory_of(int descriptor, std::uint64_t length) {
  if (length < end_length) damaged("the container is too short");
  const std::uint64_t tail_length = std::min(length, end_length + most_comment);
  const std::string tail = read_at(descriptor, length - tail_length, tail_length);
  for (std::size_t at = tail.size() - end_length;; --at) {
    if (tail.compare(at, 4, "PK\x05\x06") == 0) {
      Fields fields(std::string_view(tail).substr(at + 4));
      fields.text(4);
      fields.u16();
      Directory directory;
      directory.files = fields.u16();
      directory.size = fields.u32();
      directory.offset = fields.u32();
      const bool fits = fields.u16() == tail.size() - at - end_length;
      const std::uint64_t end = length - tail_length + at;
      const bool large =
          directory.files == 0xFFFF || directory.size == 0xFFFFFFFF || directory.offset == 0xFFFFFFFF;
      if (fits && large && end >= 20) {
        const std::string locator = read_at(descriptor, end - 20, 20);
        if (locator.starts_with("PK\x06\x07")) {
          const std::uint64_t there = Fields(std::string_view(locator).substr(8)).u64();
          if (there > length || length - there < 56) damaged("the container's ZIP64 record lies outside");
          const std::string record = read_at(descriptor, there, 56);
          if (!record.starts_with(std::string_view("PK\x06\x06", 4)))
            damaged("the container has no ZIP64 record");
          Fields wide(std::string_view(record).substr(32));
          directory = {wide.u64(), 0, 0};
          directory.size = wide.u64();
          directory.offset = wide.u64();
        }
      }
      if (fits) return directory;
    }
    if (at == 0) damaged("it is no ZIP container");
  }
}

/// Extra fields: ZIP64 sizes (0x0001) and the name in UTF-8 (0x7075).
void read_extra(std::string_view extra, ZipEntry& entry, std::optional<std::string>& utf8_name) {
  Fields fields(extra);
  while (!fields.empty()) {
    const std::uint16_t id = fields.u16();
    Fields field(fields.text(fields.u16()));
    if (id == 0x0001) {
      if (entry.size == 0xFFFFFFFF) entry.size = field.u64();
      if (entry.packed == 0xFFFFFFFF) entry.packed = field.u64();
      if (entry.header == 0xFFFFFFFF) entry.header = field.u64();
    } else if (id == 0x7075) {
      if (field.number(1) != 1) continue;
      const std::uint32_t crc = field.u32();
      const auto* const raw = reinterpret_cast<const Bytef*>(entry.raw_name.data());
      if (crc != crc32(0, raw, static_cast<uInt>(entry.raw_name.size()))) continue;
      std::string name;
      while (!field.empty()) name += field.text(1);
      utf8_name = name;
    }
  }
}

ZipEntry entry_from(Fields& fields) {
  if (fields.text(4) != "PK\x01\x02") damaged("the directory of the container is damaged");
  ZipEntry entry;
  fields.u16();
  fields.u16();
  const std::uint16_t flags = fields.u16();
  entry.method = fields.u16();
  fields.u32();
  entry.crc = fields.u32();
  entry.packed = fields.u32();
  entry.size = fields.u32();
  const std::uint16_t name_length = fields.u16();
  const std::uint16_t extra_length = fields.u16();
  const std::uint16_t comment_length = fields.u16();
  fields.u32();
  const std::uint32_t attributes = fields.u32();
  entry.header = fields.u32();
  entry.raw_name = fields.text(name_length);
  std::optional<std::string> utf8_name;
  read_extra(fields.text(extra_length), entry, utf8_name);
  fields.text(comment_length);
  entry.encrypted = (flags & 1U) != 0;
  entry.link = ((attributes >> 16) & 0170000U) == 0120000U;
  const bool says_utf8 = (flags & 0x0800U) != 0;
  if (utf8_name && is_utf8(*utf8_name)) {
    entry.name = *utf8_name;
  } else if (is_utf8(entry.raw_name)) {
    entry.name = entry.raw_name;
  } else if (says_utf8) {
    damaged("a name in the container is not UTF-8 although it says so");
  } else {
    entry.name = utf8_from_cp437(entry.raw_name);
  }
  return entry;
}

struct EndInflating {
  void operator()(z_stream* stream) const { inflateEnd(stream); }
};

}  // namespace

bool begins_like_zip(int descriptor) {
  std::array<char, 4> bytes{};
  return pread(descriptor, bytes.data(), bytes.size(), 0) == 4 && bytes[0] == 'P' && bytes[1] == 'K' &&
         (bytes[2] == 3 || bytes[2] == 5);
}

ZipReader::ZipReader(int descriptor, std::uint64_t most) : descriptor_(descriptor), length_(0) {
  struct stat about {};
  if (fstat(descriptor, &about) != 0)
    throw Error(fmt::format("cannot read the container: {}", std::strerror(errno)));
  length_ = static_cast<std::uint64_t>(about.st_size);
  const Directory directory = directory_of(descriptor, length_);
  if (directory.files > most) damaged(fmt::format("the container has more than {} files", most));
  if (directory.offset > length_ || directory.size > length_ - directory.offset ||
      directory.size > directory_limit)
    damaged("the directory of the container lies outside");
  const std::string bytes = read_at(descriptor, directory.offset, directory.size);
  Fields fields(bytes);
  std::uint64_t packed = 0;
  for (std::uint64_t i = 0; i < directory.files; ++i) {
    entries_.push_back(entry_from(fields));
    // Files that share bytes are how a small container unpacks to petabytes.
    if (entries_.back().packed > length_ - packed) damaged("the files in the container overlap");
    packed += entries_.back().packed;
  }
  if (!fields.empty()) damaged("the directory of the container has more than it says");
}

std::uint64_t ZipReader::data_of(const ZipEntry& entry) const {
  constexpr std::uint64_t fixed = 30;
  if (entry.header > length_ || length_ - entry.header < fixed) damaged("a file lies outside the container");
  const std::string header = read_at(descriptor_, entry.header, fixed);
  if (!header.starts_with("PK\x03\x04")) damaged("a file in the container has no header");
  Fields fields(std::string_view(header).substr(26));
  const std::uint64_t name_length = fields.u16();
  const std::uint64_t extra_length = fields.u16();
  const std::uint64_t data = entry.header + fixed + name_length + extra_length;
  if (data > length_ || length_ - data < entry.packed) damaged("a file lies outside the container");
  if (read_at(descriptor_, entry.header + fixed, name_length) != entry.raw_name)
    damaged("a file in the container has two names");
  return data;
}

void ZipReader::read(const ZipEntry& entry,
                     const std::function<void(std::span<const std::byte>)>& take) const {
  if (entry.encrypted) damaged("a file in the container is encrypted");
  if (entry.method != 0 && entry.method != 8) damaged("a file in the container is packed in an unknown way");
  std::uint64_t at = data_of(entry);
  std::uint64_t left = entry.packed;
  std::uint64_t given = 0;
  uLong crc = crc32(0, nullptr, 0);
  const auto give = [&](const char* bytes, std::size_t size) {
    if (size == 0) return;
    given += size;
    if (given > entry.size) damaged("a file in the container is longer than it says");
    crc = crc32(crc, reinterpret_cast<const Bytef*>(bytes), static_cast<uInt>(size));
    take(std::as_bytes(std::span(bytes, size)));
  };
  z_stream stream{};
  if (entry.method == 8 && inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw Error("no memory for unpacking");
  const std::unique_ptr<z_stream, EndInflating> ending(entry.method == 8 ? &stream : nullptr);
  bool ended = false;
  std::array<char, block> out{};
  while (left > 0 && !ended) {
    const std::string part = read_at(descriptor_, at, std::min<std::uint64_t>(left, block));
    at += part.size();
    left -= part.size();
    if (entry.method == 0) {
      give(part.data(), part.size());
      continue;
    }
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
    stream.avail_in = static_cast<uInt>(part.size());
    do {
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int result = inflate(&stream, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR)
        damaged("a file in the container is damaged");
      give(out.data(), out.size() - stream.avail_out);
      ended = result == Z_STREAM_END;
    } while (stream.avail_out == 0 && !ended);
  }
  if (given != entry.size || crc != entry.crc || (entry.method == 8 && !ended && entry.packed > 0))
    damaged("a file in the container is damaged");
}

}  // namespace eakte::archive

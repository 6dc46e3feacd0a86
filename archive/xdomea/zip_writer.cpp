#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <memory>

#include "archive/storage/durable_file.h"
#include "archive/xdomea/zip.h"

namespace eakte::archive {
namespace {

constexpr std::uint32_t wide = 0xFFFFFFFF;  // "see the ZIP64 field"
constexpr std::uint16_t utf8_flag = 0x0800;
constexpr std::uint16_t first_day = 0x0021;  // 1 January 1980

/// Little-endian numbers one after the other.
class Bytes {
public:
  Bytes& number(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) text_ += static_cast<char>((value >> (8 * i)) & 255U);
    return *this;
  }
  Bytes& u16(std::uint64_t value) { return number(value, 2); }
  Bytes& u32(std::uint64_t value) { return number(value, 4); }
  Bytes& u64(std::uint64_t value) { return number(value, 8); }
  Bytes& text(std::string_view text) {
    text_ += text;
    return *this;
  }
  const std::string& get() const { return text_; }

private:
  std::string text_;
};

std::uint32_t narrow(std::uint64_t value) { return value >= wide ? wide : static_cast<std::uint32_t>(value); }

std::uint16_t version_for(const ZipEntry& entry) {
  return entry.size >= wide || entry.packed >= wide || entry.header >= wide ? 45 : 20;
}

/// Sizes that do not fit, in the order APPNOTE 4.5.3 wants.
std::string wide_sizes(const ZipEntry& entry, bool with_header) {
  Bytes values;
  if (entry.size >= wide) values.u64(entry.size);
  if (entry.packed >= wide) values.u64(entry.packed);
  if (with_header && entry.header >= wide) values.u64(entry.header);
  if (values.get().empty()) return {};
  return Bytes().u16(0x0001).u16(values.get().size()).text(values.get()).get();
}

std::string local_header(const ZipEntry& entry) {
  const std::string extra = wide_sizes(entry, false);
  Bytes bytes;
  bytes.text("PK\x03\x04").u16(version_for(entry)).u16(utf8_flag).u16(entry.method).u16(0).u16(first_day);
  bytes.u32(entry.crc).u32(narrow(entry.packed)).u32(narrow(entry.size));
  bytes.u16(entry.name.size()).u16(extra.size()).text(entry.name).text(extra);
  return bytes.get();
}

std::string directory_entry(const ZipEntry& entry) {
  const std::string extra = wide_sizes(entry, true);
  Bytes bytes;
  bytes.text("PK\x01\x02").u16(version_for(entry)).u16(version_for(entry)).u16(utf8_flag).u16(entry.method);
  bytes.u16(0).u16(first_day).u32(entry.crc).u32(narrow(entry.packed)).u32(narrow(entry.size));
  bytes.u16(entry.name.size()).u16(extra.size()).u16(0).u16(0).u16(0).u32(0).u32(narrow(entry.header));
  bytes.text(entry.name).text(extra);
  return bytes.get();
}

std::string deflated(std::string_view bytes) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY) != Z_OK)
    throw Error("no memory for packing");
  const std::unique_ptr<z_stream, int (*)(z_stream*)> ending(&stream, deflateEnd);
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw Error("packing did not end");
  packed.resize(stream.total_out);
  return packed;
}

std::uint32_t crc_of(std::uint32_t crc, std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32(crc, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size())));
}

/// Calls `take` for the object's bytes in pieces.
template <class Take>
void for_each_block(const OpenObject& object, Take take) {
  std::array<char, 65536> bytes{};
  for (off_t at = 0;;) {
    const ssize_t size = pread(object.descriptor(), bytes.data(), bytes.size(), at);
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) throw_storage_failure("cannot read", "object");
    if (size == 0) return;
    take(std::string_view(bytes.data(), static_cast<std::size_t>(size)));
    at += size;
  }
}

}  // namespace

void ZipWriter::write(std::string_view bytes) {
  write_all(descriptor_, std::as_bytes(std::span(bytes)), "container");
  offset_ += bytes.size();
}

void ZipWriter::begin(ZipEntry entry) {
  entry.header = offset_;
  write(local_header(entry));
  entries_.push_back(std::move(entry));
}

void ZipWriter::add_deflated(const std::string& name, std::string_view bytes) {
  if (bytes.size() > std::numeric_limits<std::uint32_t>::max() / 2)
    throw Error("a message of more than 2 GB is not written");
  const std::string packed = deflated(bytes);
  ZipEntry entry;
  entry.name = name;
  entry.method = 8;
  entry.crc = crc_of(0, bytes);
  entry.packed = packed.size();
  entry.size = bytes.size();
  begin(std::move(entry));
  write(packed);
}

void ZipWriter::add_stored(const std::string& name, const OpenObject& object) {
  ZipEntry entry;
  entry.name = name;
  entry.packed = entry.size = object.size();
  for_each_block(object, [&](std::string_view bytes) { entry.crc = crc_of(entry.crc, bytes); });
  begin(std::move(entry));
  for_each_block(object, [&](std::string_view bytes) { write(bytes); });
}

void ZipWriter::finish() {
  const std::uint64_t directory = offset_;
  for (const ZipEntry& entry : entries_) write(directory_entry(entry));
  const std::uint64_t size = offset_ - directory;
  const bool large = entries_.size() >= 0xFFFF || size >= wide || directory >= wide;
  if (large) {
    const std::uint64_t record = offset_;
    Bytes end;
    end.text(std::string_view("PK\x06\x06", 4)).u64(44).u16(45).u16(45).u32(0).u32(0);
    end.u64(entries_.size()).u64(entries_.size()).u64(size).u64(directory);
    end.text(std::string_view("PK\x06\x07", 4)).u32(0).u64(record).u32(1);
    write(end.get());
  }
  const std::uint64_t files = entries_.size() >= 0xFFFF ? 0xFFFF : entries_.size();
  Bytes end;
  end.text("PK\x05\x06").u16(0).u16(0).u16(files).u16(files).u32(narrow(size)).u32(narrow(directory)).u16(0);
  write(end.get());
}

}  // namespace eakte::archive

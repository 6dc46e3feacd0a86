#include <fmt/format.h>

#include <unistd.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "ingest/formats/archive_handle.h"
#include "ingest/formats/office.h"
#include "ingest/formats/source_bytes.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {
namespace {

using namespace std::string_view_literals;

// Enough for a TAR header and for a PDF whose header is preceded by other bytes (Acrobat searches 1024).
constexpr std::size_t head_length = 1024;

bool starts_with_tar_header(std::string_view head) {
  if (head.size() < 512) return false;
  constexpr std::size_t sum_at = 148;
  unsigned sum = 8 * ' ';
  for (std::size_t i = 0; i < 512; ++i) {
    if (i < sum_at || i >= sum_at + 8) sum += static_cast<unsigned char>(head[i]);
  }
  unsigned declared = 0;
  bool digits = false;
  for (std::size_t i = sum_at; i < sum_at + 8; ++i) {
    if (head[i] == ' ' && !digits) continue;
    if (head[i] < '0' || head[i] > '7') break;
    digits = true;
    declared = declared * 8 + static_cast<unsigned>(head[i] - '0');
  }
  return digits && declared == sum;
}

bool is_bmp(std::string_view head) {
  if (head.size() < 26 || !head.starts_with("BM"sv)) return false;
  constexpr auto header_sizes = std::to_array<std::uint32_t>({12, 40, 52, 56, 64, 108, 124});
  const auto size = static_cast<unsigned char>(head[14]);
  return head.substr(15, 3) == "\0\0\0"sv && std::ranges::find(header_sizes, size) != header_sizes.end();
}

Format by_magic(std::string_view head) {
  struct Magic {
    std::string_view bytes;
    Format format;
  };
  static constexpr auto magics = std::to_array<Magic>({
      {"II*\0"sv, Format::tiff},
      {"MM\0*"sv, Format::tiff},
      {"II+\0\x08\0\0\0"sv, Format::tiff},
      {"MM\0+\0\x08\0\0"sv, Format::tiff},
      {"\xFF\xD8\xFF"sv, Format::jpeg},
      {"\x89PNG\r\n\x1A\n"sv, Format::png},
      {"\0\0\0\x0CjP  \r\n\x87\n"sv, Format::jpeg2000},
      {"\xFF\x4F\xFF\x51"sv, Format::jpeg2000},
      {"{\\rtf"sv, Format::rtf},
  });
  for (const Magic& magic : magics) {
    if (head.starts_with(magic.bytes)) return magic.format;
  }
  if (head.starts_with("RIFF"sv) && head.substr(std::min<std::size_t>(8, head.size())).starts_with("WEBP"sv))
    return Format::webp;
  return is_bmp(head) ? Format::bmp : Format::unknown;
}

bool holds_tar(int input) {
  ReadableArchive archive(input);
  return archive.next().has_value() && archive.is_tar();
}

Format by_structure(int input, std::string_view head) {
  if (head.starts_with("PK\x03\x04"sv) || head.starts_with("PK\x05\x06"sv)) return package_format(input);
  if (head.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv))
    return compound_format(SourceBytes(input).bytes());
  try {
    if (head.starts_with("\x1F\x8B"sv) || head.starts_with("BZh"sv) ||
        head.starts_with("\xFD"
                         "7zXZ\0"sv)) {
      return holds_tar(input) ? Format::archive : Format::unknown;
    }
  } catch (const Refused&) {
    return Format::unknown;
  }
  if (head.starts_with("7z\xBC\xAF\x27\x1C"sv) || starts_with_tar_header(head)) return Format::archive;
  return Format::unknown;
}

}  // namespace

Format detect_format(int input, std::string_view name) {
  std::array<char, head_length> buffer = {};
  std::size_t length = 0;
  while (length < buffer.size()) {
    const ssize_t got =
        ::pread(input, buffer.data() + length, buffer.size() - length, static_cast<off_t>(length));
    if (got < 0) throw Error(fmt::format("cannot read the input: {}", std::strerror(errno)));
    if (got == 0) break;
    length += static_cast<std::size_t>(got);
  }
  if (length == 0) return Format::empty;
  const std::string_view head(buffer.data(), length);
  if (const Format format = by_magic(head); format != Format::unknown) return format;
  if (const Format format = by_structure(input, head); format != Format::unknown) return format;
  if (head.starts_with("PK\x03\x04"sv)) return Format::unknown;
  if (head.find("%PDF-"sv) != std::string_view::npos) return Format::pdf;
  return named_text_format(SourceBytes(input).bytes(), name);
}

}  // namespace eakte::ingest

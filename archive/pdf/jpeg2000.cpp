#include "archive/pdf/jpeg2000.h"

#include <cstddef>
#include <cstdint>

namespace eakte::archive {
namespace {

/// Big-endian number of up to four bytes; 0 outside.
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  if (at > bytes.size() || size > bytes.size() - at) return 0;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

struct Box {
  std::string_view type;
  std::string_view content;
};

/// Takes the first box off `rest`; nothing when it does not fit into it.
std::optional<Box> take_box(std::string_view& rest) {
  if (rest.size() < 8) return std::nullopt;
  std::size_t length = number_at(rest, 0, 4);
  std::size_t header = 8;
  if (length == 1) {
    if (rest.size() < 16 || number_at(rest, 8, 4) != 0) return std::nullopt;
    length = number_at(rest, 12, 4);
    header = 16;
  } else if (length == 0) {
    length = rest.size();
  }
  if (length < header || length > rest.size()) return std::nullopt;
  const Box box{rest.substr(4, 4), rest.substr(header, length - header)};
  rest.remove_prefix(length);
  return box;
}

void read_colours(std::string_view box, Jpeg2000Header& header) {
  Jpeg2000Header::ColourSpecification colours;
  colours.method = static_cast<int>(number_at(box, 0, 1));
  colours.approximation = static_cast<int>(number_at(box, 2, 1));
  if (colours.method == 1 && box.size() >= 7) colours.enumerated = static_cast<int>(number_at(box, 3, 4));
  header.colours.push_back(colours);
}

/// cdef: channels of type 0 carry colour, the others opacity.
int defined_colours(std::string_view box) {
  int colours = 0;
  const std::size_t count = number_at(box, 0, 2);
  for (std::size_t i = 0; i < count && 2 + 6 * i + 6 <= box.size(); ++i) {
    if (number_at(box, 2 + 6 * i + 2, 2) == 0) ++colours;
  }
  return colours;
}

bool read_image_header(std::string_view rest, Jpeg2000Header& header) {
  bool has_size = false;
  int defined = 0;
  int palette_columns = 0;
  while (!rest.empty()) {
    const std::optional<Box> box = take_box(rest);
    if (!box) return false;
    if (box->type == "ihdr" && box->content.size() >= 14) {
      header.colour_channels = static_cast<int>(number_at(box->content, 8, 2));
      const std::uint32_t bits = number_at(box->content, 10, 1);
      header.bits = bits == 255 ? 0 : static_cast<int>((bits & 0x7FU) + 1);
      has_size = true;
    } else if (box->type == "bpcc") {
      header.has_channel_bits = true;
    } else if (box->type == "colr") {
      read_colours(box->content, header);
    } else if (box->type == "pclr") {
      palette_columns = static_cast<int>(number_at(box->content, 2, 1));
    } else if (box->type == "cdef") {
      defined = defined_colours(box->content);
    }
  }
  if (palette_columns > 0) header.colour_channels = palette_columns;
  if (defined > 0) header.colour_channels = defined;
  return has_size;
}

}  // namespace

std::optional<Jpeg2000Header> read_jpeg2000_header(std::string_view bytes) {
  constexpr std::string_view signature("\x00\x00\x00\x0CjP  \r\n\x87\n", 12);
  if (!bytes.starts_with(signature)) return std::nullopt;
  bytes.remove_prefix(signature.size());
  while (const std::optional<Box> box = take_box(bytes)) {
    if (box->type == "jp2c") return std::nullopt;
    if (box->type != "jp2h") continue;
    Jpeg2000Header header;
    if (!read_image_header(box->content, header)) return std::nullopt;
    return header;
  }
  return std::nullopt;
}

}  // namespace eakte::archive

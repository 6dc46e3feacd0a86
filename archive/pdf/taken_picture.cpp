#include "archive/pdf/taken_picture.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

/// More raw bytes than this are left to the renderer: A0 in colour at 400 dpi.
constexpr std::size_t most_raw_bytes = std::size_t{750} << 20U;

enum class Colours { grey, rgb, palette, other };

/// How the samples of an image are to be understood.
struct Samples {
  int width = 0;
  int height = 0;
  int bits = 0;
  Colours colours = Colours::other;
  bool is_inverted = false;
  std::string palette;  ///< RGB triples
};

/// What the header of a JPEG says about it.
struct JpegFrame {
  int width = 0;
  int height = 0;
  int components = 0;
  int bits = 0;
  bool is_huffman = false;
  bool has_rgb_names = false;
  int adobe_transform = -1;  ///< -1 when there is no Adobe marker
};

std::optional<JpegFrame> jpeg_frame(std::string_view jpeg) {
  const auto byte = [jpeg](std::size_t at) { return static_cast<int>(static_cast<unsigned char>(jpeg[at])); };
  const auto word = [&byte](std::size_t at) { return byte(at) << 8 | byte(at + 1); };
  JpegFrame frame;
  if (jpeg.size() < 4 || word(0) != 0xFFD8) return std::nullopt;
  std::size_t at = 2;
  while (at + 4 <= jpeg.size()) {
    if (byte(at) != 0xFF) return std::nullopt;
    const int marker = byte(at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    const auto length = static_cast<std::size_t>(word(at + 2));
    if (length < 2 || at + 2 + length > jpeg.size() || marker == 0xDA) return std::nullopt;
    if (marker == 0xEE && length >= 14 && jpeg.substr(at + 4, 5) == "Adobe")
      frame.adobe_transform = byte(at + 15);
    const bool is_frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame && length >= 8) {
      frame.is_huffman = marker <= 0xC2;
      frame.bits = byte(at + 4);
      frame.height = word(at + 5);
      frame.width = word(at + 7);
      frame.components = byte(at + 9);
      if (frame.components == 3 && length >= 17) {
        frame.has_rgb_names = byte(at + 10) == 'R' && byte(at + 13) == 'G' && byte(at + 16) == 'B';
      }
      return frame;
    }
    at += 2 + length;
  }
  return std::nullopt;
}

std::string name_of(QPDFObjectHandle object) { return object.isName() ? object.getName() : std::string(); }

int integer_of(QPDFObjectHandle object, int otherwise) {
  return object.isInteger() ? object.getIntValueAsInt() : otherwise;
}

bool is_true(QPDFObjectHandle object) { return object.isBool() && object.getBoolValue(); }

Colours colours_of(QPDFObjectHandle space) {
  const std::string family = space.isArray() ? name_of(item(space, 0)) : name_of(space);
  if (family == "/DeviceGray" || family == "/CalGray") return Colours::grey;
  if (family == "/DeviceRGB" || family == "/CalRGB") return Colours::rgb;
  if (family == "/Indexed") return Colours::palette;
  if (family != "/ICCBased") return Colours::other;
  const int components = integer_of(member(item(space, 1), "/N"), 0);
  return components == 1 ? Colours::grey : components == 3 ? Colours::rgb : Colours::other;
}

/// The colours of an Indexed space as RGB; nothing when its base is no grey or RGB.
std::optional<std::string> palette_of(const QPDFObjectHandle& space) {
  const Colours base = colours_of(item(space, 1));
  if (base != Colours::grey && base != Colours::rgb) return std::nullopt;
  const int count = std::clamp(integer_of(item(space, 2), -1), -1, 255) + 1;
  QPDFObjectHandle table = item(space, 3);
  std::string bytes;
  if (table.isString()) bytes = table.getStringValue();
  if (table.isStream()) bytes = decoded_bytes(table, 4096).value_or("");
  const std::size_t each = base == Colours::rgb ? 3 : 1;
  if (count == 0 || bytes.size() < each * static_cast<std::size_t>(count)) return std::nullopt;
  if (base == Colours::rgb) return bytes.substr(0, 3 * static_cast<std::size_t>(count));
  std::string rgb;
  for (int i = 0; i < count; ++i) rgb.append(3, bytes[static_cast<std::size_t>(i)]);
  return rgb;
}

/// The Decode array: false as it should be, true when it swaps black and white of grey, nothing when it is
/// odd.
std::optional<bool> inversion(QPDFObjectHandle decode, const Samples& samples) {
  if (decode.isNull()) return false;
  const int count = samples.colours == Colours::rgb ? 3 : 1;
  const double high = samples.colours == Colours::palette ? std::pow(2.0, samples.bits) - 1 : 1;
  if (!decode.isArray() || decode.getArrayNItems() != 2 * count) return std::nullopt;
  bool is_plain = true;
  bool is_swapped = true;
  for (int i = 0; i < 2 * count; ++i) {
    if (!item(decode, i).isNumber()) return std::nullopt;
    const double value = item(decode, i).getNumericValue();
    is_plain = is_plain && value == (i % 2 == 0 ? 0 : high);
    is_swapped = is_swapped && value == (i % 2 == 0 ? high : 0);
  }
  if (is_plain) return false;
  if (is_swapped && samples.colours == Colours::grey) return true;
  return std::nullopt;
}

std::optional<Samples> samples_of(QPDFObjectHandle image, Ink stencil_ink) {
  QPDFObjectHandle dictionary = image.getDict();
  for (const char* key : {"/SMask", "/Mask", "/SMaskInData", "/Alternates"}) {
    if (dictionary.hasKey(key)) return std::nullopt;
  }
  Samples samples;
  samples.width = integer_of(dictionary.getKey("/Width"), 0);
  samples.height = integer_of(dictionary.getKey("/Height"), 0);
  samples.bits = integer_of(dictionary.getKey("/BitsPerComponent"), 0);
  constexpr int longest = 65500;
  if (samples.width < 1 || samples.height < 1 || samples.width > longest || samples.height > longest) {
    return std::nullopt;
  }
  if (is_true(dictionary.getKey("/ImageMask"))) {
    if (stencil_ink != Ink::black) return std::nullopt;
    samples.bits = 1;
    samples.colours = Colours::grey;
  } else {
    QPDFObjectHandle space = dictionary.getKey("/ColorSpace");
    samples.colours = colours_of(space);
    if (samples.colours == Colours::palette) {
      const std::optional<std::string> palette = palette_of(space);
      if (!palette) return std::nullopt;
      samples.palette = *palette;
    }
  }
  if (samples.colours == Colours::other) return std::nullopt;
  const std::optional<bool> inverted = inversion(dictionary.getKey("/Decode"), samples);
  if (!inverted) return std::nullopt;
  samples.is_inverted = *inverted;
  return samples;
}

/// The one filter of a stream, empty when there is none, "several" when there are more.
std::string only_filter(const QPDFObjectHandle& image) {
  QPDFObjectHandle filter = member(image, "/Filter");
  if (filter.isArray() && filter.getArrayNItems() > 1) return "several";
  return name_of(filter.isArray() ? item(filter, 0) : filter);
}

QPDFObjectHandle filter_parameters(const QPDFObjectHandle& image) {
  QPDFObjectHandle parameters = member(image, "/DecodeParms");
  return parameters.isArray() ? item(parameters, 0) : parameters;
}

std::optional<std::string> raw_bytes(QPDFObjectHandle image) {
  const std::shared_ptr<Buffer> buffer = image.getRawStreamData();
  if (!buffer || buffer->getSize() == 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
}

std::optional<PagePicture> copied_jpeg(const QPDFObjectHandle& image, const Samples& samples) {
  const std::optional<std::string> bytes = raw_bytes(image);
  const std::optional<JpegFrame> frame = bytes ? jpeg_frame(*bytes) : std::nullopt;
  if (!frame || !frame->is_huffman || frame->bits != 8 || samples.is_inverted) return std::nullopt;
  if (frame->width != samples.width || frame->height != samples.height) return std::nullopt;
  const int components = samples.colours == Colours::grey ? 1 : samples.colours == Colours::rgb ? 3 : 0;
  if (frame->components != components) return std::nullopt;
  if (components == 3) {
    // Without an Adobe marker viewers take three components for YCbCr, libjpeg looks at their names.
    if (frame->has_rgb_names && frame->adobe_transform < 0) return std::nullopt;
    if (integer_of(member(filter_parameters(image), "/ColorTransform"), 1) != 1 &&
        frame->adobe_transform < 0) {
      return std::nullopt;
    }
  }
  PagePicture picture;
  picture.coding = PictureCoding::jpeg;
  picture.width = samples.width;
  picture.height = samples.height;
  picture.components = components;
  picture.bytes = *bytes;
  return picture;
}

std::optional<PagePicture> copied_group4(const QPDFObjectHandle& image, const Samples& samples) {
  QPDFObjectHandle parameters = filter_parameters(image);
  QPDFObjectHandle k = member(parameters, "/K");
  if (!k.isNumber() || k.getNumericValue() >= 0) return std::nullopt;
  if (is_true(member(parameters, "/EncodedByteAlign"))) return std::nullopt;
  if (integer_of(member(parameters, "/Columns"), 1728) != samples.width) return std::nullopt;
  const int rows = integer_of(member(parameters, "/Rows"), 0);
  if (rows != 0 && rows != samples.height) return std::nullopt;

  // Decoded samples of black pixels are 0 unless BlackIs1; what they finally show must be black again.
  bool black_is_dark = !is_true(member(parameters, "/BlackIs1"));
  if (samples.colours == Colours::palette) {
    using namespace std::string_view_literals;
    const bool is_straight = samples.palette == "\0\0\0\xFF\xFF\xFF"sv;
    if (!is_straight && samples.palette != "\xFF\xFF\xFF\0\0\0"sv) return std::nullopt;
    black_is_dark = black_is_dark == is_straight;
  } else if (samples.colours != Colours::grey) {
    return std::nullopt;
  }
  if (black_is_dark == samples.is_inverted) return std::nullopt;

  const std::optional<std::string> bytes = raw_bytes(image);
  if (!bytes) return std::nullopt;
  PagePicture picture;
  picture.coding = PictureCoding::ccitt_g4;
  picture.width = samples.width;
  picture.height = samples.height;
  picture.bytes = *bytes;
  return picture;
}

std::string deflated(const std::string& bytes) {
  std::string result;
  Pl_String sink("deflated", nullptr, result);
  Pl_Flate flate("deflate", &sink, Pl_Flate::a_deflate);
  flate.write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  flate.finish();
  return result;
}

/// One sample of a row of 1, 2, 4 or 8 bits each.
unsigned sample_at(std::string_view row, std::size_t index, int bits) {
  const auto width = static_cast<std::size_t>(bits);
  const auto byte = static_cast<unsigned char>(row[index * width / 8]);
  const auto shift = 8 - width - index * width % 8;
  return (static_cast<unsigned>(byte) >> shift) & ((1U << width) - 1U);
}

/// Rows of packed grey or palette samples as 8-bit grey or RGB.
std::string unpacked(const std::string& packed, const Samples& samples, std::size_t row_bytes) {
  const unsigned highest = (1U << static_cast<unsigned>(samples.bits)) - 1U;
  const bool has_palette = samples.colours == Colours::palette;
  const auto width = static_cast<std::size_t>(samples.width);
  const auto height = static_cast<std::size_t>(samples.height);
  const std::size_t last_colour = has_palette ? samples.palette.size() / 3 - 1 : 0;
  std::string result;
  result.reserve(width * height * (has_palette ? 3 : 1));
  for (std::size_t y = 0; y < height; ++y) {
    const std::string_view row = std::string_view(packed).substr(y * row_bytes, row_bytes);
    for (std::size_t x = 0; x < width; ++x) {
      unsigned value = sample_at(row, x, samples.bits);
      if (has_palette) {
        result.append(samples.palette, 3 * std::min<std::size_t>(value, last_colour), 3);
      } else {
        if (samples.is_inverted) value = highest - value;
        result.push_back(static_cast<char>(value * 255U / highest));
      }
    }
  }
  return result;
}

std::optional<PagePicture> decoded_picture(const QPDFObjectHandle& image, const Samples& samples) {
  const bool is_rgb = samples.colours == Colours::rgb;
  const bool is_known_depth =
      samples.bits == 8 || (!is_rgb && (samples.bits == 1 || samples.bits == 2 || samples.bits == 4));
  if (!is_known_depth) return std::nullopt;
  const std::size_t row_bytes =
      (static_cast<std::size_t>(samples.width) * (is_rgb ? 3 : 1) * static_cast<std::size_t>(samples.bits) +
       7) /
      8;
  const std::size_t expected = row_bytes * static_cast<std::size_t>(samples.height);
  constexpr std::size_t surplus = 65536;
  if (static_cast<std::size_t>(samples.width) * static_cast<std::size_t>(samples.height) * 3 >
      most_raw_bytes) {
    return std::nullopt;
  }
  std::optional<std::string> bytes = decoded_bytes(image, expected + surplus, qpdf_dl_all);
  if (!bytes || bytes->size() < expected) return std::nullopt;
  bytes->resize(expected);
  PagePicture picture;
  picture.coding = PictureCoding::flate;
  picture.width = samples.width;
  picture.height = samples.height;
  picture.components = samples.colours == Colours::grey ? 1 : 3;
  picture.bytes = deflated(is_rgb ? *bytes : unpacked(*bytes, samples, row_bytes));
  return picture;
}

}  // namespace

std::optional<PagePicture> taken_picture(const QPDFObjectHandle& image, Ink stencil_ink) {
  const std::optional<Samples> samples = samples_of(image, stencil_ink);
  if (!samples) return std::nullopt;
  const std::string filter = only_filter(image);
  if (filter == "/CCITTFaxDecode" || filter == "/CCF") return copied_group4(image, *samples);
  if (filter == "/DCTDecode" || filter == "/DCT") {
    if (std::optional<PagePicture> copied = copied_jpeg(image, *samples)) return copied;
    // A JPEG that is not what the dictionary says is shown differently by different viewers.
    return std::nullopt;
  }
  return decoded_picture(image, *samples);
}

}  // namespace eakte::archive

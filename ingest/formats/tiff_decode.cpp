#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "ingest/formats/tiff.h"

namespace eakte::ingest {
namespace {

struct Layout {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  std::uint16_t bits = 1;
  std::uint16_t samples = 1;
  std::uint16_t photometric = PHOTOMETRIC_MINISWHITE;
  std::uint16_t planar = PLANARCONFIG_CONTIG;
  std::uint16_t compression = COMPRESSION_NONE;
};

Layout layout_of(TIFF* tiff) {
  Layout layout;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &layout.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &layout.height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &layout.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &layout.samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &layout.photometric);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &layout.planar);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &layout.compression);
  return layout;
}

struct Failure {
  TIFF* tiff;
  TiffComplaints& complaints;

  [[noreturn]] void damaged() const {
    throw Refused("damaged_file", "the TIFF page cannot be decoded: " + complaints.first);
  }
};

// libtiff pads a strip that is cut short only in some codecs; so the ends are compared beforehand.
void check_complete(TIFF* tiff, const Layout& layout, std::uint64_t file_size) {
  if (file_size == 0 || layout.compression == COMPRESSION_OJPEG) return;
  const std::uint32_t count = TIFFIsTiled(tiff) != 0 ? TIFFNumberOfTiles(tiff) : TIFFNumberOfStrips(tiff);
  for (std::uint32_t i = 0; i < count; ++i) {
    int failed = 0;
    const std::uint64_t offset = TIFFGetStrileOffsetWithErr(tiff, i, &failed);
    const std::uint64_t bytes = TIFFGetStrileByteCount(tiff, i);
    if (failed != 0) throw Refused("truncated_file", "the TIFF page lacks the places of its strips");
    if (offset > file_size || bytes > file_size - offset) {
      throw Refused("truncated_file",
                    fmt::format("strip {} of {} lies beyond the end of the TIFF file", i + 1, count));
    }
  }
}

// A strip or tile as decoded, in place.
struct Piece {
  const std::uint8_t* bytes;
  std::size_t stride;
  int left;
  int top;
  int width;
  int height;
};

template <typename Place>
void for_each_strip(TIFF* tiff, const Layout& layout, const Failure& failure, Place place) {
  std::uint32_t rows_per_strip = layout.height;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows_per_strip);
  rows_per_strip = std::clamp<std::uint32_t>(rows_per_strip, 1, layout.height);
  const auto stride = static_cast<std::size_t>(TIFFScanlineSize64(tiff));
  if (stride < (std::size_t{layout.width} * layout.bits * layout.samples + 7) / 8) failure.damaged();
  std::vector<std::uint8_t> buffer(stride * rows_per_strip);
  std::uint32_t strip = 0;
  for (std::uint32_t top = 0; top < layout.height; top += rows_per_strip, ++strip) {
    const std::uint32_t rows = std::min(rows_per_strip, layout.height - top);
    const auto wanted = static_cast<tmsize_t>(stride * rows);
    if (TIFFReadEncodedStrip(tiff, strip, buffer.data(), wanted) != wanted) failure.damaged();
    place(Piece{buffer.data(), stride, 0, static_cast<int>(top), static_cast<int>(layout.width),
                static_cast<int>(rows)});
  }
}

template <typename Place>
void for_each_tile(TIFF* tiff, const Layout& layout, const Failure& failure, Place place) {
  std::uint32_t tile_width = 0;
  std::uint32_t tile_height = 0;
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &tile_width);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &tile_height);
  const tmsize_t size = TIFFTileSize(tiff);
  const auto stride = static_cast<std::size_t>(TIFFTileRowSize(tiff));
  // A tile of padding may be far larger than the picture that fits the limit.
  if (size <= 0 || tile_width == 0 || tile_height == 0 ||
      std::size_t{tile_width} > std::size_t{layout.width} + 65536 ||
      stride * tile_height > static_cast<std::size_t>(size)) {
    failure.damaged();
  }
  std::vector<std::uint8_t> buffer(static_cast<std::size_t>(size));
  for (std::uint32_t top = 0; top < layout.height; top += tile_height) {
    for (std::uint32_t left = 0; left < layout.width; left += tile_width) {
      if (TIFFReadTile(tiff, buffer.data(), left, top, 0, 0) < 0) failure.damaged();
      place(Piece{buffer.data(), stride, static_cast<int>(left), static_cast<int>(top),
                  static_cast<int>(std::min(tile_width, layout.width - left)),
                  static_cast<int>(std::min(tile_height, layout.height - top))});
    }
  }
}

template <typename Place>
void for_each_piece(TIFF* tiff, const Layout& layout, const Failure& failure, Place place) {
  if (TIFFIsTiled(tiff) != 0) {
    for_each_tile(tiff, layout, failure, place);
  } else {
    for_each_strip(tiff, layout, failure, place);
  }
}

cv::Mat empty_page(const Layout& layout, int type) {
  return cv::Mat(static_cast<int>(layout.height), static_cast<int>(layout.width), type);
}

cv::Mat decode_bilevel(TIFF* tiff, const Layout& layout, const Failure& failure) {
  cv::Mat pixels = empty_page(layout, CV_8UC1);
  const std::uint8_t one = layout.photometric == PHOTOMETRIC_MINISWHITE ? 0 : 255;
  const auto zero = static_cast<std::uint8_t>(255 - one);
  for_each_piece(tiff, layout, failure, [&](const Piece& piece) {
    for (int y = 0; y < piece.height; ++y) {
      const std::uint8_t* bits = piece.bytes + piece.stride * static_cast<std::size_t>(y);
      std::uint8_t* row = pixels.ptr(piece.top + y) + piece.left;
      for (int x = 0; x < piece.width; ++x) row[x] = (bits[x / 8] & 0x80 >> x % 8) != 0 ? one : zero;
    }
  });
  return pixels;
}

// A sample of 2, 4, 8 or 16 bits, spread to 8. libtiff has put 16 bits into this machine's order.
std::uint8_t grey_sample(const std::uint8_t* row, int x, int bits) {
  switch (bits) {
    case 2:
      return static_cast<std::uint8_t>((row[x / 4] >> (6 - 2 * (x % 4)) & 3) * 85);
    case 4:
      return static_cast<std::uint8_t>((row[x / 2] >> (4 - 4 * (x % 2)) & 15) * 17);
    case 16: {
      std::uint16_t sample = 0;
      std::memcpy(&sample, row + 2 * static_cast<std::size_t>(x), sizeof sample);
      return static_cast<std::uint8_t>((sample + 128U) / 257);
    }
    default:
      return row[x];
  }
}

cv::Mat decode_grey(TIFF* tiff, const Layout& layout, const Failure& failure) {
  cv::Mat pixels = empty_page(layout, CV_8UC1);
  const std::uint8_t flip = layout.photometric == PHOTOMETRIC_MINISWHITE ? 255 : 0;
  for_each_piece(tiff, layout, failure, [&](const Piece& piece) {
    for (int y = 0; y < piece.height; ++y) {
      const std::uint8_t* from = piece.bytes + piece.stride * static_cast<std::size_t>(y);
      std::uint8_t* row = pixels.ptr(piece.top + y) + piece.left;
      for (int x = 0; x < piece.width; ++x) row[x] = grey_sample(from, x, layout.bits) ^ flip;
    }
  });
  return pixels;
}

cv::Mat decode_rgb(TIFF* tiff, const Layout& layout, const Failure& failure) {
  cv::Mat pixels = empty_page(layout, CV_8UC3);
  for_each_piece(tiff, layout, failure, [&](const Piece& piece) {
    for (int y = 0; y < piece.height; ++y) {
      const std::uint8_t* from = piece.bytes + piece.stride * static_cast<std::size_t>(y);
      auto* row = pixels.ptr<cv::Vec3b>(piece.top + y) + piece.left;
      for (int x = 0; x < piece.width; ++x, from += 3) row[x] = {from[2], from[1], from[0]};
    }
  });
  return pixels;
}

struct RgbaImage {
  TIFFRGBAImage state = {};
  ~RgbaImage() { TIFFRGBAImageEnd(&state); }
};

// libtiff's own conversion knows all the rest; it multiplies colours by alpha, so white shows through by
// adding what is missing. Done in bands: it takes four bytes a pixel.
cv::Mat decode_anything(TIFF* tiff, const Layout& layout, const Failure& failure) {
  char why[1024] = {};
  if (TIFFRGBAImageOK(tiff, why) == 0)
    throw Refused("unknown_type", fmt::format("a TIFF page of this kind is not taken: {}", why));
  RgbaImage image;
  if (TIFFRGBAImageBegin(&image.state, tiff, 1, why) == 0) {
    throw Refused("unknown_type", fmt::format("a TIFF page of this kind is not taken: {}", why));
  }
  image.state.orientation = ORIENTATION_TOPLEFT;
  image.state.req_orientation = ORIENTATION_TOPLEFT;
  std::uint32_t band = 256;
  TIFFGetField(tiff, TIFFIsTiled(tiff) != 0 ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, &band);
  band = std::clamp<std::uint32_t>(band, 1, layout.height);
  while (band < 64) band *= 2;
  std::vector<std::uint32_t> colours(std::size_t{layout.width} * band);
  cv::Mat pixels = empty_page(layout, CV_8UC3);
  for (std::uint32_t top = 0; top < layout.height; top += band) {
    const std::uint32_t rows = std::min(band, layout.height - top);
    image.state.row_offset = static_cast<int>(top);
    image.state.col_offset = 0;
    if (TIFFRGBAImageGet(&image.state, colours.data(), layout.width, rows) == 0) failure.damaged();
    const std::uint32_t* from = colours.data();
    for (std::uint32_t y = 0; y < rows; ++y) {
      auto* row = pixels.ptr<cv::Vec3b>(static_cast<int>(top + y));
      for (std::uint32_t x = 0; x < layout.width; ++x, ++from) {
        const std::uint32_t clear = 255 - TIFFGetA(*from);
        const auto on_white = [&](std::uint32_t value) {
          return static_cast<std::uint8_t>(std::min(255U, value + clear));
        };
        row[x] = {on_white(TIFFGetB(*from)), on_white(TIFFGetG(*from)), on_white(TIFFGetR(*from))};
      }
    }
  }
  return pixels;
}

cv::Mat decode_pixels(TIFF* tiff, const Layout& layout, const Failure& failure) {
  std::uint16_t sample_format = SAMPLEFORMAT_UINT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &sample_format);
  const bool plain = layout.compression != COMPRESSION_OJPEG && sample_format == SAMPLEFORMAT_UINT;
  if (plain && layout.samples == 1 &&
      (layout.photometric == PHOTOMETRIC_MINISWHITE || layout.photometric == PHOTOMETRIC_MINISBLACK)) {
    if (layout.bits == 1) return decode_bilevel(tiff, layout, failure);
    if (layout.bits == 2 || layout.bits == 4 || layout.bits == 8 || layout.bits == 16) {
      return decode_grey(tiff, layout, failure);
    }
  }
  if (layout.samples == 3 && layout.bits == 8 && layout.planar == PLANARCONFIG_CONTIG) {
    if (plain && layout.photometric == PHOTOMETRIC_RGB) return decode_rgb(tiff, layout, failure);
    if (layout.compression == COMPRESSION_JPEG && layout.photometric == PHOTOMETRIC_YCBCR) {
      TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
      return decode_rgb(tiff, layout, failure);
    }
  }
  return grey_if_colourless(decode_anything(tiff, layout, failure));
}

// Group 4 and JPEG do not find back after an error; a fax line is on its own and a few may be bad.
int tolerable_warnings(const Layout& layout) {
  switch (layout.compression) {
    case COMPRESSION_CCITTFAX4:
    case COMPRESSION_JPEG:
      return 0;
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTRLEW:
    case COMPRESSION_CCITTFAX3:
      return static_cast<int>(layout.height / 20);
    default:
      return 1000;
  }
}

Density density_of(TIFF* tiff) {
  float x = 0;
  float y = 0;
  std::uint16_t unit = RESUNIT_INCH;
  TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x);
  TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  const double per_unit = unit == RESUNIT_CENTIMETER ? 2.54 : 1.0;
  return {x * per_unit, y * per_unit};
}

}  // namespace

Raster decode_tiff(TIFF* tiff, TiffComplaints& complaints, std::uint64_t file_size,
                   const ReadLimits& limits) {
  const Layout layout = layout_of(tiff);
  check_picture_size(layout.width, layout.height, limits);
  check_complete(tiff, layout, file_size);
  complaints.clear();
  const Failure failure{tiff, complaints};
  Raster raster;
  raster.pixels = decode_pixels(tiff, layout, failure);
  if (complaints.errors > 0 || complaints.warnings > tolerable_warnings(layout)) failure.damaged();
  raster.density = density_of(tiff);
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  raster.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  return raster;
}

}  // namespace eakte::ingest

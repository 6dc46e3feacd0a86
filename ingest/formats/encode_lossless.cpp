#include <tiffio.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "ingest/formats/encode.h"
#include "ingest/formats/tiff_handle.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {

bool is_bilevel(const cv::Mat& pixels) {
  if (pixels.channels() != 1) return false;
  for (int y = 0; y < pixels.rows; ++y) {
    const unsigned char* row = pixels.ptr(y);
    for (int x = 0; x < pixels.cols; ++x) {
      if (row[x] != 0 && row[x] != 255) return false;
    }
  }
  return true;
}

namespace {

// Level 4 costs a third of the time of 6 on scans and is 2 % larger.
constexpr int flate_level = 4;

struct DeflateStream {
  z_stream state = {};
  DeflateStream() {
    if (deflateInit(&state, flate_level) != Z_OK) throw Error("zlib cannot start");
  }
  ~DeflateStream() { deflateEnd(&state); }
  DeflateStream(const DeflateStream&) = delete;
  DeflateStream& operator=(const DeflateStream&) = delete;
};

void compress(DeflateStream& stream, std::vector<unsigned char>& row, int flush, std::string& out) {
  std::array<char, 65536> chunk;
  stream.state.next_in = row.data();
  stream.state.avail_in = static_cast<uInt>(row.size());
  do {
    stream.state.next_out = reinterpret_cast<unsigned char*>(chunk.data());
    stream.state.avail_out = static_cast<uInt>(chunk.size());
    deflate(&stream.state, flush);
    out.append(chunk.data(), chunk.size() - stream.state.avail_out);
  } while (stream.state.avail_out == 0);
}

std::string flate(const cv::Mat& pixels) {
  const int channels = pixels.channels();
  std::vector<unsigned char> row(static_cast<std::size_t>(pixels.cols) * static_cast<std::size_t>(channels));
  std::string out;
  DeflateStream stream;
  for (int y = 0; y < pixels.rows; ++y) {
    const unsigned char* from = pixels.ptr(y);
    std::memcpy(row.data(), from, row.size());
    if (channels == 3) {
      for (std::size_t x = 0; x + 2 < row.size(); x += 3) std::swap(row[x], row[x + 2]);
    }
    compress(stream, row, y + 1 == pixels.rows ? Z_FINISH : Z_NO_FLUSH, out);
  }
  return out;
}

/// Eight pixels of 0 or 255 as bits, the first one highest.
std::uint8_t eight_bits(const std::uint8_t* pixels) {
  std::uint64_t eight = 0;
  std::memcpy(&eight, pixels, 8);
  // One bit of each byte, all different, gathered in the highest byte by adding up.
  constexpr std::uint64_t places =
      std::endian::native == std::endian::little ? 0x0102040810204080U : 0x8040201008040201U;
  return static_cast<std::uint8_t>(((eight & places) * 0x0101010101010101U) >> 56U);
}

}  // namespace

void append_bits(Bits& bits, const cv::Mat& pixels, std::uint8_t one) {
  bits.width = pixels.cols;
  bits.height += pixels.rows;
  const auto flip = static_cast<std::uint8_t>(one == 0 ? 0xFF : 0);
  bits.bytes.reserve(bits.bytes.size() + static_cast<std::size_t>((pixels.cols + 7) / 8 * pixels.rows));
  for (int y = 0; y < pixels.rows; ++y) {
    const std::uint8_t* row = pixels.ptr(y);
    int x = 0;
    for (; x + 8 <= pixels.cols; x += 8) {
      bits.bytes.push_back(static_cast<std::uint8_t>(eight_bits(row + x) ^ flip));
    }
    if (x == pixels.cols) continue;
    std::array<std::uint8_t, 8> rest;
    rest.fill(flip);
    std::copy(row + x, row + pixels.cols, rest.begin());
    bits.bytes.push_back(static_cast<std::uint8_t>(eight_bits(rest.data()) ^ flip));
  }
}

std::string encode_group4(Bits& bits) {
  MemoryTiff memory;
  const TiffHandle tiff = memory.open_for_writing();
  TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(bits.width));
  TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(bits.height));
  TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff.get(), TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(bits.height));
  if (TIFFWriteEncodedStrip(tiff.get(), 0, bits.bytes.data(), static_cast<tmsize_t>(bits.bytes.size())) < 0 ||
      TIFFFlushData(tiff.get()) == 0) {
    throw Error("cannot code a page as CCITT Group 4: " + memory.complaint());
  }
  return memory.bytes().substr(TIFFGetStrileOffset(tiff.get(), 0), TIFFGetStrileByteCount(tiff.get(), 0));
}

archive::PagePicture encode_lossless(const ocr::PageImage& image) {
  if (image.pixels.empty() || image.pixels.depth() != CV_8U ||
      (image.pixels.channels() != 1 && image.pixels.channels() != 3)) {
    throw Error("a page without pixels of 8 bits in 1 or 3 channels cannot be coded");
  }
  archive::PagePicture picture;
  picture.width = image.pixels.cols;
  picture.height = image.pixels.rows;
  picture.components = image.pixels.channels();
  picture.dpi = image.dpi;
  const bool bilevel = is_bilevel(image.pixels);
  picture.coding = bilevel ? archive::PictureCoding::ccitt_g4 : archive::PictureCoding::flate;
  if (bilevel) {
    Bits bits;
    append_bits(bits, image.pixels, 0);
    picture.bytes = encode_group4(bits);
  } else {
    picture.bytes = flate(image.pixels);
  }
  return picture;
}

}  // namespace eakte::ingest

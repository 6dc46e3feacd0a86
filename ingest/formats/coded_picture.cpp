#include "ingest/formats/coded_picture.h"

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <span>
#include <string>

#include "ingest/formats/jpeg.h"
#include "ingest/formats/tiff.h"

namespace eakte::ingest {
namespace {

void append_entry(std::string& tiff, std::uint16_t tag, std::uint32_t value) {
  constexpr std::uint16_t type_long = 4;
  const auto append = [&](std::uint32_t number, int length) {
    for (int i = 0; i < length; ++i) tiff.push_back(static_cast<char>(number >> 8 * i));
  };
  append(tag, 2);
  append(type_long, 2);
  append(1, 4);
  append(value, 4);
}

// libtiff decodes Group 4 only inside a TIFF, so the strip gets the smallest one around it.
std::string tiff_around(const archive::PagePicture& picture) {
  constexpr std::size_t entries = 8;
  constexpr std::size_t strip_at = 8 + 2 + entries * 12 + 4;
  std::string tiff("II*\0\x08\0\0\0\x08\0", 10);
  append_entry(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.width));
  append_entry(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(picture.height));
  append_entry(tiff, TIFFTAG_BITSPERSAMPLE, 1);
  append_entry(tiff, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  append_entry(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  append_entry(tiff, TIFFTAG_STRIPOFFSETS, strip_at);
  append_entry(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(picture.height));
  append_entry(tiff, TIFFTAG_STRIPBYTECOUNTS, static_cast<std::uint32_t>(picture.bytes.size()));
  tiff.append(4, '\0');
  return tiff + picture.bytes;
}

cv::Mat decode_group4(const archive::PagePicture& picture, const ReadLimits& limits) {
  MemoryTiff memory(tiff_around(picture));
  const TiffHandle tiff = memory.open();
  if (!tiff) return {};
  return decode_tiff(tiff.get(), memory.complaints(), memory.bytes().size(), limits).pixels;
}

cv::Mat decode_flate(const archive::PagePicture& picture, const ReadLimits& limits) {
  check_picture_size(picture.width, picture.height, limits);
  if (picture.components != 1 && picture.components != 3) return {};
  cv::Mat pixels(picture.height, picture.width, CV_8UC(picture.components));
  uLongf length = pixels.total() * pixels.elemSize();
  const uLongf wanted = length;
  const int result = ::uncompress(pixels.data, &length, reinterpret_cast<const Bytef*>(picture.bytes.data()),
                                  picture.bytes.size());
  if (result != Z_OK || length != wanted) return {};
  if (picture.components == 3) cv::cvtColor(pixels, pixels, cv::COLOR_RGB2BGR);
  return pixels;
}

}  // namespace

std::optional<cv::Mat> decode_coded(const archive::PagePicture& picture, const ReadLimits& limits) {
  cv::Mat pixels;
  try {
    switch (picture.coding) {
      case archive::PictureCoding::jpeg:
        pixels =
            decode_jpeg({reinterpret_cast<const std::uint8_t*>(picture.bytes.data()), picture.bytes.size()},
                        limits)
                .raster.pixels;
        break;
      case archive::PictureCoding::ccitt_g4:
        pixels = decode_group4(picture, limits);
        break;
      case archive::PictureCoding::flate:
        pixels = decode_flate(picture, limits);
        break;
    }
  } catch (const Refused& refused) {
    if (refused.code == "picture_too_large") throw;
    return std::nullopt;
  }
  if (pixels.cols != picture.width || pixels.rows != picture.height) return std::nullopt;
  return pixels;
}

}  // namespace eakte::ingest

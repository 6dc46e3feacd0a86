#include <leptonica/allheaders.h>

#include <cstdlib>
#include <memory>

#include "ingest/formats/pictures.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

struct PixFreeing {
  void operator()(PIX* pix) const { pixDestroy(&pix); }
};
using Pix = std::unique_ptr<PIX, PixFreeing>;

constexpr std::size_t file_header = 14;
constexpr std::size_t least_header = file_header + 40;

// Leptonica decodes what is there and leaves the rest black; so the size is reckoned beforehand.
void check_complete(std::span<const std::uint8_t> file, std::int64_t width, std::int64_t height) {
  const std::int64_t bits = little_endian(file, 28, 2);
  const std::int64_t stride = (width * bits + 31) / 32 * 4;
  const std::int64_t start = little_endian(file, 10, 4);
  if (start + stride * height > static_cast<std::int64_t>(file.size())) {
    throw Refused("truncated_file", "the BMP file ends early");
  }
}

cv::Mat pixels_of(PIX* decoded) {
  Pix plain(pixRemoveColormap(decoded, REMOVE_CMAP_BASED_ON_SRC));
  if (plain && pixGetDepth(plain.get()) != 32) plain.reset(pixConvertTo8(plain.get(), 0));
  if (!plain) throw Refused("damaged_file", "the BMP file cannot be decoded");
  const int width = pixGetWidth(plain.get());
  const int height = pixGetHeight(plain.get());
  const bool colour = pixGetDepth(plain.get()) == 32;
  cv::Mat pixels(height, width, colour ? CV_8UC3 : CV_8UC1);
  for (int y = 0; y < height; ++y) {
    const l_uint32* line = pixGetData(plain.get()) +
                           static_cast<std::size_t>(y) * static_cast<std::size_t>(pixGetWpl(plain.get()));
    std::uint8_t* row = pixels.ptr(y);
    for (int x = 0; x < width; ++x) {
      if (colour) {
        pixels.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(line[x] >> L_BLUE_SHIFT),
                                      static_cast<std::uint8_t>(line[x] >> L_GREEN_SHIFT),
                                      static_cast<std::uint8_t>(line[x] >> L_RED_SHIFT)};
      } else {
        row[x] = static_cast<std::uint8_t>(GET_DATA_BYTE(line, x));
      }
    }
  }
  return pixels;
}

}  // namespace

Raster decode_bmp(std::span<const std::uint8_t> file, const ReadLimits& limits) {
  if (file.size() < least_header) throw Refused("truncated_file", "the BMP file ends in its header");
  const auto width = static_cast<std::int32_t>(little_endian(file, 18, 4));
  const auto height = std::abs(std::int64_t{static_cast<std::int32_t>(little_endian(file, 22, 4))});
  check_picture_size(width, height, limits);
  if (little_endian(file, 30, 4) != 0) throw Refused("unknown_type", "the BMP file is compressed");
  check_complete(file, width, height);
  setMsgSeverity(L_SEVERITY_NONE);
  const Pix decoded(pixReadMemBmp(file.data(), file.size()));
  if (!decoded) throw Refused("damaged_file", "the BMP file cannot be decoded");
  const double per_inch = 0.0254;
  return {pixels_of(decoded.get()),
          {static_cast<std::int32_t>(little_endian(file, 38, 4)) * per_inch,
           static_cast<std::int32_t>(little_endian(file, 42, 4)) * per_inch}};
}

}  // namespace eakte::ingest

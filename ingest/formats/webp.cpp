#include <webp/decode.h>

#include <memory>

#include "ingest/formats/pictures.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

[[noreturn]] void refuse(std::span<const std::uint8_t> file) {
  if (file.size() >= 8 && std::uint64_t{little_endian(file, 4, 4)} + 8 > file.size()) {
    throw Refused("truncated_file", "the WebP file ends early");
  }
  throw Refused("damaged_file", "the WebP file cannot be decoded");
}

struct WebPFreeing {
  void operator()(std::uint8_t* pixels) const { WebPFree(pixels); }
};

}  // namespace

Raster decode_webp(std::span<const std::uint8_t> file, const ReadLimits& limits) {
  WebPBitstreamFeatures features;
  if (WebPGetFeatures(file.data(), file.size(), &features) != VP8_STATUS_OK) refuse(file);
  if (features.has_animation != 0) throw Refused("unknown_type", "the WebP file is a moving picture");
  check_picture_size(features.width, features.height, limits);
  if (features.has_alpha != 0) {
    int width = 0;
    int height = 0;
    const std::unique_ptr<std::uint8_t, WebPFreeing> decoded(
        WebPDecodeBGRA(file.data(), file.size(), &width, &height));
    if (!decoded) refuse(file);
    return {laid_on_white(cv::Mat(height, width, CV_8UC4, decoded.get())), {}};
  }
  cv::Mat pixels(features.height, features.width, CV_8UC3);
  const std::size_t size = pixels.total() * pixels.elemSize();
  if (WebPDecodeBGRInto(file.data(), file.size(), pixels.data, size, static_cast<int>(pixels.step)) ==
      nullptr)
    refuse(file);
  return {pixels, {}};
}

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "ingest/formats/raster.h"

namespace eakte::ingest {

// Decoders for files of one picture. All give grey or BGR of 8 bits with transparency laid on white, check
// the declared size before taking memory, and throw Refused: truncated_file, damaged_file, picture_too_large;
// none gives half a picture.

Raster decode_png(std::span<const std::uint8_t> file, const ReadLimits& limits);
Raster decode_jpeg2000(std::span<const std::uint8_t> file, const ReadLimits& limits);
Raster decode_webp(std::span<const std::uint8_t> file, const ReadLimits& limits);  ///< unknown_type: moving
Raster decode_bmp(std::span<const std::uint8_t> file, const ReadLimits& limits);

/// One page: a PNG, JPEG 2000, WebP or BMP file; its picture is coded anew without loss.
std::unique_ptr<PageReader> open_picture(int input, Format format, const ReadLimits& limits);

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <memory>
#include <span>

#include "ingest/formats/raster.h"

namespace eakte::ingest {

/// A decoded JPEG, and whether its bytes may stand in a PDF as they are.
struct JpegPicture {
  Raster raster;
  int components = 1;     ///< as coded
  bool copyable = false;  ///< 1 or 3 components, Huffman coded, colours as a PDF reader takes them
};

/// Decodes baseline and progressive files to grey or BGR; CMYK and YCCK (also Adobe's inverted) become BGR.
/// A file that ends early but has all rows (scanners forget the end marker) is taken. Throws Refused:
/// truncated_file, damaged_file, picture_too_large.
JpegPicture decode_jpeg(std::span<const std::uint8_t> file, const ReadLimits& limits);

/// One page: a JPEG file.
std::unique_ptr<PageReader> open_jpeg(int input, const ReadLimits& limits);

}  // namespace eakte::ingest

#pragma once
#include <cstdint>
#include <memory>

#include "ingest/formats/raster.h"
#include "ingest/formats/tiff_handle.h"

namespace eakte::ingest {

/// Decodes the directory a handle stands on: every compression libtiff knows, 1 to 16 bits, grey, RGB,
/// palette, CMYK, YCbCr, L*a*b*, with alpha (laid on white), in strips or tiles, planes together or apart.
/// `file_size` of 0 when not known. Throws Refused: truncated_file, damaged_file, picture_too_large, and
/// unknown_type for what is no picture (floating point).
Raster decode_tiff(TIFF* tiff, TiffComplaints& complaints, std::uint64_t file_size, const ReadLimits& limits);

/// A multi-page TIFF or BigTIFF; thumbnails and masks are not pages.
std::unique_ptr<PageReader> open_tiff(int input, const ReadLimits& limits);

}  // namespace eakte::ingest

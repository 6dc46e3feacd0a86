#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "ingest/formats/raster.h"

namespace eakte::ingest {

/// What the first directory of an EXIF block says about how a picture is to be seen.
struct ExifFacts {
  int orientation = 1;  ///< 1..8; 1 when absent or nonsense
  Density density;
};

/// Reads the body of a JPEG's APP1 segment ("Exif\0\0" and a small TIFF; CIPA DC-008). Nothing when it is no
/// EXIF block; whatever points outside the block is passed over.
std::optional<ExifFacts> exif_facts(std::span<const std::uint8_t> segment);

}  // namespace eakte::ingest

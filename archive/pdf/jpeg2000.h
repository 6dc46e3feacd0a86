#pragma once
#include <optional>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// What of the header of a JPEG 2000 file (JP2, JPX; ISO 15444-1, annex I) matters to PDF/A.
struct Jpeg2000Header {
  int colour_channels = 0;        ///< without opacity; after the palette, when there is one
  int bits = 0;                   ///< of each channel, 1..38; 0 when they differ
  bool has_channel_bits = false;  ///< a bpcc box stands in it
  struct ColourSpecification {
    int method = 0;
    int approximation = 0;
    int enumerated = -1;  ///< colour space number for method 1, else -1
  };
  std::vector<ColourSpecification> colours;
};

/// Nothing when the bytes are no JP2 or JPX file or end within its header.
std::optional<Jpeg2000Header> read_jpeg2000_header(std::string_view bytes);

}  // namespace eakte::archive

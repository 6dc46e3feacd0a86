#pragma once
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::testing {

/// Bytes as an open file without a name; closed with the value.
class OpenBytes {
public:
  explicit OpenBytes(std::string_view bytes);
  ~OpenBytes();
  OpenBytes(const OpenBytes&) = delete;
  OpenBytes& operator=(const OpenBytes&) = delete;
  operator int() const { return descriptor_; }  // NOLINT: stands for the descriptor
  std::string content() const;

private:
  int descriptor_;
};

/// Smooth colours that differ in every direction and channel, so that a swapped channel or a mirrored axis
/// shows.
cv::Mat colour_pattern(int width, int height);
cv::Mat grey_pattern(int width, int height);
/// Black and white blocks without any symmetry.
cv::Mat bilevel_pattern(int width, int height);

/// How a TIFF page is written; pixels come from a pattern of the right kind.
struct TiffShape {
  std::uint16_t compression = 1;  // COMPRESSION_NONE
  std::uint16_t bits = 8;
  std::uint16_t samples = 1;
  std::uint16_t photometric = 1;  // PHOTOMETRIC_MINISBLACK
  std::uint16_t planar = 1;
  bool tiled = false;
  int rows_per_strip = 16;
  std::uint16_t orientation = 1;
  std::uint16_t resolution_unit = 2;
  float x_resolution = 300;
  float y_resolution = 300;
  std::uint32_t subfile = 0;
  std::uint16_t fill_order = 1;
  bool big = false;
};
/// A TIFF of one page for each shape; `page` is grey or BGR of 8 bits and converted to what the shape asks
/// for.
std::string tiff_bytes(const std::vector<std::pair<TiffShape, cv::Mat>>& pages);
std::string tiff_bytes(const TiffShape& shape, const cv::Mat& page);

/// A PNG of raw rows in libpng's colour type and depth (16 bit: big-endian).
std::string png_bytes(int width, int height, int bit_depth, int colour_type, const std::string& rows,
                      bool interlaced = false, int dots_per_metre = 11811);
/// Only the header of a PNG that claims a size.
std::string png_header(std::uint32_t width, std::uint32_t height);

std::string bmp_bytes(const cv::Mat& bgr, bool top_down = false);
std::string webp_bytes(const cv::Mat& bgr_or_bgra);
std::string jpeg2000_bytes(const cv::Mat& grey_or_bgr, bool codestream);
/// CMYK as Adobe writes it, inverted, or plain; colours are 4 channels of ink (255 is full ink).
std::string cmyk_jpeg_bytes(const cv::Mat& inks, bool adobe);
/// Puts an EXIF block with an orientation behind the start of a JPEG.
std::string with_exif_orientation(const std::string& jpeg, int orientation, bool intel);

enum class Packing { zip, tar, tar_gz, tar_bz2, tar_xz, seven_zip, old_tar, gz_only };
std::string packed(Packing packing, const std::vector<std::pair<std::string, std::string>>& members,
                   const std::string& password = "");

/// A PDF from the bodies of its objects, numbered from 1; object 1 is the catalog.
std::string pdf_bytes(const std::vector<std::string>& objects);
/// A PDF of pages with these content streams, Helvetica as /F1 and `picture` (an object body) as /P1.
std::string pdf_of_pages(const std::vector<std::string>& contents, const std::string& picture = "",
                         const std::string& page_extra = "");

}  // namespace eakte::testing

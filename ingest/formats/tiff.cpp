#include "ingest/formats/tiff.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "ingest/formats/jpeg.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

// A page coded as one JPEG strip is a JPEG file but for its tables, which stand in the directory.
std::string single_jpeg(TIFF* tiff) {
  std::uint16_t compression = 0;
  std::uint16_t photometric = 0;
  TIFFGetField(tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (compression != COMPRESSION_JPEG || TIFFIsTiled(tiff) != 0 || TIFFNumberOfStrips(tiff) != 1 ||
      (photometric != PHOTOMETRIC_YCBCR && photometric != PHOTOMETRIC_MINISBLACK)) {
    return {};
  }
  std::string strip(TIFFRawStripSize(tiff, 0) > 0 ? static_cast<std::size_t>(TIFFRawStripSize(tiff, 0)) : 0,
                    '\0');
  if (strip.size() < 4 || TIFFReadRawStrip(tiff, 0, strip.data(), static_cast<tmsize_t>(strip.size())) !=
                              static_cast<tmsize_t>(strip.size())) {
    return {};
  }
  std::uint32_t length = 0;
  const void* tables = nullptr;
  // Tables are SOI, segments, EOI: both ends go, and the strip's own SOI.
  if (TIFFGetField(tiff, TIFFTAG_JPEGTABLES, &length, &tables) != 0 && length > 4) {
    strip.replace(0, 2, std::string(static_cast<const char*>(tables), length - 2));
  }
  return strip;
}

// libtiff writes the directory behind the pixels: a file cut short has lost it.
bool first_directory_lies_outside(const TiffSource& source) {
  std::array<std::uint8_t, 16> head = {};
  if (::pread(source.descriptor(), head.data(), head.size(), 0) < 8) return true;
  const bool intel = head[0] == 'I';
  const bool big = head[2] == 43 || head[3] == 43;
  const auto number = [&](std::size_t at) {
    return intel ? little_endian(head, at, 4) : big_endian(head, at, 4);
  };
  if (big && number(intel ? 12 : 8) != 0) return true;
  return number(big && intel ? 8 : big ? 12 : 4) >= source.size();
}

class TiffReader final : public PageReader {
public:
  TiffReader(int input, const ReadLimits& limits) : source_(input), limits_(limits), tiff_(source_.open()) {
    if (!tiff_) {
      if (source_.size() == 0) throw Refused("empty_file", "the input has no bytes");
      const char* code = source_.read_past_end() || first_directory_lies_outside(source_) ? "truncated_file"
                                                                                          : "damaged_file";
      throw Refused(code, "the TIFF file has no readable directory: " + source_.complaints().first);
    }
    find_pages();
  }

  int page_count() const override { return static_cast<int>(pages_.size()); }

  ReceivedPage read(int number) override {
    Raster raster = decode(number);
    ReceivedPage page;
    std::string jpeg =
        is_mirrored(raster.orientation) || has_oblong_pixels(raster.density) ? "" : single_jpeg(tiff_.get());
    if (!jpeg.empty()) {
      const JpegPicture picture =
          decode_jpeg({reinterpret_cast<const std::uint8_t*>(jpeg.data()), jpeg.size()}, limits_);
      if (!picture.copyable || picture.raster.pixels.size() != raster.pixels.size()) jpeg.clear();
    }
    const int turns = quarter_turns_of(raster.orientation);
    const int components = raster.pixels.channels();
    const cv::Size stored = raster.pixels.size();
    page.image = image_of(std::move(raster));
    if (jpeg.empty()) {
      page.must_be_coded = true;
    } else {
      page.picture = {archive::PictureCoding::jpeg,
                      stored.width,
                      stored.height,
                      components,
                      page.image.dpi,
                      turns,
                      std::move(jpeg)};
    }
    return page;
  }

  ocr::PageImage render(int number, int dpi) override {
    return scaled_to(image_of(decode(number)), dpi, limits_);
  }

private:
  Raster decode(int number) {
    source_.complaints().clear();
    if (TIFFSetSubDirectory(tiff_.get(), pages_.at(static_cast<std::size_t>(number - 1))) == 0) {
      throw Refused("damaged_file", fmt::format("page {} of the TIFF file cannot be found again", number));
    }
    return decode_tiff(tiff_.get(), source_.complaints(), source_.size(), limits_);
  }

  void find_pages() {
    std::vector<std::uint64_t> others;
    std::unordered_set<std::uint64_t> seen;
    while (true) {
      const std::uint64_t offset = TIFFCurrentDirOffset(tiff_.get());
      if (!seen.insert(offset).second)
        throw Refused("damaged_file", "the directories of the TIFF file run in a circle");
      std::uint32_t kind = 0;
      TIFFGetField(tiff_.get(), TIFFTAG_SUBFILETYPE, &kind);
      ((kind & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0 ? pages_ : others).push_back(offset);
      if (pages_.size() + others.size() > 2 * static_cast<std::size_t>(limits_.pages) ||
          pages_.size() > static_cast<std::size_t>(limits_.pages)) {
        throw Refused("too_many_pages", fmt::format("the TIFF file has more than {} pages", limits_.pages));
      }
      if (TIFFLastDirectory(tiff_.get()) != 0) break;
      if (TIFFReadDirectory(tiff_.get()) == 0) {
        throw Refused(source_.read_past_end() ? "truncated_file" : "damaged_file",
                      fmt::format("page {} of the TIFF file has no readable directory: {}",
                                  pages_.size() + others.size() + 1, source_.complaints().first));
      }
    }
    if (pages_.empty()) pages_ = std::move(others);
  }

  TiffSource source_;
  ReadLimits limits_;
  TiffHandle tiff_;
  std::vector<std::uint64_t> pages_;  // offsets of their directories
};

}  // namespace

std::unique_ptr<PageReader> open_tiff(int input, const ReadLimits& limits) {
  return std::make_unique<TiffReader>(input, limits);
}

}  // namespace eakte::ingest

#include "ingest/formats/pictures.h"

#include <cassert>
#include <utility>

#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

class PictureReader final : public PageReader {
public:
  PictureReader(int input, Format format, const ReadLimits& limits)
      : source_(input), format_(format), limits_(limits) {}

  int page_count() const override { return 1; }

  ReceivedPage read(int /*number*/) override {
    ReceivedPage page;
    page.image = image_of(decode());
    page.must_be_coded = true;
    return page;
  }

  ocr::PageImage render(int /*number*/, int dpi) override {
    return scaled_to(image_of(decode()), dpi, limits_);
  }

private:
  Raster decode() const {
    Raster raster = decode_as_is();
    raster.pixels = grey_if_colourless(raster.pixels);
    return raster;
  }

  Raster decode_as_is() const {
    switch (format_) {
      case Format::png:
        return decode_png(source_.bytes(), limits_);
      case Format::jpeg2000:
        return decode_jpeg2000(source_.bytes(), limits_);
      case Format::webp:
        return decode_webp(source_.bytes(), limits_);
      default:
        assert(format_ == Format::bmp);
        return decode_bmp(source_.bytes(), limits_);
    }
  }

  SourceBytes source_;
  Format format_;
  ReadLimits limits_;
};

}  // namespace

std::unique_ptr<PageReader> open_picture(int input, Format format, const ReadLimits& limits) {
  return std::make_unique<PictureReader>(input, format, limits);
}

}  // namespace eakte::ingest

#include "ingest/page_reader.h"

#include "ingest/formats/jpeg.h"
#include "ingest/formats/pdf.h"
#include "ingest/formats/pictures.h"
#include "ingest/formats/tiff.h"

namespace eakte::ingest {

std::unique_ptr<PageReader> open_pages(int input, Format format, const ReadLimits& limits) {
  switch (format) {
    case Format::empty:
      throw Refused("empty_file", "the input has no bytes");
    case Format::tiff:
      return open_tiff(input, limits);
    case Format::jpeg:
      return open_jpeg(input, limits);
    case Format::png:
    case Format::jpeg2000:
    case Format::webp:
    case Format::bmp:
      return open_picture(input, format, limits);
    case Format::pdf:
      return open_pdf(input, limits);
    default:
      break;
  }
  throw Refused("unknown_type", "the input is no picture and no PDF");
}

}  // namespace eakte::ingest

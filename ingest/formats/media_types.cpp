#include "ingest/page_reader.h"

namespace eakte::ingest {

std::string_view media_type_of(Format format) {
  switch (format) {
    case Format::tiff:
      return "image/tiff";
    case Format::jpeg:
      return "image/jpeg";
    case Format::png:
      return "image/png";
    case Format::jpeg2000:
      return "image/jp2";
    case Format::webp:
      return "image/webp";
    case Format::bmp:
      return "image/bmp";
    case Format::pdf:
      return "application/pdf";
    case Format::docx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case Format::xlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case Format::pptx:
      return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
    case Format::odt:
      return "application/vnd.oasis.opendocument.text";
    case Format::ods:
      return "application/vnd.oasis.opendocument.spreadsheet";
    case Format::odp:
      return "application/vnd.oasis.opendocument.presentation";
    case Format::doc:
      return "application/msword";
    case Format::xls:
      return "application/vnd.ms-excel";
    case Format::ppt:
      return "application/vnd.ms-powerpoint";
    case Format::rtf:
      return "application/rtf";
    case Format::html:
      return "text/html";
    case Format::text:
      return "text/plain";
    case Format::csv:
      return "text/csv";
    case Format::archive:
    case Format::unknown:
    case Format::empty:
      break;
  }
  return "application/octet-stream";
}

bool is_office(Format format) { return format >= Format::docx && format <= Format::csv; }

}  // namespace eakte::ingest

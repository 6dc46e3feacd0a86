#include <openjpeg.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <opencv2/imgproc.hpp>
#include <string>

#include "ingest/formats/pictures.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

struct Cursor {
  std::span<const std::uint8_t> file;
  std::size_t at = 0;
};

OPJ_SIZE_T read_bytes(void* buffer, OPJ_SIZE_T wanted, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const std::size_t count = std::min(wanted, cursor.file.size() - cursor.at);
  if (count == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(buffer, cursor.file.data() + cursor.at, count);
  cursor.at += count;
  return count;
}

OPJ_OFF_T skip_bytes(OPJ_OFF_T count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const auto left = static_cast<OPJ_OFF_T>(cursor.file.size() - cursor.at);
  if (count < 0) return -1;
  const OPJ_OFF_T done = std::min(count, left);
  cursor.at += static_cast<std::size_t>(done);
  return done == 0 && count > 0 ? -1 : done;
}

OPJ_BOOL seek_bytes(OPJ_OFF_T position, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (position < 0 || static_cast<std::size_t>(position) > cursor.file.size()) return OPJ_FALSE;
  cursor.at = static_cast<std::size_t>(position);
  return OPJ_TRUE;
}

struct Freeing {
  void operator()(opj_codec_t* codec) const { opj_destroy_codec(codec); }
  void operator()(opj_image_t* image) const { opj_image_destroy(image); }
};
struct StreamFreeing {
  void operator()(opj_stream_t* stream) const { opj_stream_destroy(stream); }
};
using Codec = std::unique_ptr<opj_codec_t, Freeing>;
using Image = std::unique_ptr<opj_image_t, Freeing>;
using Stream = std::unique_ptr<opj_stream_t, StreamFreeing>;

void ignore(const char* /*message*/, void* /*user*/) {}

Stream stream_over(Cursor& cursor) {
  Stream stream(opj_stream_default_create(OPJ_TRUE));
  opj_stream_set_user_data(stream.get(), &cursor, nullptr);
  opj_stream_set_user_data_length(stream.get(), cursor.file.size());
  opj_stream_set_read_function(stream.get(), read_bytes);
  opj_stream_set_skip_function(stream.get(), skip_bytes);
  opj_stream_set_seek_function(stream.get(), seek_bytes);
  return stream;
}

Codec decoder_for(std::span<const std::uint8_t> file) {
  const bool boxed = file.size() > 4 && file[0] == 0;
  Codec codec(opj_create_decompress(boxed ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K));
  opj_set_info_handler(codec.get(), ignore, nullptr);
  opj_set_warning_handler(codec.get(), ignore, nullptr);
  opj_set_error_handler(codec.get(), ignore, nullptr);
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (opj_setup_decoder(codec.get(), &parameters) == OPJ_FALSE) throw Error("OpenJPEG cannot start");
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);
  return codec;
}

// One component as 8 bits at the size of the picture.
cv::Mat plane_of(const opj_image_comp_t& component, cv::Size size) {
  if (component.data == nullptr || component.w == 0 || component.h == 0) {
    throw Refused("damaged_file", "the JPEG 2000 file lacks a component");
  }
  const int precision = std::clamp(static_cast<int>(component.prec), 1, 31);
  const std::int64_t most = (std::int64_t{1} << precision) - 1;
  const std::int64_t offset = component.sgnd != 0 ? std::int64_t{1} << (precision - 1) : 0;
  cv::Mat plane(static_cast<int>(component.h), static_cast<int>(component.w), CV_8UC1);
  const OPJ_INT32* from = component.data;
  for (int y = 0; y < plane.rows; ++y) {
    std::uint8_t* row = plane.ptr(y);
    for (int x = 0; x < plane.cols; ++x) {
      const std::int64_t value = std::clamp<std::int64_t>(*from++ + offset, 0, most);
      row[x] = static_cast<std::uint8_t>((value * 255 + most / 2) / most);
    }
  }
  if (plane.size() != size) cv::resize(plane, plane, size, 0, 0, cv::INTER_NEAREST);
  return plane;
}

void lay_on_white(cv::Mat& plane, const cv::Mat& alpha) {
  for (int y = 0; y < plane.rows; ++y) {
    std::uint8_t* row = plane.ptr(y);
    const std::uint8_t* opaque = alpha.ptr(y);
    for (int x = 0; x < plane.cols; ++x) {
      row[x] = static_cast<std::uint8_t>((row[x] * opaque[x] + 255 * (255 - opaque[x]) + 127) / 255);
    }
  }
}

cv::Mat pixels_of(const opj_image_t& image, cv::Size size) {
  std::vector<cv::Mat> planes;
  cv::Mat alpha;
  for (OPJ_UINT32 i = 0; i < image.numcomps; ++i) {
    if (image.comps[i].alpha != 0) {
      alpha = plane_of(image.comps[i], size);
    } else {
      planes.push_back(plane_of(image.comps[i], size));
    }
  }
  if (planes.size() == 4 && image.color_space == OPJ_CLRSPC_CMYK) {
    for (std::size_t i = 0; i < 3; ++i) {
      cv::multiply(255 - planes[i], 255 - planes[3], planes[i], 1.0 / 255);
    }
    planes.resize(3);
  }
  // A second or fourth channel that nothing names is transparency in every file seen.
  if (planes.size() == 2 || planes.size() == 4) {
    if (alpha.empty()) alpha = planes.back();
    planes.pop_back();
  }
  if (planes.size() != 1 && planes.size() != 3)
    throw Refused("damaged_file", "the JPEG 2000 file has an odd number of components");
  cv::Mat pixels;
  if (planes.size() == 3 &&
      (image.color_space == OPJ_CLRSPC_SYCC || image.comps[1].dx != image.comps[0].dx)) {
    const std::vector<cv::Mat> y_cr_cb = {planes[0], planes[2], planes[1]};
    cv::merge(y_cr_cb, pixels);
    cv::cvtColor(pixels, pixels, cv::COLOR_YCrCb2BGR);
    cv::split(pixels, planes);
    std::swap(planes[0], planes[2]);
  }
  if (!alpha.empty()) {
    for (cv::Mat& plane : planes) lay_on_white(plane, alpha);
  }
  if (planes.size() == 1) return planes[0];
  std::swap(planes[0], planes[2]);
  cv::merge(planes, pixels);
  return pixels;
}

// The capture or display resolution box (ISO 15444-1, I.5.3.7), a few dozen bytes into the header box.
Density density_of(std::span<const std::uint8_t> file) {
  const auto head = file.first(std::min<std::size_t>(file.size(), 8192));
  for (std::size_t at = 0; at + 14 < head.size(); ++at) {
    if (std::memcmp(head.data() + at, "resc", 4) != 0 && std::memcmp(head.data() + at, "resd", 4) != 0)
      continue;
    const auto part = [&](std::size_t numerator, std::size_t exponent) {
      const double divisor = big_endian(head, at + numerator + 2, 2);
      if (divisor <= 0) return 0.0;
      const auto power = static_cast<std::int8_t>(head[at + exponent]);
      return big_endian(head, at + numerator, 2) / divisor * std::pow(10.0, power) * 0.0254;
    };
    return {part(8, 13), part(4, 12)};
  }
  return {};
}

}  // namespace

Raster decode_jpeg2000(std::span<const std::uint8_t> file, const ReadLimits& limits) {
  Cursor cursor{file};
  const Stream stream = stream_over(cursor);
  const Codec codec = decoder_for(file);
  opj_image_t* started = nullptr;
  const bool has_header = opj_read_header(stream.get(), codec.get(), &started) != OPJ_FALSE;
  const Image image(started);
  if (!has_header || !image) throw Refused("damaged_file", "the JPEG 2000 header cannot be read");
  if (image->numcomps == 0 || image->numcomps > 5) {
    throw Refused("damaged_file", "the JPEG 2000 file has an odd number of components");
  }
  const auto width = static_cast<std::int64_t>(image->x1) - image->x0;
  const auto height = static_cast<std::int64_t>(image->y1) - image->y0;
  check_picture_size(width, height, limits);
  if (opj_decode(codec.get(), stream.get(), image.get()) == OPJ_FALSE ||
      opj_end_decompress(codec.get(), stream.get()) == OPJ_FALSE) {
    if (cursor.at >= file.size()) throw Refused("truncated_file", "the JPEG 2000 file ends early");
    throw Refused("damaged_file", "the JPEG 2000 file cannot be decoded");
  }
  const cv::Size size(static_cast<int>(width), static_cast<int>(height));
  return {pixels_of(*image, size), density_of(file)};
}

}  // namespace eakte::ingest

#include "ingest/formats/jpeg.h"

// jpeglib.h needs FILE and size_t declared before it.
#include <cstdio>
// clang-format off
#include <jpeglib.h>
#include <jerror.h>
// clang-format on

#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <csetjmp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "ingest/formats/exif.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

// Far above what encoders write (about 10); a flood of empty scans costs hours at a few hundred bytes.
constexpr int most_scans = 200;

// libjpeg's state. Its errors leave by longjmp, so every function that calls it holds plain values only.
struct Decompression {
  jpeg_decompress_struct state = {};
  jpeg_error_mgr errors = {};
  jpeg_progress_mgr progress = {};
  std::jmp_buf escape = {};
  std::array<char, JMSG_LENGTH_MAX> message = {};
  bool ended_early = false;  // the source ran dry
  bool corrupt = false;      // some of the picture was made up

  Decompression() = default;
  ~Decompression() { jpeg_destroy_decompress(&state); }
  Decompression(const Decompression&) = delete;
  Decompression& operator=(const Decompression&) = delete;
};

Decompression& session_of(j_common_ptr state) { return *static_cast<Decompression*>(state->client_data); }

[[noreturn]] void leave(j_common_ptr state) {
  Decompression& session = session_of(state);
  state->err->format_message(state, session.message.data());
  std::longjmp(session.escape, 1);  // NOLINT(cert-err52-cpp): the only way out of libjpeg
}

void note(j_common_ptr state, int level) {
  if (level >= 0) return;
  Decompression& session = session_of(state);
  switch (state->err->msg_code) {
    case JWRN_JPEG_EOF:
      session.ended_early = true;
      break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_MUST_RESYNC:
    case JWRN_ARITH_BAD_CODE:
      session.corrupt = true;
      break;
    default:
      break;
  }
}

void count_scans(j_common_ptr state) {
  if (reinterpret_cast<j_decompress_ptr>(state)->input_scan_number > most_scans) leave(state);
}

bool read_header(Decompression& session, const std::uint8_t* bytes, std::size_t size) {
  session.state.err = jpeg_std_error(&session.errors);
  session.errors.error_exit = leave;
  session.errors.emit_message = note;
  session.state.client_data = &session;
  if (setjmp(session.escape) != 0) return false;
  jpeg_create_decompress(&session.state);
  session.progress.progress_monitor = count_scans;
  session.state.progress = &session.progress;
  jpeg_mem_src(&session.state, bytes, static_cast<unsigned long>(size));
  jpeg_save_markers(&session.state, JPEG_APP0 + 1, 0xFFFF);
  jpeg_read_header(&session.state, TRUE);
  return true;
}

bool start(Decompression& session, J_COLOR_SPACE colours) {
  if (setjmp(session.escape) != 0) return false;
  session.state.out_color_space = colours;
  jpeg_start_decompress(&session.state);
  return true;
}

bool read_row(Decompression& session, std::uint8_t* row) {
  if (setjmp(session.escape) != 0) return false;
  JSAMPROW rows[1] = {row};
  return jpeg_read_scanlines(&session.state, rows, 1) == 1;
}

[[noreturn]] void refuse(const Decompression& session) {
  const std::string why = session.message[0] != 0 ? session.message.data() : "coded data is corrupt";
  if (session.ended_early) throw Refused("truncated_file", "the JPEG ends early: " + why);
  throw Refused("damaged_file", "the JPEG cannot be decoded: " + why);
}

// Adobe writes CMYK inverted: 255 is no ink.
void row_from_cmyk(const std::vector<std::uint8_t>& inks, bool inverted, cv::Vec3b* row) {
  for (std::size_t x = 0; x < inks.size() / 4; ++x) {
    const auto light = [&](std::size_t ink) {
      const int value = inks[4 * x + ink];
      return inverted ? value : 255 - value;
    };
    const int black = light(3);
    for (std::size_t channel = 0; channel < 3; ++channel) {
      row[x][static_cast<int>(2 - channel)] = static_cast<std::uint8_t>((light(channel) * black + 127) / 255);
    }
  }
}

cv::Mat read_rows(Decompression& session, int width, int height, bool four) {
  const int channels = session.state.num_components == 1 ? 1 : 3;
  cv::Mat pixels(height, width, CV_8UC(channels));
  std::vector<std::uint8_t> inks(four ? static_cast<std::size_t>(width) * 4 : 0);
  for (int y = 0; y < height; ++y) {
    if (!read_row(session, four ? inks.data() : pixels.ptr(y))) refuse(session);
    if (session.corrupt) refuse(session);
    if (four) row_from_cmyk(inks, session.state.saw_Adobe_marker != FALSE, pixels.ptr<cv::Vec3b>(y));
  }
  return pixels;
}

void read_facts(const Decompression& session, Raster& raster) {
  const jpeg_decompress_struct& state = session.state;
  if (state.saw_JFIF_marker != FALSE && (state.density_unit == 1 || state.density_unit == 2)) {
    const double per_unit = state.density_unit == 2 ? 2.54 : 1.0;
    raster.density = {state.X_density * per_unit, state.Y_density * per_unit};
  }
  for (jpeg_saved_marker_ptr marker = state.marker_list; marker != nullptr; marker = marker->next) {
    const auto exif = exif_facts({marker->data, marker->data_length});
    if (!exif) continue;
    raster.orientation = exif->orientation;
    if (raster.density.x <= 0) raster.density = exif->density;
    return;
  }
}

}  // namespace

JpegPicture decode_jpeg(std::span<const std::uint8_t> file, const ReadLimits& limits) {
  const auto session = std::make_unique<Decompression>();
  if (!read_header(*session, file.data(), file.size())) refuse(*session);
  const jpeg_decompress_struct& state = session->state;
  check_picture_size(state.image_width, state.image_height, limits);
  const bool four = state.num_components == 4;
  if (state.num_components != 1 && state.num_components != 3 && !four) {
    throw Refused("damaged_file", fmt::format("the JPEG has {} components", state.num_components));
  }
  JpegPicture picture;
  picture.components = state.num_components;
  // A PDF reader takes three components without Adobe's marker as YCbCr, whatever their names say, and
  // cannot decode arithmetic coding.
  picture.copyable = !four && state.arith_code == FALSE &&
                     (state.jpeg_color_space != JCS_RGB || state.saw_Adobe_marker != FALSE);
  read_facts(*session, picture.raster);
  const int width = static_cast<int>(state.image_width);
  const int height = static_cast<int>(state.image_height);
  if (!start(*session, four ? JCS_CMYK : state.num_components == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR))
    refuse(*session);
  picture.raster.pixels = read_rows(*session, width, height, four);
  return picture;
}

namespace {

// Four inks have no place under an sRGB output intent: such a page is coded again as JPEG, since zlib
// would make a photograph twenty times as large, and the received bytes are kept beside it.
ReceivedPage coded_anew(Raster raster, int components) {
  ReceivedPage page;
  page.image = image_of(std::move(raster));
  if (components != 4) {
    page.must_be_coded = true;
    return page;
  }
  page.picture.coding = archive::PictureCoding::jpeg;
  page.picture.width = page.image.pixels.cols;
  page.picture.height = page.image.pixels.rows;
  page.picture.components = 3;
  page.picture.dpi = page.image.dpi;
  page.picture.bytes = encode_jpeg(page.image, 92);
  return page;
}

class JpegReader final : public PageReader {
public:
  JpegReader(int input, const ReadLimits& limits) : source_(input), limits_(limits) {}

  int page_count() const override { return 1; }

  ReceivedPage read(int /*number*/) override {
    JpegPicture jpeg = decode_jpeg(source_.bytes(), limits_);
    Raster& raster = jpeg.raster;
    if (!jpeg.copyable || is_mirrored(raster.orientation) || has_oblong_pixels(raster.density)) {
      return coded_anew(std::move(raster), jpeg.components);
    }
    ReceivedPage page;
    page.picture.coding = archive::PictureCoding::jpeg;
    page.picture.width = raster.pixels.cols;
    page.picture.height = raster.pixels.rows;
    page.picture.components = jpeg.components;
    page.picture.dpi = plausible_dpi(raster.density, raster.pixels.cols, raster.pixels.rows);
    page.picture.quarter_turns = quarter_turns_of(raster.orientation);
    page.picture.bytes.assign(source_.bytes().begin(), source_.bytes().end());
    page.image = {upright(raster.pixels, raster.orientation), page.picture.dpi};
    return page;
  }

  ocr::PageImage render(int /*number*/, int dpi) override {
    return scaled_to(image_of(decode_jpeg(source_.bytes(), limits_).raster), dpi, limits_);
  }

private:
  SourceBytes source_;
  ReadLimits limits_;
};

}  // namespace

std::unique_ptr<PageReader> open_jpeg(int input, const ReadLimits& limits) {
  return std::make_unique<JpegReader>(input, limits);
}

}  // namespace eakte::ingest

#include <png.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "ingest/formats/pictures.h"

namespace eakte::ingest {
namespace {

// libpng's state. Its errors leave by longjmp, so the functions that call it hold plain values only.
struct PngSession {
  png_structp png = nullptr;
  png_infop info = nullptr;
  const std::uint8_t* next = nullptr;
  std::size_t left = 0;
  bool ended_early = false;
  std::array<char, 200> message = {};

  PngSession() = default;
  ~PngSession() { png_destroy_read_struct(&png, &info, nullptr); }
  PngSession(const PngSession&) = delete;
  PngSession& operator=(const PngSession&) = delete;
};

[[noreturn]] void leave(png_structp png, png_const_charp message) {
  auto& session = *static_cast<PngSession*>(png_get_error_ptr(png));
  std::strncpy(session.message.data(), message, session.message.size() - 1);
  png_longjmp(png, 1);
}

void ignore(png_structp /*png*/, png_const_charp /*message*/) {}

void supply(png_structp png, png_bytep buffer, std::size_t wanted) {
  auto& session = *static_cast<PngSession*>(png_get_io_ptr(png));
  if (wanted > session.left) {
    session.ended_early = true;
    png_error(png, "the file ends early");
  }
  std::memcpy(buffer, session.next, wanted);
  session.next += wanted;
  session.left -= wanted;
}

bool read_header(PngSession& session) {
  session.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &session, leave, ignore);
  if (session.png == nullptr) return false;
  session.info = png_create_info_struct(session.png);
  if (session.info == nullptr || setjmp(png_jmpbuf(session.png)) != 0) return false;
  png_set_read_fn(session.png, &session, supply);
  png_read_info(session.png, session.info);
  return true;
}

// After this rows come as grey or BGR of 8 bits, each perhaps with alpha: libpng's own laying on a background
// makes 254 of white where there are 16 bits.
bool prepare(PngSession& session) {
  if (setjmp(png_jmpbuf(session.png)) != 0) return false;
  png_set_expand(session.png);
  png_set_scale_16(session.png);
  png_set_bgr(session.png);
  png_set_interlace_handling(session.png);
  png_read_update_info(session.png, session.info);
  return true;
}

bool read_rows(PngSession& session, std::uint8_t** rows) {
  if (setjmp(png_jmpbuf(session.png)) != 0) return false;
  png_read_image(session.png, rows);
  return true;
}

[[noreturn]] void refuse(const PngSession& session) {
  const std::string why = session.message.data();
  if (session.ended_early) throw Refused("truncated_file", "the PNG ends early");
  throw Refused("damaged_file", "the PNG cannot be decoded: " + why);
}

}  // namespace

Raster decode_png(std::span<const std::uint8_t> file, const ReadLimits& limits) {
  const auto session = std::make_unique<PngSession>();
  session->next = file.data();
  session->left = file.size();
  if (!read_header(*session)) refuse(*session);
  check_picture_size(png_get_image_width(session->png, session->info),
                     png_get_image_height(session->png, session->info), limits);
  Raster raster;
  raster.density = {png_get_x_pixels_per_meter(session->png, session->info) * 0.0254,
                    png_get_y_pixels_per_meter(session->png, session->info) * 0.0254};
  if (!prepare(*session)) refuse(*session);
  const int channels = png_get_channels(session->png, session->info);
  raster.pixels.create(static_cast<int>(png_get_image_height(session->png, session->info)),
                       static_cast<int>(png_get_image_width(session->png, session->info)), CV_8UC(channels));
  std::vector<std::uint8_t*> rows(static_cast<std::size_t>(raster.pixels.rows));
  for (int y = 0; y < raster.pixels.rows; ++y) rows[static_cast<std::size_t>(y)] = raster.pixels.ptr(y);
  if (!read_rows(*session, rows.data())) refuse(*session);
  if (channels == 2 || channels == 4) raster.pixels = laid_on_white(raster.pixels);
  return raster;
}

}  // namespace eakte::ingest

#include <cstdio>
// jpeglib.h needs FILE and size_t declared before it.
#include <jpeglib.h>

#include <array>
#include <csetjmp>
#include <cstdlib>
#include <memory>

#include "ingest/page_reader.h"

namespace eakte::ingest {
namespace {

// As in decoding: libjpeg leaves by longjmp, so the functions that call it hold plain values only.
struct Compression {
  jpeg_compress_struct state = {};
  jpeg_error_mgr errors = {};
  std::jmp_buf escape = {};
  std::array<char, JMSG_LENGTH_MAX> message = {};
  unsigned char* bytes = nullptr;
  unsigned long size = 0;

  Compression() = default;
  ~Compression() {
    jpeg_destroy_compress(&state);
    std::free(bytes);
  }
  Compression(const Compression&) = delete;
  Compression& operator=(const Compression&) = delete;
};

[[noreturn]] void leave(j_common_ptr state) {
  auto& session = *static_cast<Compression*>(state->client_data);
  state->err->format_message(state, session.message.data());
  std::longjmp(session.escape, 1);
}

bool start(Compression& session, const ocr::PageImage& image, int quality) {
  session.state.err = jpeg_std_error(&session.errors);
  session.errors.error_exit = leave;
  session.state.client_data = &session;
  if (setjmp(session.escape) != 0) return false;
  jpeg_create_compress(&session.state);
  jpeg_mem_dest(&session.state, &session.bytes, &session.size);
  session.state.image_width = static_cast<JDIMENSION>(image.pixels.cols);
  session.state.image_height = static_cast<JDIMENSION>(image.pixels.rows);
  session.state.input_components = image.pixels.channels();
  session.state.in_color_space = image.pixels.channels() == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
  jpeg_set_defaults(&session.state);
  jpeg_set_quality(&session.state, quality, TRUE);
  session.state.optimize_coding = TRUE;
  session.state.density_unit = 1;
  session.state.X_density = session.state.Y_density = static_cast<UINT16>(image.dpi);
  jpeg_start_compress(&session.state, TRUE);
  return true;
}

bool write_row(Compression& session, const unsigned char* row) {
  if (setjmp(session.escape) != 0) return false;
  JSAMPROW rows[1] = {const_cast<unsigned char*>(row)};
  jpeg_write_scanlines(&session.state, rows, 1);
  return true;
}

bool finish(Compression& session) {
  if (setjmp(session.escape) != 0) return false;
  jpeg_finish_compress(&session.state);
  return true;
}

}  // namespace

std::string encode_jpeg(const ocr::PageImage& image, int quality) {
  const auto session = std::make_unique<Compression>();
  bool done = start(*session, image, quality);
  for (int y = 0; done && y < image.pixels.rows; ++y) done = write_row(*session, image.pixels.ptr(y));
  if (!done || !finish(*session))
    throw Error(std::string("cannot encode a JPEG: ") + session->message.data());
  return {reinterpret_cast<const char*>(session->bytes), session->size};
}

}  // namespace eakte::ingest

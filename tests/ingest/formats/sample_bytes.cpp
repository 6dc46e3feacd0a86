#include "tests/ingest/formats/sample_bytes.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <leptonica/allheaders.h>
#include <png.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>
#include <webp/encode.h>
#include <zlib.h>
// jpeglib.h needs FILE and size_t declared before it.
#include <jpeglib.h>
#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace eakte::testing {

OpenBytes::OpenBytes(std::string_view bytes) : descriptor_(::memfd_create("sample", MFD_CLOEXEC)) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written <= 0) throw std::runtime_error("cannot write a sample");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

OpenBytes::~OpenBytes() { ::close(descriptor_); }

std::string OpenBytes::content() const {
  struct stat status = {};
  ::fstat(descriptor_, &status);
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  if (::pread(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
    throw std::runtime_error("cannot read a sample");
  return bytes;
}

cv::Mat colour_pattern(int width, int height) {
  cv::Mat pattern(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      pattern.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(40 + 150 * x / width),
                                     static_cast<std::uint8_t>(30 + 200 * y / height),
                                     static_cast<std::uint8_t>(220 - 100 * (x + y) / (width + height))};
    }
  }
  return pattern;
}

cv::Mat grey_pattern(int width, int height) {
  cv::Mat pattern(height, width, CV_8UC1);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x)
      pattern.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(10 + 150 * x / width + 80 * y / height);
  }
  return pattern;
}

cv::Mat bilevel_pattern(int width, int height) {
  cv::Mat pattern(height, width, CV_8UC1, cv::Scalar(255));
  pattern(cv::Rect(2, 3, width / 3, height / 4)).setTo(0);
  pattern(cv::Rect(width / 2, height / 2, width / 4, height / 3)).setTo(0);
  pattern(cv::Rect(width - 5, 1, 3, 2)).setTo(0);
  return pattern;
}

namespace {

/// One sample of a pixel, 0..65535, as the photometric interpretation wants it.
unsigned sample_of(const TiffShape& shape, const cv::Mat& page, int y, int x, int sample) {
  unsigned value = 255;
  if (page.channels() == 1) {
    value = page.at<std::uint8_t>(y, x);
  } else if (sample < 3) {
    value = page.at<cv::Vec3b>(y, x)[2 - sample];
  }
  if (shape.photometric == PHOTOMETRIC_MINISWHITE) value = 255 - value;
  if (shape.photometric == PHOTOMETRIC_SEPARATED) value = sample < 3 ? 255 - value : 0;
  if (shape.photometric == PHOTOMETRIC_RGB && sample == 3) value = 128;  // half transparent
  return value * 257;
}

/// Rows of `width` pixels packed as a strip or tile wants them; planes apart: only `plane`.
std::string packed_block(const TiffShape& shape, const cv::Mat& page, cv::Rect area, int plane) {
  std::string out;
  for (int y = area.y; y < area.y + area.height; ++y) {
    unsigned pending = 0;
    int pending_bits = 0;
    for (int x = area.x; x < area.x + area.width; ++x) {
      for (int sample = 0; sample < shape.samples; ++sample) {
        if (plane >= 0 && sample != plane) continue;
        const bool inside = y < page.rows && x < page.cols;
        const unsigned value = inside ? sample_of(shape, page, y, x, sample) : 0;
        if (shape.bits == 16) {
          const auto two = static_cast<std::uint16_t>(value);
          out.append(reinterpret_cast<const char*>(&two), 2);
          continue;
        }
        pending = pending << shape.bits | value >> (16 - shape.bits);
        pending_bits += shape.bits;
        if (pending_bits == 8) out.push_back(static_cast<char>(pending)), pending = 0, pending_bits = 0;
      }
    }
    if (pending_bits > 0) out.push_back(static_cast<char>(pending << (8 - pending_bits)));
  }
  return out;
}

void set_tags(TIFF* tiff, const TiffShape& shape, const cv::Mat& page) {
  TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, shape.subfile);
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, page.cols);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, page.rows);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, shape.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, shape.samples);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, shape.compression);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, shape.photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, shape.planar);
  TIFFSetField(tiff, TIFFTAG_FILLORDER, shape.fill_order);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, shape.orientation);
  if (shape.x_resolution > 0) {
    TIFFSetField(tiff, TIFFTAG_XRESOLUTION, shape.x_resolution);
    TIFFSetField(tiff, TIFFTAG_YRESOLUTION, shape.y_resolution);
    TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, shape.resolution_unit);
  }
  if (shape.photometric == PHOTOMETRIC_RGB && shape.samples == 4) {
    const std::uint16_t alpha = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &alpha);
  }
  if (shape.photometric == PHOTOMETRIC_PALETTE) {
    // Runs backwards, so that an ignored palette shows.
    std::vector<std::uint16_t> ramp(std::size_t{1} << shape.bits);
    for (std::size_t i = 0; i < ramp.size(); ++i)
      ramp[i] = static_cast<std::uint16_t>(65535 - 65535 * i / (ramp.size() - 1));
    TIFFSetField(tiff, TIFFTAG_COLORMAP, ramp.data(), ramp.data(), ramp.data());
  }
  if (shape.compression == COMPRESSION_JPEG) {
    TIFFSetField(tiff, TIFFTAG_JPEGQUALITY, 95);
    if (shape.photometric == PHOTOMETRIC_YCBCR) TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  }
}

void write_pixels(TIFF* tiff, const TiffShape& shape, const cv::Mat& page) {
  const int planes = shape.planar == PLANARCONFIG_SEPARATE ? shape.samples : 1;
  const int block_height = shape.tiled ? 32 : shape.rows_per_strip;
  const int block_width = shape.tiled ? 32 : page.cols;
  if (shape.tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, block_width);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, block_height);
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, block_height);
  }
  std::uint32_t index = 0;
  for (int plane = 0; plane < planes; ++plane) {
    for (int y = 0; y < page.rows; y += block_height) {
      for (int x = 0; x < page.cols; x += block_width) {
        const int height = shape.tiled ? block_height : std::min(block_height, page.rows - y);
        std::string block = packed_block(shape, page, {x, y, block_width, height}, planes > 1 ? plane : -1);
        const auto size = static_cast<tmsize_t>(block.size());
        const tmsize_t written = shape.tiled ? TIFFWriteEncodedTile(tiff, index, block.data(), size)
                                             : TIFFWriteEncodedStrip(tiff, index, block.data(), size);
        if (written != size) throw std::runtime_error("libtiff does not write the sample");
        ++index;
      }
    }
  }
}

}  // namespace

std::string tiff_bytes(const std::vector<std::pair<TiffShape, cv::Mat>>& pages) {
  TIFFSetWarningHandler(nullptr);
  const OpenBytes file("");
  TIFF* tiff = TIFFFdOpen(::dup(file), "sample", pages.front().first.big ? "w8m" : "wm");
  for (const auto& [shape, page] : pages) {
    set_tags(tiff, shape, page);
    write_pixels(tiff, shape, page);
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  return file.content();
}

std::string tiff_bytes(const TiffShape& shape, const cv::Mat& page) { return tiff_bytes({{shape, page}}); }

std::string png_bytes(int width, int height, int bit_depth, int colour_type, const std::string& rows,
                      bool interlaced, int dots_per_metre) {
  std::string out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &out,
      [](png_structp to, png_bytep bytes, std::size_t size) {
        static_cast<std::string*>(png_get_io_ptr(to))->append(reinterpret_cast<char*>(bytes), size);
      },
      nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), bit_depth,
               colour_type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (dots_per_metre > 0) {
    png_set_pHYs(png, info, static_cast<png_uint_32>(dots_per_metre),
                 static_cast<png_uint_32>(dots_per_metre), PNG_RESOLUTION_METER);
  }
  if (colour_type == PNG_COLOR_TYPE_PALETTE) {
    std::vector<png_color> palette(std::size_t{1} << bit_depth);
    for (std::size_t i = 0; i < palette.size(); ++i) {
      const auto value = static_cast<png_byte>(255 - 255 * i / (palette.size() - 1));
      palette[i] = {value, static_cast<png_byte>(value / 2), 10};
    }
    png_set_PLTE(png, info, palette.data(), static_cast<int>(palette.size()));
  }
  png_write_info(png, info);
  const std::size_t stride = rows.size() / static_cast<std::size_t>(height);
  std::vector<png_bytep> pointers;
  for (int y = 0; y < height; ++y) {
    pointers.push_back(reinterpret_cast<png_bytep>(const_cast<char*>(rows.data())) +
                       stride * static_cast<std::size_t>(y));
  }
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

namespace {

void append_big_endian(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

void append_little_endian(std::string& out, std::uint32_t value, int bytes = 4) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> 8 * i));
}

}  // namespace

std::string png_header(std::uint32_t width, std::uint32_t height) {
  std::string body = "IHDR";
  append_big_endian(body, width);
  append_big_endian(body, height);
  body += std::string("\x08\x02\0\0\0", 5);
  std::string out("\x89PNG\r\n\x1A\n\0\0\0\x0D", 12);
  out += body;
  append_big_endian(out, static_cast<std::uint32_t>(::crc32(0, reinterpret_cast<const Bytef*>(body.data()),
                                                            static_cast<uInt>(body.size()))));
  // Enough of a data chunk for the header to be complete.
  out += std::string("\0\0\0\0IDAT\x35\xAF\x06\x1E", 12);
  return out;
}

std::string bmp_bytes(const cv::Mat& bgr, bool top_down) {
  const auto stride = static_cast<std::uint32_t>((bgr.cols * 3 + 3) / 4 * 4);
  const auto rows = static_cast<std::uint32_t>(bgr.rows);
  std::string out = "BM";
  append_little_endian(out, 54 + stride * rows);
  append_little_endian(out, 0);
  append_little_endian(out, 54);
  append_little_endian(out, 40);
  append_little_endian(out, static_cast<std::uint32_t>(bgr.cols));
  append_little_endian(out, top_down ? 0U - rows : rows);
  append_little_endian(out, 1, 2);
  append_little_endian(out, 24, 2);
  append_little_endian(out, 0);
  append_little_endian(out, stride * rows);
  append_little_endian(out, 11811);
  append_little_endian(out, 11811);
  append_little_endian(out, 0);
  append_little_endian(out, 0);
  for (int i = 0; i < bgr.rows; ++i) {
    std::string row(reinterpret_cast<const char*>(bgr.ptr(top_down ? i : bgr.rows - 1 - i)),
                    static_cast<std::size_t>(bgr.cols) * 3);
    row.resize(stride);
    out += row;
  }
  return out;
}

std::string webp_bytes(const cv::Mat& bgr_or_bgra) {
  std::uint8_t* bytes = nullptr;
  const auto encode = bgr_or_bgra.channels() == 4 ? WebPEncodeLosslessBGRA : WebPEncodeLosslessBGR;
  const std::size_t size = encode(bgr_or_bgra.data, bgr_or_bgra.cols, bgr_or_bgra.rows,
                                  static_cast<int>(bgr_or_bgra.step), &bytes);
  std::string out(reinterpret_cast<char*>(bytes), size);
  WebPFree(bytes);
  return out;
}

std::string jpeg2000_bytes(const cv::Mat& grey_or_bgr, bool codestream) {
  const bool grey = grey_or_bgr.channels() == 1;
  PIX* pix = pixCreate(grey_or_bgr.cols, grey_or_bgr.rows, grey ? 8 : 32);
  for (int y = 0; y < grey_or_bgr.rows; ++y) {
    for (int x = 0; x < grey_or_bgr.cols; ++x) {
      if (grey) {
        pixSetPixel(pix, x, y, grey_or_bgr.at<std::uint8_t>(y, x));
      } else {
        const auto& pixel = grey_or_bgr.at<cv::Vec3b>(y, x);
        pixSetRGBPixel(pix, x, y, pixel[2], pixel[1], pixel[0]);
      }
    }
  }
  l_uint8* bytes = nullptr;
  std::size_t size = 0;
  setMsgSeverity(L_SEVERITY_NONE);
  pixWriteMemJp2k(&bytes, &size, pix, 60, 4, 0, 0);  // 60: lossless
  std::string out(reinterpret_cast<char*>(bytes), size);
  lept_free(bytes);
  pixDestroy(&pix);
  return codestream ? out.substr(out.find("jp2c") + 4) : out;
}

std::string cmyk_jpeg_bytes(const cv::Mat& inks, bool adobe) {
  jpeg_compress_struct state;
  jpeg_error_mgr errors;
  state.err = jpeg_std_error(&errors);
  jpeg_create_compress(&state);
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&state, &bytes, &size);
  state.image_width = static_cast<JDIMENSION>(inks.cols);
  state.image_height = static_cast<JDIMENSION>(inks.rows);
  state.input_components = 4;
  state.in_color_space = JCS_CMYK;
  jpeg_set_defaults(&state);
  jpeg_set_quality(&state, 98, TRUE);
  state.write_Adobe_marker = adobe ? TRUE : FALSE;
  jpeg_start_compress(&state, TRUE);
  for (int y = 0; y < inks.rows; ++y) {
    cv::Mat row = inks.row(y).clone();
    if (adobe) row = cv::Scalar::all(255) - row;
    JSAMPROW rows[1] = {row.ptr()};
    jpeg_write_scanlines(&state, rows, 1);
  }
  jpeg_finish_compress(&state);
  jpeg_destroy_compress(&state);
  std::string out(reinterpret_cast<char*>(bytes), size);
  std::free(bytes);
  return out;
}

std::string with_exif_orientation(const std::string& jpeg, int orientation, bool intel) {
  std::string exif("Exif\0\0", 6);
  const auto value = static_cast<char>(orientation);
  if (intel) {
    exif += std::string("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0", 18) + value + std::string(7, '\0');
  } else {
    exif += std::string("MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) + value + std::string(6, '\0');
  }
  std::string segment("\xFF\xE1", 2);
  segment.push_back(static_cast<char>((exif.size() + 2) >> 8));
  segment.push_back(static_cast<char>(exif.size() + 2));
  return jpeg.substr(0, 2) + segment + exif + jpeg.substr(2);
}

std::string packed(Packing packing, const std::vector<std::pair<std::string, std::string>>& members,
                   const std::string& password) {
  // libarchive can only write umlauts into a 7z when the locale has them.
  std::setlocale(LC_CTYPE, "C.UTF-8");
  struct archive* out = archive_write_new();
  if (packing == Packing::zip) {
    archive_write_set_format_zip(out);
  } else if (packing == Packing::seven_zip) {
    archive_write_set_format_7zip(out);
  } else if (packing == Packing::gz_only) {
    archive_write_set_format_raw(out);
  } else if (packing == Packing::old_tar) {
    archive_write_set_format_v7tar(out);
  } else {
    archive_write_set_format_gnutar(out);
  }
  if (packing == Packing::tar_gz || packing == Packing::gz_only) archive_write_add_filter_gzip(out);
  if (packing == Packing::tar_bz2) archive_write_add_filter_bzip2(out);
  if (packing == Packing::tar_xz) archive_write_add_filter_xz(out);
  if (!password.empty()) {
    archive_write_set_passphrase(out, password.c_str());
    if (archive_write_set_options(out, "zip:encryption=traditional") != ARCHIVE_OK)
      throw std::runtime_error("libarchive cannot encrypt");
  }
  const OpenBytes file("");
  archive_write_open_fd(out, file);
  for (const auto& [name, content] : members) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.c_str());
    archive_entry_set_filetype(entry, name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
    if (archive_write_header(out, entry) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(out));
    archive_write_data(out, content.data(), content.size());
    archive_entry_free(entry);
  }
  archive_write_close(out);
  archive_write_free(out);
  return file.content();
}

std::string pdf_bytes(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t xref = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (const std::size_t offset : offsets) out += fmt::format("{:010} 00000 n \n", offset);
  return out +
         fmt::format("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", objects.size() + 1, xref);
}

std::string pdf_of_pages(const std::vector<std::string>& contents, const std::string& picture,
                         const std::string& page_extra) {
  std::vector<std::string> objects = {
      "<</Type/Catalog/Pages 2 0 R>>", "",
      "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
      picture.empty() ? "null" : picture};
  std::string kids;
  for (const std::string& content : contents) {
    objects.push_back(fmt::format("<</Length {}>>stream\n{}\nendstream", content.size(), content));
    objects.push_back(
        fmt::format("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {} 0 R"
                    "/Resources<</Font<</F1 3 0 R>>/XObject<</P1 4 0 R>>>>{}>>",
                    objects.size(), page_extra));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[1] = fmt::format("<</Type/Pages/Count {}/Kids[{}]>>", contents.size(), kids);
  return pdf_bytes(objects);
}

}  // namespace eakte::testing

// zbar's header defines what ZXing's and OpenCV's also use, and must come first.
#include <zbar.h>

#include "ocr/codes/linear.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <optional>

#include "ocr/error.h"

namespace eakte::ocr::codes {
namespace {

struct ScannerDeleter {
  void operator()(zbar::zbar_image_scanner_t* scanner) const { zbar::zbar_image_scanner_destroy(scanner); }
};
struct ImageDeleter {
  void operator()(zbar::zbar_image_t* image) const { zbar::zbar_image_destroy(image); }
};
using Scanner = std::unique_ptr<zbar::zbar_image_scanner_t, ScannerDeleter>;
using Image = std::unique_ptr<zbar::zbar_image_t, ImageDeleter>;

Scanner make_scanner(ScanLines lines) {
  Scanner scanner(zbar::zbar_image_scanner_create());
  if (!scanner) throw Error("codes: zbar gives no scanner");
  const auto set = [&](zbar::zbar_symbol_type_t type, zbar::zbar_config_t key, int value) {
    zbar::zbar_image_scanner_set_config(scanner.get(), type, key, value);
  };
  set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_ENABLE, 0);
  for (const auto type : {zbar::ZBAR_CODE39, zbar::ZBAR_CODE93, zbar::ZBAR_CODE128, zbar::ZBAR_I25,
                          zbar::ZBAR_EAN13, zbar::ZBAR_EAN8, zbar::ZBAR_UPCA, zbar::ZBAR_UPCE}) {
    set(type, zbar::ZBAR_CFG_ENABLE, 1);
  }
  set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_Y_DENSITY, 1);
  set(zbar::ZBAR_NONE, zbar::ZBAR_CFG_X_DENSITY, lines == ScanLines::both_ways ? 1 : 0);
  return scanner;
}

std::optional<Symbology> symbology_of(zbar::zbar_symbol_type_t type) {
  switch (type) {
    case zbar::ZBAR_CODE39:
      return Symbology::code39;
    case zbar::ZBAR_CODE93:
      return Symbology::code93;
    case zbar::ZBAR_CODE128:
      return Symbology::code128;
    case zbar::ZBAR_I25:
      return Symbology::itf;
    case zbar::ZBAR_EAN13:
    case zbar::ZBAR_EAN8:
    case zbar::ZBAR_UPCA:
    case zbar::ZBAR_UPCE:
      return Symbology::ean;
    default:
      return std::nullopt;
  }
}

cv::Rect box_of(const zbar::zbar_symbol_t* symbol) {
  std::vector<cv::Point> points;
  for (unsigned i = 0; i < zbar::zbar_symbol_get_loc_size(symbol); ++i) {
    points.emplace_back(zbar::zbar_symbol_get_loc_x(symbol, i), zbar::zbar_symbol_get_loc_y(symbol, i));
  }
  if (points.empty()) return {};
  const auto [left, right] = std::ranges::minmax(points, {}, &cv::Point::x);
  const auto [top, bottom] = std::ranges::minmax(points, {}, &cv::Point::y);
  return {left.x, top.y, right.x - left.x + 1, bottom.y - top.y + 1};
}

}  // namespace

bool is_trustworthy(const LinearRead& read) {
  const std::size_t length = read.text.size();
  // Control characters and bytes beyond ASCII are what damage looks like, not what anybody prints.
  const bool printable = std::ranges::all_of(read.text, [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable) return false;
  switch (read.symbology) {
    case Symbology::code128:
    case Symbology::code93:
      return length >= 2 && read.lines >= 2;  // check characters inside
    case Symbology::ean:
      return length >= 8 && read.lines >= 4;  // one check digit
    case Symbology::code39:
      return length >= 3 && read.lines >= 4;  // self-checking characters only
    case Symbology::itf:
      return length >= 6 && length % 2 == 0 && read.lines >= 4;
    default:
      return false;
  }
}

std::vector<LinearRead> read_linear(const cv::Mat& strip, ScanLines lines) {
  const cv::Mat rows = strip.isContinuous() ? strip : strip.clone();
  const Scanner scanner = make_scanner(lines);
  const Image image(zbar::zbar_image_create());
  if (!image) throw Error("codes: zbar gives no picture");
  constexpr unsigned long y800 = 0x30303859;  // "Y800", eight bits of grey
  zbar::zbar_image_set_format(image.get(), y800);
  zbar::zbar_image_set_size(image.get(), static_cast<unsigned>(rows.cols), static_cast<unsigned>(rows.rows));
  zbar::zbar_image_set_data(image.get(), rows.data, rows.total(), nullptr);
  if (zbar::zbar_scan_image(scanner.get(), image.get()) < 0) throw Error("codes: zbar cannot scan");
  std::vector<LinearRead> reads;
  for (const zbar::zbar_symbol_t* symbol = zbar::zbar_image_first_symbol(image.get()); symbol != nullptr;
       symbol = zbar::zbar_symbol_next(symbol)) {
    const auto symbology = symbology_of(zbar::zbar_symbol_get_type(symbol));
    if (!symbology) continue;
    LinearRead read{*symbology,
                    {zbar::zbar_symbol_get_data(symbol), zbar::zbar_symbol_get_data_length(symbol)},
                    zbar::zbar_symbol_get_quality(symbol),
                    box_of(symbol)};
    if (is_trustworthy(read)) reads.push_back(std::move(read));
  }
  return reads;
}

}  // namespace eakte::ocr::codes

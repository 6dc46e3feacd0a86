#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include "ocr/codes/matrix.h"

#include <algorithm>
#include <exception>

namespace eakte::ocr::codes {
namespace {

std::optional<Symbology> symbology_of(ZXing::BarcodeFormat format) {
  switch (format) {
    case ZXing::BarcodeFormat::QRCode:
    case ZXing::BarcodeFormat::MicroQRCode:
      return Symbology::qr;
    case ZXing::BarcodeFormat::DataMatrix:
      return Symbology::data_matrix;
    case ZXing::BarcodeFormat::Aztec:
      return Symbology::aztec;
    case ZXing::BarcodeFormat::PDF417:
      return Symbology::pdf417;
    default:
      return std::nullopt;
  }
}

cv::Rect box_of(const ZXing::Position& position) {
  int left = position[0].x;
  int right = left;
  int top = position[0].y;
  int bottom = top;
  for (const auto& point : position) {
    left = std::min(left, point.x);
    right = std::max(right, point.x);
    top = std::min(top, point.y);
    bottom = std::max(bottom, point.y);
  }
  return {left, top, right - left + 1, bottom - top + 1};
}

}  // namespace

std::optional<MatrixRead> read_matrix(const cv::Mat& crop, MatrixKind kind) {
  using ZXing::BarcodeFormat;
  ZXing::DecodeHints hints;
  switch (kind) {
    case MatrixKind::square:
      hints.setFormats(BarcodeFormat::QRCode | BarcodeFormat::DataMatrix | BarcodeFormat::Aztec);
      break;
    case MatrixKind::stacked:
      hints.setFormats(BarcodeFormat::PDF417);
      break;
    case MatrixKind::large:
      hints.setFormats(BarcodeFormat::QRCode);
      break;
  }
  hints.setTryHarder(kind != MatrixKind::large);
  hints.setTryRotate(kind != MatrixKind::large);  // a QR code is found at any angle
  hints.setTryDownscale(false);
  hints.setMaxNumberOfSymbols(1);
  const ZXing::ImageView view(crop.data, crop.cols, crop.rows, ZXing::ImageFormat::Lum,
                              static_cast<int>(crop.step[0]));
  const ZXing::Result result = ZXing::ReadBarcode(view, hints);
  if (!result.isValid()) return std::nullopt;
  const auto symbology = symbology_of(result.format());
  if (!symbology) return std::nullopt;
  MatrixRead read{*symbology, result.text(), box_of(result.position())};
  if (read.text.empty()) return std::nullopt;
  return read;
}

}  // namespace eakte::ocr::codes

#define ZX_USE_UTF8 1
#include "tests/ocr/codes/painted_codes.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace eakte::ocr::painted {
namespace {

ZXing::BarcodeFormat format_of(Symbology symbology) {
  using ZXing::BarcodeFormat;
  switch (symbology) {
    case Symbology::code39:
      return BarcodeFormat::Code39;
    case Symbology::code93:
      return BarcodeFormat::Code93;
    case Symbology::code128:
      return BarcodeFormat::Code128;
    case Symbology::itf:
      return BarcodeFormat::ITF;
    case Symbology::ean:
      return BarcodeFormat::EAN13;
    case Symbology::qr:
      return BarcodeFormat::QRCode;
    case Symbology::data_matrix:
      return BarcodeFormat::DataMatrix;
    case Symbology::pdf417:
      return BarcodeFormat::PDF417;
    case Symbology::aztec:
      return BarcodeFormat::Aztec;
    case Symbology::patch:
      break;
  }
  throw std::invalid_argument("ZXing does not write these");
}

bool is_linear(Symbology symbology) {
  return symbology == Symbology::code39 || symbology == Symbology::code93 ||
         symbology == Symbology::code128 || symbology == Symbology::itf || symbology == Symbology::ean;
}

}  // namespace

cv::Mat empty_sheet(int dpi) {
  return cv::Mat(cvRound(210 * dpi / 25.4), cvRound(148 * dpi / 25.4), CV_8UC1, cv::Scalar(255));
}

cv::Rect paint_code(cv::Mat& sheet, Symbology symbology, const std::string& text, cv::Point at, int module,
                    int height) {
  const ZXing::BitMatrix bits =
      ZXing::MultiFormatWriter(format_of(symbology)).setMargin(0).encode(text, 0, 0);
  const int rows = is_linear(symbology) ? 1 : bits.height();
  const int row_height = is_linear(symbology) ? height : module;
  for (int y = 0; y < rows; ++y) {
    for (int x = 0; x < bits.width(); ++x) {
      if (bits.get(x, y))
        sheet(cv::Rect(at.x + x * module, at.y + y * row_height, module, row_height)).setTo(0);
    }
  }
  return {at.x, at.y, bits.width() * module, rows * row_height};
}

cv::Rect paint_patch(cv::Mat& sheet, const std::string& bars, double from_edge_mm, int dpi, double scale) {
  const double inch = dpi * scale;
  const int left = sheet.cols / 3;
  const int width = cvRound(60 * dpi / 25.4);
  double top = from_edge_mm * dpi / 25.4;
  const int begin = cvRound(top);
  for (const char bar : bars) {
    const double height = (bar == 'W' ? 0.20 : 0.08) * inch;
    const int first = cvRound(top);
    sheet(cv::Rect(left, first, width, cvRound(top + height) - first)).setTo(0);
    top += height + 0.08 * inch;
  }
  return {left, begin, width, cvRound(top - 0.08 * inch) - begin};
}

cv::Mat tilted(const cv::Mat& sheet, double degrees) {
  cv::Mat result;
  const cv::Point2f middle(static_cast<float>(sheet.cols) / 2, static_cast<float>(sheet.rows) / 2);
  cv::warpAffine(sheet, result, cv::getRotationMatrix2D(middle, degrees, 1), sheet.size(), cv::INTER_LINEAR,
                 cv::BORDER_CONSTANT, cv::Scalar(255));
  return result;
}

cv::Mat grainy(const cv::Mat& sheet, double deviation) {
  cv::Mat grain(sheet.size(), CV_16SC1);
  cv::RNG random(7);
  random.fill(grain, cv::RNG::NORMAL, 0, deviation);
  cv::Mat result;
  cv::add(sheet, grain, result, cv::noArray(), CV_8U);
  return result;
}

cv::Mat speckled(const cv::Mat& sheet, double share) {
  cv::Mat result = sheet.clone();
  cv::RNG random(11);
  const int count = cvRound(share * static_cast<double>(sheet.total()));
  for (int i = 0; i < count; ++i)
    result.at<uchar>(random.uniform(0, sheet.rows), random.uniform(0, sheet.cols)) =
        random.uniform(0, 2) != 0 ? 255 : 0;
  return result;
}

}  // namespace eakte::ocr::painted

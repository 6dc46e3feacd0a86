#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <optional>
#include <string>

#include "ocr/codes.h"

namespace eakte::ocr::codes {

struct MatrixRead {
  Symbology symbology = Symbology::qr;
  std::string text;
  cv::Rect box;  ///< in pixels of the crop
};

/// What is looked for in a crop.
enum class MatrixKind { square, stacked, large };  ///< QR, DataMatrix, Aztec; PDF417; QR anywhere

/// Reads one matrix code with ZXing; `crop` is CV_8UC1 and shows the code in its middle, for ZXing finds a
/// DataMatrix or Aztec nowhere else. Debian's ZXing 1.4 ends the process when it is asked for several symbols
/// or for linear ones, so it is never.
std::optional<MatrixRead> read_matrix(const cv::Mat& crop, MatrixKind kind);

}  // namespace eakte::ocr::codes

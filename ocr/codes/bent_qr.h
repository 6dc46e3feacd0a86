#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <vector>

namespace eakte::ocr::codes {

/// A QR code as it would look had it been printed flat.
struct FlattenedCode {
  cv::Mat pixels;  ///< CV_8UC1, 0 and 255, four pixels a module, quiet zone included
  cv::Rect box;    ///< where it stands on the crop
};

/// Draws QR codes anew that stand on bent paper or are seen at a slant: decoders lay a plane grid over the
/// symbol and miss the modules. The three finder patterns (ISO/IEC 18004, 6.3.3) give a first grid by
/// perspective, for each size that is likely; then the grid is bent by polynomials of rising degree until the
/// edges of modules lie on its lines, and each module is sampled in its middle. Likeliest first, at most
/// four; whether one is right is for the decoder's error correction to say. `crop` is CV_8UC1.
std::vector<FlattenedCode> flattened_qr_codes(const cv::Mat& crop);

}  // namespace eakte::ocr::codes

#pragma once
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>

namespace eakte::ocr::cleanup {

/// How the camera moved while the picture was taken, in pixels; a way and its opposite are the same.
struct Motion {
  cv::Point2d way;
  double confidence = 0;  ///< 0..1
};

/// Whether `grey` (CV_8UC1) is blurred by a straight, even movement of the camera. Such a blur takes all
/// frequencies out of the picture that fit into its way a whole number of times, in all parts of it alike,
/// which the power cepstrum, averaged over the parts that hold letters, shows as one deep hole at the end of
/// the way (M. Cannon, "Blind deconvolution of spatially invariant image blurs with phase", IEEE Trans. ASSP
/// 24, 1976). Ways shorter than the strokes of letters cannot be told from them and are left alone.
Motion find_motion(const cv::Mat& grey);

/// The picture as it were without that movement: Wiener's filter for a straight way (N. Wiener,
/// Extrapolation, Interpolation, and Smoothing of Stationary Time Series, 1949), tile by tile, so that memory
/// doesn't grow with the page.
cv::Mat without_motion(const cv::Mat& grey, const Motion& motion);

}  // namespace eakte::ocr::cleanup

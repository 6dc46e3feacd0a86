#include "ocr/cleanup/motion.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace eakte::ocr::cleanup {
namespace {

constexpr int block = 256;       // pixels, of the spectra that are averaged
constexpr int most_blocks = 96;  // more make it no surer
constexpr int least_blocks = 12;
constexpr double least_contrast = 18;  // standard deviation of a block that holds letters
constexpr double shortest = 6.5;       // pixels; strokes of letters are as thick
constexpr double longest = 30;
constexpr double farthest = 60;  // up to there the cepstrum is nothing but letters and noise

constexpr int tile = 512;
constexpr int margin = 64;            // of a tile; the filter reaches some ways far
constexpr double noise_share = 0.05;  // of the signal's power

std::vector<cv::Rect> blocks_with_letters(const cv::Mat& grey) {
  std::vector<cv::Rect> found;
  for (int y = 0; y + block <= grey.rows; y += block / 2) {
    for (int x = 0; x + block <= grey.cols; x += block / 2) {
      const cv::Rect place(x, y, block, block);
      cv::Scalar mean;
      cv::Scalar deviation;
      cv::meanStdDev(grey(place), mean, deviation);
      if (deviation[0] >= least_contrast) found.push_back(place);
    }
  }
  if (found.size() <= most_blocks) return found;
  std::vector<cv::Rect> chosen;
  for (size_t i = 0; i < most_blocks; ++i) chosen.push_back(found[i * found.size() / most_blocks]);
  return chosen;
}

/// The logarithm of the power of each frequency of one block.
cv::Mat log_spectrum(const cv::Mat& grey, const cv::Mat& window) {
  cv::Mat values;
  grey.convertTo(values, CV_32F);
  values -= cv::mean(values);
  values = values.mul(window);
  cv::Mat spectrum;
  cv::dft(values, spectrum, cv::DFT_COMPLEX_OUTPUT);
  cv::Mat parts[2];
  cv::split(spectrum, parts);
  cv::Mat power = parts[0].mul(parts[0]) + parts[1].mul(parts[1]) + 100;
  cv::log(power, power);
  return power;
}

/// Averaged over the blocks; the origin in the middle. Empty when there are too few letters.
cv::Mat cepstrum(const cv::Mat& grey) {
  const std::vector<cv::Rect> places = blocks_with_letters(grey);
  if (std::ssize(places) < least_blocks) return {};
  cv::Mat window;
  cv::createHanningWindow(window, {block, block}, CV_32F);
  cv::Mat sum = cv::Mat::zeros(block, block, CV_32F);
  for (const cv::Rect& place : places) sum += log_spectrum(grey(place), window);
  sum /= static_cast<double>(places.size());
  cv::Mat complex;
  cv::dft(sum, complex, cv::DFT_COMPLEX_OUTPUT | cv::DFT_SCALE);
  cv::Mat folded;  // the sum is as symmetrical as every power spectrum, so there is no imaginary part
  cv::extractChannel(complex, folded, 0);
  cv::Mat centred(block, block, CV_32F);
  constexpr int half = block / 2;
  for (int y = 0; y < block; ++y)
    for (int x = 0; x < block; ++x)
      centred.at<float>(y, x) = folded.at<float>((y + half) % block, (x + half) % block);
  return centred;
}

/// The middle of a hole that is deepest at `point`, finer than pixels.
cv::Point2d middle_of_hole(const cv::Mat& values, cv::Point point) {
  cv::Point2d sum(0, 0);
  double weight = 0;
  for (int y = -1; y <= 1; ++y) {
    for (int x = -1; x <= 1; ++x) {
      const double depth = std::max(0.0F, -values.at<float>(point.y + y, point.x + x));
      sum += depth * cv::Point2d(point.x + x, point.y + y);
      weight += depth;
    }
  }
  return weight > 0 ? sum / weight : cv::Point2d(point);
}

/// The way as the share of light each pixel gets, in the corner of a picture of `size` and around it.
cv::Mat spread(cv::Size size, cv::Point2d way) {
  cv::Mat kernel = cv::Mat::zeros(size, CV_32F);
  const int steps = 8 * static_cast<int>(std::ceil(std::hypot(way.x, way.y)));
  const float share = 1.0F / static_cast<float>(steps);
  for (int i = 0; i < steps; ++i) {
    const double along = (i + 0.5) / steps - 0.5;
    const cv::Point2d at(along * way.x, along * way.y);
    const int left = static_cast<int>(std::floor(at.x));
    const int top = static_cast<int>(std::floor(at.y));
    for (const int x : {left, left + 1}) {
      for (const int y : {top, top + 1}) {
        const double weight = (1 - std::abs(at.x - x)) * (1 - std::abs(at.y - y));
        kernel.at<float>((y + size.height) % size.height, (x + size.width) % size.width) +=
            share * static_cast<float>(weight);
      }
    }
  }
  return kernel;
}

/// By what each frequency is multiplied; real, since the way lies evenly around its middle.
cv::Mat wiener_filter(cv::Size size, cv::Point2d way) {
  cv::Mat spectrum;
  cv::dft(spread(size, way), spectrum, cv::DFT_COMPLEX_OUTPUT);
  cv::Mat parts[2];
  cv::split(spectrum, parts);
  cv::Mat power = parts[0].mul(parts[0]) + noise_share;
  cv::divide(parts[0], power, parts[0], 1 + noise_share);  // paper stays as bright as it is
  parts[1].setTo(0);
  cv::Mat filter;
  cv::merge(parts, 2, filter);
  return filter;
}

}  // namespace

Motion find_motion(const cv::Mat& grey) {
  Motion motion;
  const cv::Mat values = cepstrum(grey);
  if (values.empty()) return motion;
  constexpr int half = block / 2;
  double squares = 0;
  double sum = 0;
  int count = 0;
  float deepest = 0;
  cv::Point hole;
  for (int y = 0; y <= static_cast<int>(farthest); ++y) {
    for (int x = -static_cast<int>(farthest); x <= static_cast<int>(farthest); ++x) {
      const double distance = std::hypot(x, y);
      if (distance < 5 || distance > farthest) continue;
      const float value = values.at<float>(half + y, half + x);
      sum += value;
      squares += static_cast<double>(value) * value;
      ++count;
      if (distance > longest || value >= deepest) continue;
      deepest = value;
      hole = {half + x, half + y};
    }
  }
  if (deepest >= 0) return motion;
  const double mean = sum / count;
  const double deviation = std::sqrt(std::max(1e-12, squares / count - mean * mean));
  const cv::Point2d way = middle_of_hole(values, hole) - cv::Point2d(half, half);
  if (std::hypot(way.x, way.y) < shortest) return motion;
  motion.way = way;
  motion.confidence = std::clamp((-deepest / deviation - 1.5) / 6, 0.0, 1.0);
  return motion;
}

cv::Mat without_motion(const cv::Mat& grey, const Motion& motion) {
  constexpr int inner = tile - 2 * margin;
  const cv::Mat filter = wiener_filter({tile, tile}, motion.way);
  cv::Mat padded;
  const int right = margin + (inner - grey.cols % inner) % inner;
  const int below = margin + (inner - grey.rows % inner) % inner;
  cv::copyMakeBorder(grey, padded, margin, below, margin, right, cv::BORDER_REPLICATE);
  cv::Mat result(grey.size(), CV_8UC1);
  for (int y = 0; y < grey.rows; y += inner) {
    for (int x = 0; x < grey.cols; x += inner) {
      cv::Mat values;
      padded(cv::Rect(x, y, tile, tile)).convertTo(values, CV_32F);
      cv::Mat spectrum;
      cv::dft(values, spectrum, cv::DFT_COMPLEX_OUTPUT);
      cv::mulSpectrums(spectrum, filter, spectrum, 0);
      cv::dft(spectrum, values, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
      const cv::Rect place = cv::Rect(x, y, inner, inner) & cv::Rect({0, 0}, grey.size());
      values(cv::Rect({margin, margin}, place.size())).convertTo(result(place), CV_8U);
    }
  }
  return result;
}

}  // namespace eakte::ocr::cleanup

#pragma once
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <string>
#include <vector>

namespace eakte::ingest {

/// Grey of nothing but 0 and 255.
bool is_bilevel(const cv::Mat& pixels);

/// Rows of bits, eight to a byte, each row from a new byte on.
struct Bits {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bytes;
};

/// Appends rows of 0 and 255 to `bits`: one where `pixels` is `one`.
void append_bits(Bits& bits, const cv::Mat& pixels, std::uint8_t one);

/// CCITT Group 4, ones as black. Throws Error.
std::string encode_group4(Bits& bits);

}  // namespace eakte::ingest

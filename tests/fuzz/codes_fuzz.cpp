#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <opencv2/core.hpp>
#include <string>

#include "ocr/codes.h"
#include "ocr/codes/code32.h"

/// Bars and modules on a page that somebody has drawn to harm: the first two bytes are its width and the
/// length of a module, the others its pixels as bits. And a Code 39 that may be a Code 32.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace eakte::ocr;
  if (size < 3) return 0;
  codes::code32_from({reinterpret_cast<const char*>(bytes), size});
  const int columns = 1 + bytes[0];
  const int module = 1 + bytes[1] % 12;
  const int modules = static_cast<int>(std::min<std::size_t>(size - 2, 4000)) * 8;
  const int rows = (modules + columns - 1) / columns;
  const int margin = 4 * module;
  if (columns * module > 600 || rows * module > 600) return 0;
  cv::Mat page(rows * module + 2 * margin, columns * module + 2 * margin, CV_8UC1, cv::Scalar(255));
  for (int i = 0; i < modules; ++i) {
    if ((bytes[2 + i / 8] >> (i % 8) & 1) == 0) continue;
    page(cv::Rect(margin + i % columns * module, margin + i / columns * module, module, module)) = 0;
  }
  for (const Code& code : find_codes({page, 300})) {
    if (code.text.empty()) std::abort();
  }
  return 0;
}

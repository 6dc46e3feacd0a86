// Two functions of Tesseract 5.3.0 that stand in front of its own (symbol interposition, as pixWriteMem in
// recognizer.cpp). Together they are a seventh of the time of a page: one is called nine times for each pixel
// of each line to find out where its neighbours lie, through five further calls; the other turns the numbers
// between two layers into bytes, one by one. Ours compute the same values, in line and several at a time.
//
// They read objects of Tesseract whose layout no public header tells. So before the first use the version is
// compared, and Tesseract's own functions are run on objects laid out as here and must agree; if anything
// differs, all calls go to Tesseract's own. Tests compare the texts.
#include "ocr/inner_loops.h"

#include <dlfcn.h>
#include <tesseract/baseapi.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace {

constexpr const char* add_offset_name = "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE";
constexpr const char* write_name = "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf";

constexpr int height_axis = 1;
constexpr int width_axis = 2;

/// lstm/stridemap.h, StrideMap: the sizes of a batch of pictures.
struct MapLayout {
  std::array<int, 3> shape{};  ///< batch, height, width
  std::array<int, 3> step{};
  std::vector<int> heights;
  std::vector<int> widths;
};

/// lstm/stridemap.h, StrideMap::Index: a place in it.
struct PlaceLayout {
  const MapLayout* map = nullptr;
  int at = 0;
  std::array<int, 3> indices{};
};

/// ccstruct/matrix.h, GENERIC_2D_ARRAY.
template <class Number>
struct ArrayLayout {
  void* functions = nullptr;
  Number* numbers = nullptr;
  Number empty{};
  int rows = 0;
  int columns = 0;
  int allocated = 0;
};

/// lstm/networkio.h, NetworkIO.
struct NumbersLayout {
  ArrayLayout<float> exact;
  ArrayLayout<std::int8_t> bytes;
  bool are_bytes = false;
};

static_assert(offsetof(PlaceLayout, indices) == 0x0c);
static_assert(offsetof(NumbersLayout, exact.columns) == 0x18);
static_assert(offsetof(NumbersLayout, bytes.numbers) == 0x28);
static_assert(offsetof(NumbersLayout, bytes.columns) == 0x38);
static_assert(offsetof(NumbersLayout, are_bytes) == 0x40);

int last_index(const std::vector<int>& sizes, int batch, int shape) {
  if (static_cast<std::size_t>(batch) >= sizes.size()) return shape - 1;
  return std::min(sizes[static_cast<std::size_t>(batch)], shape) - 1;
}

/// StrideMap::Index::AddOffset: moves the place; false when it then lies outside of its picture.
bool add_offset(PlaceLayout& place, int offset, int axis) {
  const MapLayout& map = *place.map;
  std::array<int, 3>& indices = place.indices;
  indices[static_cast<std::size_t>(axis)] += offset;
  place.at = map.step[0] * indices[0] + map.step[1] * indices[1] + map.step[2] * indices[2];
  if (indices[0] < 0 || indices[1] < 0 || indices[2] < 0 || indices[0] >= map.shape[0]) return false;
  return indices[1] <= last_index(map.heights, indices[0], map.shape[height_axis]) &&
         indices[2] <= last_index(map.widths, indices[0], map.shape[width_axis]);
}

/// NetworkIO::WriteTimeStepPart: `count` numbers into row `row` from column `column` on.
void write_numbers(NumbersLayout& into, int row, int column, int count, const float* numbers) {
  const auto length = static_cast<std::size_t>(std::max(0, count));
  if (!into.are_bytes) {
    std::copy_n(numbers, length,
                into.exact.numbers + std::ptrdiff_t{row} * into.exact.columns + std::ptrdiff_t{column});
    return;
  }
  std::int8_t* bytes = into.bytes.numbers + std::ptrdiff_t{row} * into.bytes.columns + std::ptrdiff_t{column};
  constexpr float largest = 127;
  for (std::size_t i = 0; i < length; ++i) {
    const float scaled = std::min(std::max(numbers[i] * largest, -largest), largest);
    bytes[i] = static_cast<std::int8_t>(static_cast<int>(scaled + std::copysign(0.5F, scaled)));
  }
}

using AddOffset = bool (*)(PlaceLayout*, int, int);
using Write = void (*)(NumbersLayout*, int, int, int, const float*);

template <class Function>
Function tesseracts_own(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

/// Tesseract's own function finds the same places as ours.
bool places_agree() {
  const auto own = tesseracts_own<AddOffset>(add_offset_name);
  if (own == nullptr) return false;
  const MapLayout map{{2, 7, 9}, {63, 9, 1}, {7, 5}, {9, 4}};
  for (int axis = 0; axis < 3; ++axis) {
    for (int start = 0; start < 2 * 7 * 9; ++start) {
      for (const int offset : {-2, -1, 0, 1, 2}) {
        PlaceLayout theirs{&map, start, {start / 63, start / 9 % 7, start % 9}};
        PlaceLayout ours = theirs;
        if (own(&theirs, offset, axis) != add_offset(ours, offset, axis)) return false;
        if (theirs.at != ours.at || theirs.indices != ours.indices) return false;
      }
    }
  }
  return true;
}

bool numbers_agree(bool as_bytes) {
  const auto own = tesseracts_own<Write>(write_name);
  if (own == nullptr) return false;
  std::array<float, 600> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = (static_cast<float>(i) - 300.0F) / 254.0F;
  const auto written = [&](auto function) {
    std::vector<float> exact(2000);
    std::vector<std::int8_t> bytes(2000);
    NumbersLayout into;
    into.exact = {nullptr, exact.data(), 0, 2, 1000, 2000};
    into.bytes = {nullptr, bytes.data(), 0, 2, 1000, 2000};
    into.are_bytes = as_bytes;
    function(&into, 1, 17, static_cast<int>(numbers.size()), numbers.data());
    return std::pair(exact, bytes);
  };
  return written(own) == written([](NumbersLayout* into, int row, int column, int count, const float* from) {
           write_numbers(*into, row, column, count, from);
         });
}

bool fits() {
  static const bool agreed = std::string_view(tesseract::TessBaseAPI::Version()) == "5.3.0" &&
                             places_agree() && numbers_agree(true) && numbers_agree(false);
  return agreed;
}

}  // namespace

namespace tesseract {

enum FlexDimensions : unsigned;

class StrideMap {
public:
  class Index {
  public:
    bool AddOffset(int offset, FlexDimensions axis);
  };
};

class NetworkIO {
public:
  void WriteTimeStepPart(int row, int column, int count, const float* numbers);
};

bool StrideMap::Index::AddOffset(int offset, FlexDimensions axis) {
  auto* place = reinterpret_cast<PlaceLayout*>(this);
  if (fits()) return add_offset(*place, offset, static_cast<int>(axis));
  static const auto own = tesseracts_own<::AddOffset>(add_offset_name);
  return own(place, offset, static_cast<int>(axis));
}

void NetworkIO::WriteTimeStepPart(int row, int column, int count, const float* numbers) {
  auto* into = reinterpret_cast<NumbersLayout*>(this);
  if (fits()) return write_numbers(*into, row, column, count, numbers);
  static const auto own = tesseracts_own<Write>(write_name);
  own(into, row, column, count, numbers);
}

}  // namespace tesseract

namespace eakte::ocr {

bool inner_loops_replaced() { return fits(); }

}  // namespace eakte::ocr

#include "archive/pdf/jbig2.h"

#include <cstdint>
#include <optional>
#include <string>

namespace eakte::archive {
namespace {

constexpr unsigned symbol_dictionary = 0;
constexpr unsigned text_regions[] = {4, 6, 7};
constexpr std::uint32_t unknown_length = 0xFFFFFFFF;

/// Big-endian numbers, until the bytes end.
class Numbers {
public:
  explicit Numbers(std::string_view bytes) : rest_(bytes) {}
  std::optional<std::uint32_t> take(std::size_t size) {
    if (rest_.size() < size) return std::nullopt;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < size; ++i) number = number << 8U | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(size);
    return number;
  }
  bool skip(std::size_t size) {
    if (rest_.size() < size) return false;
    rest_.remove_prefix(size);
    return true;
  }

private:
  std::string_view rest_;
};

/// Passes over the numbers of the segments that one refers to (7.2.4, 7.2.5).
bool skip_references(Numbers& numbers, std::uint32_t segment) {
  const auto first = numbers.take(1);
  if (!first) return false;
  std::size_t count = *first >> 5U;
  if (count == 7) {
    const auto rest = numbers.take(3);
    if (!rest) return false;
    count = (*first & 0x1FU) << 24U | *rest;
    if (!numbers.skip((count + 8) / 8)) return false;
  }
  const std::size_t size = segment <= 256 ? 1 : segment <= 65536 ? 2 : 4;
  return numbers.skip(count * size);
}

/// Type of the next segment, whose data is passed over; nothing at the end.
std::optional<unsigned> next_type(Numbers& numbers) {
  constexpr unsigned type_bits = 0x3F;
  constexpr unsigned long_page_bit = 0x40;
  const auto segment = numbers.take(4);
  const auto flags = segment ? numbers.take(1) : std::nullopt;
  if (!flags || !skip_references(numbers, *segment)) return std::nullopt;
  if (!numbers.skip((*flags & long_page_bit) != 0 ? 4 : 1)) return std::nullopt;
  const auto length = numbers.take(4);
  if (!length) return std::nullopt;
  // A region of unknown length is the last one that can be found; one that ends early too.
  if (*length == unknown_length || !numbers.skip(*length)) numbers = Numbers({});
  return *flags & type_bits;
}

bool is_jbig2(QPDFObjectHandle filter) { return filter.isName() && filter.getName() == "/JBIG2Decode"; }

std::string bytes_of(const std::shared_ptr<Buffer>& buffer) {
  return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

/// The segments several pictures share; empty: none.
std::string globals_of(QPDFObjectHandle picture) {
  QPDFObjectHandle parameters = member(picture, "/DecodeParms");
  if (parameters.isArray()) parameters = item(parameters, 0);
  QPDFObjectHandle globals = member(parameters, "/JBIG2Globals");
  return globals.isStream() ? bytes_of(globals.getStreamData(qpdf_dl_generalized)) : std::string();
}

}  // namespace

bool uses_symbols(std::string_view segments) {
  Numbers numbers(segments);
  while (const auto type = next_type(numbers)) {
    if (*type == symbol_dictionary) return true;
    for (const unsigned region : text_regions)
      if (*type == region) return true;
  }
  return false;
}

bool has_symbol_coded_picture(QPDF& pdf) {
  for (QPDFObjectHandle object : pdf.getAllObjects()) {
    if (!object.isStream()) continue;
    const QPDFObjectHandle filter = member(object, "/Filter");
    if (!is_jbig2(filter) && !is_jbig2(item(filter, 0))) continue;
    if (uses_symbols(globals_of(object)) || uses_symbols(bytes_of(object.getRawStreamData()))) return true;
  }
  return false;
}

}  // namespace eakte::archive

#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// One operator of a content stream with what stood before it. Arrays and dictionaries lie flat, with their
/// brackets. An inline image is one operator "BI" whose operands are its dictionary.
struct ContentOperation {
  std::string_view name;
  const std::vector<QPDFTokenizer::Token>& operands;

  /// The operand as a number, 0 when it is none or missing.
  double number(std::size_t index) const;
  /// The operand as a name with its slash, empty when it is none or missing.
  std::string resource(std::size_t index) const;
};

/// No content stream that means well is longer than this many bytes.
constexpr std::size_t longest_content = std::size_t{64} << 20U;

/// The decoded bytes of a stream; nothing when a filter fails, is an image filter, or more than `limit` bytes
/// come out.
std::optional<std::string> decoded_bytes(QPDFObjectHandle stream, std::size_t limit,
                                         qpdf_stream_decode_level_e level = qpdf_dl_generalized);

/// The content of a page, its parts joined; nothing when a part cannot be read or it is longer than
/// longest_content.
std::optional<std::string> page_content(QPDFObjectHandle page);

/// Calls `handle` for each operator until it returns false.
void read_content(const std::string& content, const std::function<bool(const ContentOperation&)>& handle);

}  // namespace eakte::archive

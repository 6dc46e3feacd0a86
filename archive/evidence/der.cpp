#include "archive/evidence/der.h"

#include <fmt/format.h>

#include "archive/error.h"

namespace eakte::archive {
namespace {

struct Header {
  std::size_t size = 0;
  std::size_t content = 0;
};

[[noreturn]] void malformed(const char* what) {
  throw Error(fmt::format("malformed ASN.1 where {} is expected", what));
}

Header header_of(std::string_view bytes, const char* what) {
  if (bytes.size() < 2 || (static_cast<unsigned char>(bytes[0]) & 0x1FU) == 0x1FU) malformed(what);
  const auto first = static_cast<unsigned char>(bytes[1]);
  Header header{2, first};
  if (first >= 0x80) {
    const std::size_t octets = first & 0x7FU;
    if (octets == 0 || octets > 4 || bytes.size() < 2 + octets) malformed(what);
    header = {2 + octets, 0};
    for (std::size_t i = 0; i < octets; ++i)
      header.content = header.content << 8U | static_cast<unsigned char>(bytes[2 + i]);
  }
  if (header.content > bytes.size() - header.size) malformed(what);
  return header;
}

}  // namespace

std::string_view DerReader::take(unsigned char tag, const char* what) {
  if (next_tag() != tag) malformed(what);
  const Header header = header_of(rest_, what);
  const std::string_view content = rest_.substr(header.size, header.content);
  rest_.remove_prefix(header.size + header.content);
  return content;
}

std::string_view DerReader::take_whole(const char* what) {
  const Header header = header_of(rest_, what);
  const std::string_view element = rest_.substr(0, header.size + header.content);
  rest_.remove_prefix(element.size());
  return element;
}

std::string_view DerReader::take_rest() {
  const std::string_view all = rest_;
  rest_ = {};
  return all;
}

std::string der_element(unsigned char tag, std::string_view content) {
  std::string element(1, static_cast<char>(tag));
  if (content.size() < 0x80) {
    element += static_cast<char>(content.size());
  } else {
    std::string octets;
    for (std::size_t left = content.size(); left > 0; left >>= 8U)
      octets.insert(octets.begin(), static_cast<char>(left & 0xFFU));
    element += static_cast<char>(0x80U | octets.size());
    element += octets;
  }
  return element.append(content);
}

std::string der_integer(int value) {
  return der_element(der::integer, std::string(1, static_cast<char>(value)));
}

}  // namespace eakte::archive

#include "archive/xdomea/characters.h"

#include <array>
#include <cstdint>
#include <utility>

namespace eakte::archive {
namespace {

/// Bytes of the well-formed UTF-8 sequence at the beginning, 0 when there is none (RFC 3629).
std::size_t sequence_length(std::string_view text) {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = at(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF   ? 2
                             : first >= 0xE0 && first <= 0xEF ? 3
                             : first >= 0xF0 && first <= 0xF4 ? 4
                                                              : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((at(i) & 0xC0) != 0x80) return 0;
  if (first == 0xE0 && at(1) < 0xA0) return 0;
  if (first == 0xED && at(1) > 0x9F) return 0;
  if (first == 0xF0 && at(1) < 0x90) return 0;
  if (first == 0xF4 && at(1) > 0x8F) return 0;
  return length;
}

/// U+FFFE and U+FFFF are no characters of XML either.
bool is_xml_sequence(std::string_view sequence) {
  if (sequence.size() == 1) {
    const char c = sequence[0];
    return c == '\t' || c == '\n' || (c >= 0x20 && c != 0x7F);
  }
  return sequence != "\xEF\xBF\xBE" && sequence != "\xEF\xBF\xBF";
}

template <class Add>
void for_each_sequence(std::string_view text, Add add) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    const std::string_view sequence = text.substr(0, length == 0 ? 1 : length);
    add(length != 0 && is_xml_sequence(sequence) ? sequence : std::string_view(" "));
    text.remove_prefix(sequence.size());
  }
}

void append_utf8(std::string& text, std::uint32_t code) {
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0U | (code >> 6));
    text += static_cast<char>(0x80U | (code & 63U));
  } else {
    text += static_cast<char>(0xE0U | (code >> 12));
    text += static_cast<char>(0x80U | ((code >> 6) & 63U));
    text += static_cast<char>(0x80U | (code & 63U));
  }
}

// IBM code page 437 from 0x80 on, by its published table.
constexpr std::array<std::uint16_t, 128> cp437{
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE,
    0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6,
    0x00DC, 0x00A2, 0x00A3, 0x00A5, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA,
    0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB, 0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C,
    0x2588, 0x2584, 0x258C, 0x2590, 0x2580, 0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4,
    0x03A6, 0x0398, 0x03A9, 0x03B4, 0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320,
    0x2321, 0x00F7, 0x2248, 0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0};

std::string_view spelled(std::string_view sequence) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> umlauts{
      {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"ß", "ss"}}};
  for (const auto& [umlaut, plain] : umlauts)
    if (sequence == umlaut) return plain;
  return {};
}

}  // namespace

std::string xml_characters(std::string_view text) {
  std::string escaped;
  for_each_sequence(text, [&](std::string_view sequence) {
    if (sequence == "&") {
      escaped += "&amp;";
    } else if (sequence == "<") {
      escaped += "&lt;";
    } else if (sequence == ">") {
      escaped += "&gt;";
    } else {
      escaped += sequence;
    }
  });
  return escaped;
}

std::string without_foreign_characters(std::string_view text) {
  std::string plain;
  for_each_sequence(text, [&](std::string_view sequence) { plain += sequence; });
  return plain;
}

std::string utf8_from_cp437(std::string_view text) {
  std::string utf8;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    append_utf8(utf8, byte < 0x80 ? byte : cp437[byte - 0x80U]);
  }
  return utf8;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string ascii_name(std::string_view text, std::size_t most) {
  std::string name;
  for_each_sequence(text, [&](std::string_view sequence) {
    const char c = sequence[0];
    const bool plain = sequence.size() == 1 && ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                                                (c >= 'A' && c <= 'Z') || c == '-' || c == '.');
    if (plain) {
      name += c;
    } else if (const std::string_view letters = spelled(sequence); !letters.empty()) {
      name += letters;
    } else if (!name.empty() && name.back() != '_') {
      name += '_';
    }
  });
  if (name.size() > most) name.resize(most);
  while (!name.empty() && (name.back() == '_' || name.back() == '.')) name.pop_back();
  return name;
}

}  // namespace eakte::archive

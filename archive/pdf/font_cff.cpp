#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "archive/pdf/font_program.h"
#include "archive/pdf/glyph_names.h"

namespace eakte::archive {
namespace {

/// Bytes with a place in them; reading outside throws std::out_of_range.
struct Reader {
  std::string_view bytes;
  std::size_t at = 0;

  unsigned byte() {
    if (at >= bytes.size()) throw std::out_of_range("font ends too early");
    return static_cast<unsigned char>(bytes[at++]);
  }
  std::size_t number(unsigned size) {
    std::size_t value = 0;
    for (unsigned i = 0; i < size; ++i) value = value << 8U | byte();
    return value;
  }
};

using Index = std::vector<std::string_view>;
using Dictionary = std::map<int, std::vector<double>>;

Reader reader_at(std::string_view bytes, double offset) {
  // Written so that a number that is none is refused as well.
  if (!(offset >= 0 && offset <= static_cast<double>(bytes.size())))
    throw std::out_of_range("offset outside the font");
  return {bytes, static_cast<std::size_t>(offset)};
}

Index read_index(Reader& reader) {
  const std::size_t count = reader.number(2);
  Index index;
  if (count == 0) return index;
  const unsigned size = reader.byte();
  if (size < 1 || size > 4) throw std::out_of_range("font index with odd offsets");
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i <= count; ++i) offsets.push_back(reader.number(size));
  const std::size_t base = reader.at - 1;
  for (std::size_t i = 0; i < count; ++i) {
    if (offsets[i] > offsets[i + 1] || base + offsets[i + 1] > reader.bytes.size()) {
      throw std::out_of_range("font index out of bounds");
    }
    index.push_back(reader.bytes.substr(base + offsets[i], offsets[i + 1] - offsets[i]));
  }
  reader.at = base + offsets.back();
  return index;
}

double real_number(Reader& reader) {
  static constexpr const char* parts[] = {"0", "1", "2", "3", "4",  "5", "6", "7",
                                          "8", "9", ".", "E", "E-", "",  "-"};
  std::string text;
  while (text.size() < 64) {
    const unsigned pair = reader.byte();
    for (const unsigned nibble : {pair >> 4U, pair & 15U}) {
      if (nibble == 15) return std::strtod(text.c_str(), nullptr);
      text += parts[nibble];
    }
  }
  throw std::out_of_range("endless number in a font");
}

Dictionary read_dictionary(std::string_view bytes) {
  Dictionary dictionary;
  std::vector<double> operands;
  Reader reader{bytes, 0};
  while (reader.at < bytes.size()) {
    const unsigned b = reader.byte();
    if (b <= 21) {
      const int key = b == 12 ? 1200 + static_cast<int>(reader.byte()) : static_cast<int>(b);
      dictionary[key] = operands;
      operands.clear();
    } else if (b == 28) {
      operands.push_back(static_cast<std::int16_t>(reader.number(2)));
    } else if (b == 29) {
      operands.push_back(static_cast<std::int32_t>(reader.number(4)));
    } else if (b == 30) {
      operands.push_back(real_number(reader));
    } else if (b >= 32 && b <= 246) {
      operands.push_back(static_cast<int>(b) - 139);
    } else if (b >= 247 && b <= 250) {
      operands.push_back((static_cast<int>(b) - 247) * 256 + static_cast<int>(reader.byte()) + 108);
    } else if (b >= 251 && b <= 254) {
      operands.push_back(-(static_cast<int>(b) - 251) * 256 - static_cast<int>(reader.byte()) - 108);
    }
  }
  return dictionary;
}

double first(const Dictionary& dictionary, int key, double otherwise) {
  const auto found = dictionary.find(key);
  return found == dictionary.end() || found->second.empty() ? otherwise : found->second.front();
}

/// What glyphs need to know of their private dictionary.
struct Private {
  double default_width = 0;
  double nominal_width = 0;
  Index subroutines;
};

Private read_private(std::string_view font, const Dictionary& top) {
  Private result;
  const auto place = top.find(18);
  if (place == top.end() || place->second.size() < 2) return result;
  const double size = place->second[0];
  const double offset = place->second[1];
  Reader reader = reader_at(font, offset);
  reader_at(font, size);
  reader_at(font, offset + size);
  const Dictionary dictionary = read_dictionary(font.substr(reader.at, static_cast<std::size_t>(size)));
  result.default_width = first(dictionary, 20, 0);
  result.nominal_width = first(dictionary, 21, 0);
  if (dictionary.count(19) != 0) {
    Reader subroutines = reader_at(font, offset + first(dictionary, 19, 0));
    result.subroutines = read_index(subroutines);
  }
  return result;
}

/// Runs a charstring only as far as its first operator that takes the width from the stack (technical note
/// 5177).
class WidthReader {
public:
  WidthReader(const Index& global, const Private& own) : global_(global), private_(own) {}

  double width(std::string_view charstring) {
    run(charstring, 0);
    return width_;
  }

private:
  bool run(std::string_view code, int depth);
  bool end_with(std::size_t operands, bool takes_pairs);
  bool call(const Index& subroutines, int depth);

  const Index& global_;
  const Private& private_;
  std::vector<double> stack_;
  double width_ = 0;
};

bool WidthReader::end_with(std::size_t operands, bool takes_pairs) {
  const bool has_width = takes_pairs ? stack_.size() % 2 == 1 : stack_.size() > operands;
  width_ = has_width ? private_.nominal_width + stack_.front() : private_.default_width;
  return true;
}

bool WidthReader::call(const Index& subroutines, int depth) {
  if (stack_.empty()) throw std::out_of_range("call without a number");
  const int bias = subroutines.size() < 1240 ? 107 : subroutines.size() < 33900 ? 1131 : 32768;
  const double number = stack_.back() + bias;
  stack_.pop_back();
  if (!(number >= 0 && number < static_cast<double>(subroutines.size())))
    throw std::out_of_range("no such subroutine");
  return run(subroutines[static_cast<std::size_t>(number)], depth + 1);
}

bool WidthReader::run(std::string_view code, int depth) {
  constexpr int deepest = 10;
  constexpr std::size_t highest_stack = 200;
  if (depth > deepest) throw std::out_of_range("subroutines nested too deep");
  Reader reader{code, 0};
  while (reader.at < code.size()) {
    const unsigned b = reader.byte();
    if (stack_.size() > highest_stack) throw std::out_of_range("stack of a glyph overflows");
    if (b == 28) {
      stack_.push_back(static_cast<std::int16_t>(reader.number(2)));
    } else if (b == 255) {
      stack_.push_back(static_cast<std::int32_t>(reader.number(4)) / 65536.0);
    } else if (b >= 251) {
      stack_.push_back(-(static_cast<int>(b) - 251) * 256 - static_cast<int>(reader.byte()) - 108);
    } else if (b >= 247) {
      stack_.push_back((static_cast<int>(b) - 247) * 256 + static_cast<int>(reader.byte()) + 108);
    } else if (b >= 32) {
      stack_.push_back(static_cast<int>(b) - 139);
    } else if (b == 10 || b == 29) {
      if (call(b == 10 ? private_.subroutines : global_, depth)) return true;
    } else if (b == 11) {
      return false;
    } else if (b == 1 || b == 3 || b == 18 || b == 23 || b == 19 || b == 20) {
      return end_with(0, true);  // stems and hint masks
    } else if (b == 21) {
      return end_with(2, false);  // rmoveto
    } else if (b == 4 || b == 22) {
      return end_with(1, false);  // vmoveto, hmoveto
    } else if (b == 14) {
      return end_with(stack_.size() >= 4 ? 4 : 0, false);  // endchar, perhaps with an accented character
    } else {
      throw std::out_of_range("a glyph begins with an unexpected operator");
    }
  }
  return false;
}

/// The string or CID number of each glyph.
std::vector<int> read_charset(std::string_view font, const Dictionary& top, std::size_t glyphs) {
  std::vector<int> charset = {0};
  const double offset = first(top, 15, 0);
  if (offset <= 2) {
    // ISOAdobe is the standard strings in order; the expert sets are not known here.
    for (std::size_t i = 1; i < glyphs; ++i) charset.push_back(offset == 0 ? static_cast<int>(i) : 0);
    return charset;
  }
  Reader reader = reader_at(font, offset);
  const unsigned format = reader.byte();
  while (charset.size() < glyphs) {
    const int number = static_cast<int>(reader.number(2));
    const std::size_t more = format == 0 ? 0 : reader.number(format == 1 ? 1 : 2);
    for (std::size_t i = 0; i <= more && charset.size() < glyphs; ++i)
      charset.push_back(number + static_cast<int>(i));
  }
  return charset;
}

void read_encoding(std::string_view font, const Dictionary& top, const std::vector<std::string>& names,
                   FontProgram& program) {
  const double offset = first(top, 16, 0);
  if (offset <= 1) {
    for (unsigned code = 0; code < 256 && offset == 0; ++code) {
      program.encoding[code] = glyph_in_encoding("/StandardEncoding", static_cast<unsigned char>(code));
    }
    return;
  }
  Reader reader = reader_at(font, offset);
  const unsigned format = reader.byte();
  const unsigned count = reader.byte();
  std::size_t glyph = 1;
  for (unsigned i = 0; i < count; ++i) {
    const unsigned code = reader.byte();
    const unsigned more = (format & 0x7FU) == 0 ? 0 : reader.byte();
    for (unsigned k = 0; k <= more; ++k, ++glyph) {
      if (code + k < 256 && glyph < names.size()) program.encoding[code + k] = names[glyph];
    }
  }
}

std::vector<std::size_t> read_selection(std::string_view font, const Dictionary& top, std::size_t glyphs) {
  Reader reader = reader_at(font, first(top, 1237, 0));
  std::vector<std::size_t> selection;
  if (reader.byte() == 0) {
    for (std::size_t i = 0; i < glyphs; ++i) selection.push_back(reader.byte());
    return selection;
  }
  const std::size_t ranges = reader.number(2);
  std::size_t begin = reader.number(2);
  for (std::size_t i = 0; i < ranges && begin <= glyphs; ++i) {
    const std::size_t chosen = reader.byte();
    const std::size_t end = reader.number(2);
    for (; begin < end && selection.size() < glyphs; ++begin) selection.push_back(chosen);
  }
  selection.resize(glyphs);
  return selection;
}

double scale_of(const Dictionary& dictionary, double otherwise) { return first(dictionary, 1207, otherwise); }

FontProgram read_font(std::string_view font) {
  Reader reader{font, 2};
  reader.at = reader.byte();
  read_index(reader);
  const Index tops = read_index(reader);
  const Index strings = read_index(reader);
  const Index global = read_index(reader);
  if (tops.empty()) throw std::out_of_range("no font in the program");
  const Dictionary top = read_dictionary(tops.front());
  Reader glyph_reader = reader_at(font, first(top, 17, 0));
  const Index glyphs = read_index(glyph_reader);

  FontProgram program;
  program.is_cid_keyed = top.count(1230) != 0;
  std::vector<Private> privates;
  std::vector<double> scales;
  std::vector<std::size_t> selection(glyphs.size(), 0);
  if (program.is_cid_keyed) {
    Reader parts = reader_at(font, first(top, 1236, 0));
    for (const std::string_view part : read_index(parts)) {
      const Dictionary dictionary = read_dictionary(part);
      privates.push_back(read_private(font, dictionary));
      const bool both = top.count(1207) != 0 && dictionary.count(1207) != 0;
      scales.push_back(both ? scale_of(top, 1) * scale_of(dictionary, 1)
                            : scale_of(dictionary, scale_of(top, 0.001)));
    }
    selection = read_selection(font, top, glyphs.size());
  } else {
    privates.push_back(read_private(font, top));
    scales.push_back(scale_of(top, 0.001));
  }
  for (std::size_t i = 0; i < glyphs.size(); ++i) {
    const Private& own = privates.at(selection[i]);
    program.widths.push_back(WidthReader(global, own).width(glyphs[i]) * scales[selection[i]] * 1000);
  }

  const std::vector<int> charset = read_charset(font, top, glyphs.size());
  std::vector<std::string> names(charset.size());
  constexpr int first_own_string = 391;
  for (std::size_t i = 0; i < charset.size(); ++i) {
    if (program.is_cid_keyed) {
      program.cids[charset[i]] = static_cast<int>(i);
      continue;
    }
    const auto own = static_cast<std::size_t>(charset[i] - first_own_string);
    names[i] = charset[i] < first_own_string ? standard_string(charset[i])
               : own < strings.size()        ? std::string(strings[own])
                                             : std::string();
    if (!names[i].empty()) program.names.emplace(names[i], static_cast<int>(i));
  }
  if (!program.is_cid_keyed) read_encoding(font, top, names, program);
  return program;
}

}  // namespace

std::optional<FontProgram> read_cff(std::string_view bytes) {
  try {
    return read_font(bytes);
  } catch (const std::out_of_range&) {
    return std::nullopt;
  }
}

}  // namespace eakte::archive

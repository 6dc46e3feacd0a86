#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// What of an embedded font program matters for the check of PDF/A.
struct FontProgram {
  std::vector<double> widths;         ///< by glyph, in thousandths of the font size
  std::map<unsigned, int> unicode;    ///< TrueType cmap (3,1): character to glyph
  std::map<unsigned, int> symbol;     ///< TrueType cmap (3,0)
  std::map<unsigned, int> macintosh;  ///< TrueType cmap (1,0)
  int cmap_count = 0;
  bool has_symbol_cmap = false;
  std::map<std::string, int> names;  ///< CFF that is not keyed by CID, and Type 1: glyph name to glyph
  std::map<int, int> cids;           ///< CFF keyed by CID: CID to glyph
  bool is_cid_keyed = false;
  std::array<std::string, 256> encoding;  ///< CFF, Type 1: glyph names of the built-in encoding
};

/// Reads TrueType and OpenType; nothing when the tables cannot be understood.
std::optional<FontProgram> read_truetype(std::string_view bytes);

/// Reads the Compact Font Format (Adobe technical notes 5176 and 5177); nothing when it cannot be understood.
std::optional<FontProgram> read_cff(std::string_view bytes);

/// Reads a Type 1 program, clear or hexadecimal (Adobe Type 1 Font Format, 1990); nothing when it cannot be
/// understood.
std::optional<FontProgram> read_type1(std::string_view bytes);

}  // namespace eakte::archive

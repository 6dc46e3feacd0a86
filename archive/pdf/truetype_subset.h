#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace eakte::archive {

/// A TrueType program with the outlines of `glyphs` alone, and of those they are composed of; the numbers of
/// glyphs, their widths and the character map stay. Throws Error when the tables cannot be understood.
std::string truetype_subset(std::string_view font, const std::set<int>& glyphs);

/// A TrueType program with other advance widths for some glyphs, in thousandths of the font size. Viewers go
/// by the widths of the document, so nothing moves. Throws Error when the tables cannot be understood.
std::string truetype_with_widths(std::string_view font, const std::map<int, double>& widths);

/// What a font descriptor states, in thousandths of the font size.
struct FontMeasures {
  int left = 0;
  int bottom = 0;
  int right = 0;
  int top = 0;
  int ascent = 0;
  int descent = 0;
  double italic_angle = 0;
};
/// Throws Error when the tables cannot be understood.
FontMeasures truetype_measures(std::string_view font);

}  // namespace eakte::archive

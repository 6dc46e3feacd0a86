#include "ingest/formats/pdf_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace eakte::ingest {
namespace {

struct Composition {
  char16_t accent;
  std::u16string_view letters;
  std::u16string_view composed;
};

// The canonical compositions (Unicode, NFC) of the letters of European names; PDFs written on a Mac need
// them.
constexpr auto compositions = std::to_array<Composition>({
    {0x0300, u"AEIOUaeiou", u"ÀÈÌÒÙàèìòù"},
    {0x0301, u"AEIOUYaeiouyCcLlNnRrSsZz", u"ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹź"},
    {0x0302, u"AEIOUaeiouCcGgHhJjSsWwYy", u"ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷ"},
    {0x0303, u"ANOanoIiUu", u"ÃÑÕãñõĨĩŨũ"},
    {0x0304, u"AEIOUaeiou", u"ĀĒĪŌŪāēīōū"},
    {0x0306, u"AaEeGgIiOoUu", u"ĂăĔĕĞğĬĭŎŏŬŭ"},
    {0x0307, u"CcEeGgIZz", u"ĊċĖėĠġİŻż"},
    {0x0308, u"AEIOUYaeiouy", u"ÄËÏÖÜŸäëïöüÿ"},
    {0x030A, u"AaUu", u"ÅåŮů"},
    {0x030B, u"OoUu", u"ŐőŰű"},
    {0x030C, u"CcDdEeLlNnRrSsTtZz", u"ČčĎďĚěĽľŇňŘřŠšŤťŽž"},
    {0x0327, u"CcGgKkLlNnRrSsTt", u"ÇçĢģĶķĻļŅņŖŗŞşŢţ"},
    {0x0328, u"AaEeIiUu", u"ĄąĘęĮįŲų"},
});

char16_t composed(char16_t letter, char16_t accent) {
  const auto row = std::ranges::find(compositions, accent, &Composition::accent);
  if (row == compositions.end()) return 0;
  const std::size_t at = row->letters.find(letter);
  return at == std::u16string_view::npos ? char16_t{0} : row->composed[at];
}

bool is_high_surrogate(char16_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low_surrogate(char16_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

bool is_blank_or_control(char32_t code) {
  return code <= 0x20 || (code >= 0x7F && code <= 0xA0) || code == 0x1680 ||
         (code >= 0x2000 && code <= 0x200B) || code == 0x2028 || code == 0x2029 || code == 0x202F ||
         code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

void append_utf8(char32_t code, std::string& out) {
  const auto add = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | code >> 6), add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | code >> 12), add(0x80 | (code >> 6 & 0x3F)), add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | code >> 18), add(0x80 | (code >> 12 & 0x3F)), add(0x80 | (code >> 6 & 0x3F)),
        add(0x80 | (code & 0x3F));
  }
}

double height_of(const DrawnWord& word) { return std::max(1.0, word.bottom - word.top); }

bool shares_line(const DrawnWord& previous, const DrawnWord& word) {
  if (previous.turned != word.turned) return false;
  if (word.turned) {
    const double overlap = std::min(previous.right, word.right) - std::max(previous.left, word.left);
    return overlap > 0.5 * std::min(previous.right - previous.left, word.right - word.left);
  }
  const double smaller = std::min(height_of(previous), height_of(word));
  const double overlap = std::min(previous.bottom, word.bottom) - std::max(previous.top, word.top);
  const double gap = word.left - previous.right;
  return overlap > 0.5 * smaller && gap > -smaller && gap < 6 * smaller;
}

struct Line {
  double left;
  double top;
  double right;
  double bottom;
};

// A new block begins where the eye jumps: up, past a wide gap, or to other columns.
bool continues_block(const Line& previous, const DrawnWord& word) {
  const double height = std::max(previous.bottom - previous.top, height_of(word));
  const double gap = word.top - previous.bottom;
  return gap > -0.8 * height && gap < 0.9 * height && word.left < previous.right &&
         word.right > previous.left - 3 * height;
}

}  // namespace

std::string utf8_word(std::u16string_view text) {
  std::u16string whole;
  for (const char16_t unit : text) {
    const char16_t both = whole.empty() ? char16_t{0} : composed(whole.back(), unit);
    if (both != 0) {
      whole.back() = both;
    } else {
      whole.push_back(unit);
    }
  }
  std::string out;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    char32_t code = whole[i];
    if (is_high_surrogate(whole[i]) && i + 1 < whole.size() && is_low_surrogate(whole[i + 1])) {
      code = 0x10000 + ((code - 0xD800) << 10) + (whole[++i] - 0xDC00U);
    } else if (code >= 0xD800 && code < 0xE000) {
      continue;
    }
    if (!is_blank_or_control(code)) append_utf8(code, out);
  }
  return out;
}

int unusable_characters(std::u16string_view text) {
  return static_cast<int>(std::ranges::count_if(text, [](char16_t unit) {
    return unit < 0x20 || (unit >= 0x7F && unit < 0xA0) || (unit >= 0xE000 && unit < 0xF900) ||
           unit >= 0xFFF0;
  }));
}

ocr::PageText page_text_from(const std::vector<DrawnWord>& words, double width, double height, int dpi) {
  const double scale = dpi / 72.0;
  ocr::PageText page;
  page.dpi = dpi;
  page.width = std::max(1, static_cast<int>(std::lround(width * scale)));
  page.height = std::max(1, static_cast<int>(std::lround(height * scale)));
  const DrawnWord* previous = nullptr;
  Line line = {};
  int line_number = 0;
  int block_number = 0;
  for (const DrawnWord& drawn : words) {
    std::string text = utf8_word(drawn.text);
    const int left = static_cast<int>(std::clamp(std::floor(drawn.left * scale), 0.0, page.width - 1.0));
    const int top = static_cast<int>(std::clamp(std::floor(drawn.top * scale), 0.0, page.height - 1.0));
    const int right =
        static_cast<int>(std::clamp(std::ceil(drawn.right * scale), left + 1.0, page.width * 1.0));
    const int bottom =
        static_cast<int>(std::clamp(std::ceil(drawn.bottom * scale), top + 1.0, page.height * 1.0));
    // Words beside the page are not seen.
    if (text.empty() || drawn.right <= 0 || drawn.bottom <= 0 || drawn.left >= width || drawn.top >= height)
      continue;
    if (previous != nullptr && !shares_line(*previous, drawn)) {
      ++line_number;
      if (!continues_block(line, drawn)) ++block_number;
      previous = nullptr;
    }
    if (previous == nullptr) line = {drawn.left, drawn.top, drawn.right, drawn.bottom};
    line = {std::min(line.left, drawn.left), std::min(line.top, drawn.top), std::max(line.right, drawn.right),
            std::max(line.bottom, drawn.bottom)};
    previous = &drawn;
    page.words.push_back(
        {std::move(text), {left, top, right - left, bottom - top}, 1.0F, block_number, line_number});
  }
  page.confidence = page.words.empty() ? 0.0F : 1.0F;
  return page;
}

}  // namespace eakte::ingest

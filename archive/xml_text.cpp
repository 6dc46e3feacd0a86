#include "archive/xml_text.h"

#include "archive/xdomea/characters.h"

namespace eakte::archive {

std::string xml_escaped(std::string_view text) {
  std::string result;
  for (const char c : xml_characters(text)) {
    if (c == '"') {
      result += "&quot;";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace eakte::archive

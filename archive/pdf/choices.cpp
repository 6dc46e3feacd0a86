#include <array>

#include "archive/pdfa.h"

namespace eakte::archive {

std::string_view name_of(PictureChoice choice) {
  constexpr std::array<std::string_view, 3> names = {"lossless", "faithful", "compact"};
  return names.at(static_cast<std::size_t>(choice));
}

std::string_view name_of(PdfaLevel level) { return level == PdfaLevel::a3u ? "3u" : "2u"; }

std::optional<PictureChoice> picture_choice_named(std::string_view name) {
  for (const auto choice : {PictureChoice::lossless, PictureChoice::faithful, PictureChoice::compact}) {
    if (name == name_of(choice)) return choice;
  }
  return std::nullopt;
}

std::optional<PdfaLevel> pdfa_level_named(std::string_view name) {
  for (const auto level : {PdfaLevel::a2u, PdfaLevel::a3u}) {
    if (name == name_of(level)) return level;
  }
  return std::nullopt;
}

}  // namespace eakte::archive

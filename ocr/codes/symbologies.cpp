#include <algorithm>
#include <array>
#include <utility>

#include "ocr/codes.h"

namespace eakte::ocr {
namespace {

constexpr std::array<std::pair<Symbology, std::string_view>, 10> symbology_names{
    {{Symbology::code39, "code39"},
     {Symbology::code93, "code93"},
     {Symbology::code128, "code128"},
     {Symbology::itf, "itf"},
     {Symbology::ean, "ean"},
     {Symbology::qr, "qr"},
     {Symbology::data_matrix, "data_matrix"},
     {Symbology::pdf417, "pdf417"},
     {Symbology::aztec, "aztec"},
     {Symbology::patch, "patch"}}};

}  // namespace

std::string_view name_of(Symbology symbology) {
  return std::ranges::find(symbology_names, symbology, &std::pair<Symbology, std::string_view>::first)
      ->second;
}

std::optional<Symbology> symbology_from(std::string_view name) {
  const auto* found =
      std::ranges::find(symbology_names, name, &std::pair<Symbology, std::string_view>::second);
  if (found == symbology_names.end()) return std::nullopt;
  return found->first;
}

}  // namespace eakte::ocr

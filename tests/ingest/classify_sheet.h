#pragma once
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "archive/file_plan.h"
#include "ocr/text.h"

namespace eakte::testing {

/// An A4 sheet on which text is laid at places given in mm, as words with boxes at 200 dpi.
class Sheet {
public:
  Sheet() {
    page_.width = 1654;
    page_.height = 2339;
    page_.dpi = 200;
    page_.confidence = 0.95F;
  }
  /// One line of text with its top left corner at (x, y), letters `height` mm tall.
  Sheet& at(double x, double y, std::string_view text, double height = 2.8) {
    std::istringstream words{std::string(text)};
    const int line = line_++;
    for (std::string word; words >> word;) {
      const double width = 0.62 * height * static_cast<double>(word.size());
      page_.words.push_back({word, {pixels(x), pixels(y), pixels(width), pixels(height)}, 0.95F, line, line});
      x += width + 0.55 * height;
    }
    return *this;
  }
  const ocr::PageText& page() const { return page_; }
  std::vector<ocr::PageText> pages() const { return {page_}; }

private:
  static int pixels(double mm) { return static_cast<int>(mm * 200 / 25.4 + 0.5); }
  ocr::PageText page_;
  int line_ = 0;
};

/// A file plan entry that takes folders, with its document types.
inline archive::FilePlanEntry plan_leaf(std::string number, std::string title,
                                        std::vector<std::string> types) {
  archive::FilePlanEntry entry;
  entry.number = std::move(number);
  entry.title = std::move(title);
  entry.takes_folders = true;
  entry.document_types = std::move(types);
  return entry;
}

/// A small plan with an ambiguous type (Bescheid) and shared ones (Gebührenbescheid, Angebot).
inline archive::FilePlan small_plan() {
  archive::FilePlan plan;
  plan.entries = {
      plan_leaf("11.10.10", "Sitzungen des Stadtrats", {"Sitzungsvorlage", "Niederschrift", "Einladung"}),
      plan_leaf("11.20.20", "Widerspruchs- und Klageverfahren", {"Widerspruch", "Klageschrift"}),
      plan_leaf("11.20.30", "Informationszugang", {"Antrag", "Bescheid"}),
      plan_leaf("11.50.20", "Eingangsrechnungen", {"Rechnung"}),
      plan_leaf("11.50.40", "Geschäftsbriefe mit steuerlicher Bedeutung", {"Angebot"}),
      plan_leaf("11.60.10", "Vergabeverfahren", {"Angebot"}),
      plan_leaf("31.10.10", "Hilfe zum Lebensunterhalt", {"Antrag", "Bescheid"}),
      plan_leaf("52.10.20", "Hausnummernvergabe", {"Antrag Hausnummer"}),
      plan_leaf("55.10.10", "Grabnutzungsrechte", {"Gebührenbescheid"}),
      plan_leaf("55.10.20", "Baumfällgenehmigungen", {"Antrag Baumfällung"}),
      plan_leaf("57.10.10", "Märkte, Standgebühren", {"Gebührenbescheid"}),
  };
  return plan;
}

}  // namespace eakte::testing

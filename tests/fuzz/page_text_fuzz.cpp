#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "index/identity_lock.h"
#include "ingest/classify.h"
#include "ocr/text.h"
#include "tests/ingest/classify_sheet.h"

namespace {

using namespace eakte;

/// Lines of a letter, one below the other; a form feed begins the next page, a tab the right column.
std::vector<ocr::PageText> pages_of(std::string_view text) {
  std::vector<testing::Sheet> sheets(1);
  double y = 20;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\n\f"), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t tab = std::min(line.find('\t'), line.size());
    sheets.back().at(25, y, line.substr(0, tab));
    if (tab < line.size()) sheets.back().at(125, y, line.substr(tab + 1));
    y += 5;
    if (end < text.size() && text[end] == '\f' && sheets.size() < 4) {
      sheets.emplace_back();
      y = 20;
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  std::vector<ocr::PageText> pages;
  for (const testing::Sheet& sheet : sheets) pages.push_back(sheet.page());
  return pages;
}

}  // namespace

/// What stands on a page is chosen by whoever sent it: dates, amounts, references, zones of passports.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const archive::FilePlan plan = testing::small_plan();
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  using namespace std::chrono;
  const ingest::Classification found =
      ingest::classify(pages_of(text), plan, nullptr, year(2026) / November / 22);
  for (const archive::Proposal& proposal : found.proposals) {
    if (!(proposal.confidence >= 0 && proposal.confidence <= 1)) std::abort();
  }
  for (const bool locked : {false, true}) {
    const std::vector<std::string> locks(locked ? 1 : 0, "seriennummer");
    if (index::without_identity_numbers(text, locks).size() != text.size()) std::abort();
  }
  return 0;
}

#include "ingest/formats/pdf_comparison.h"

#include <poppler-document.h>
#include <poppler-page.h>

#include <limits>
#include <memory>
#include <string>

#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

std::unique_ptr<poppler::document> document_of(const char* bytes, std::size_t size) {
  if (size > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(bytes, static_cast<int>(size)));
}

/// The characters of a page without blanks, control characters and what layout makes of them.
std::u16string characters_of(const poppler::document& document, int index) {
  const std::unique_ptr<poppler::page> page(document.create_page(index));
  if (!page) return {};
  std::u16string result;
  for (const auto unit : page->text(poppler::rectf(), poppler::page::raw_order_layout)) {
    const auto character = static_cast<char16_t>(unit);
    if (character > 0x20 && character != 0xA0) result.push_back(character);
  }
  return result;
}

}  // namespace

bool have_same_text(int input, const archive::MappedFile& result, const std::set<int>& other_text) {
  const SourceBytes source(input);
  const auto before =
      document_of(reinterpret_cast<const char*>(source.bytes().data()), source.bytes().size());
  const auto after = document_of(result.bytes().data(), result.bytes().size());
  if (!before || !after || before->is_locked() || before->pages() != after->pages()) return false;
  for (int index = 0; index < before->pages(); ++index) {
    if (other_text.count(index + 1) != 0) continue;
    source.let_go();
    result.let_go();
    if (characters_of(*before, index) != characters_of(*after, index)) return false;
  }
  return true;
}

}  // namespace eakte::ingest

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <set>

#include "archive/pdf/checker.h"
#include "archive/pdf/conformance.h"
#include "archive/pdf/content.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdf/page_view.h"
#include "archive/pdf/repair.h"
#include "archive/pdf/text_font.h"
#include "archive/pdf/text_layer.h"
#include "archive/pdfa.h"

namespace eakte::archive {
namespace {

/// How many q and Q it takes so that something can be drawn in the page's own coordinates after its content.
struct Balance {
  int before = 1;
  int after = 1;
};

std::optional<Balance> balance_of(const QPDFObjectHandle& page) {
  const std::optional<std::string> content = page_content(page);
  if (!content) return std::nullopt;
  int depth = 0;
  int lowest = 0;
  read_content(*content, [&](const ContentOperation& operation) {
    if (operation.name == "q") ++depth;
    if (operation.name == "Q") lowest = std::min(lowest, --depth);
    return true;
  });
  return Balance{1 - lowest, 1 - lowest + depth};
}

std::string repeated(std::string_view text, int count) {
  std::string result;
  for (int i = 0; i < count; ++i) result += text;
  return result;
}

/// Matrix from the page as shown, origin at its lower left, to the page's own coordinates.
std::string matrix_from_shown(const PageView& view) {
  const std::string left = pdf_number(view.crop.llx);
  const std::string bottom = pdf_number(view.crop.lly);
  const std::string right = pdf_number(view.crop.urx);
  const std::string top = pdf_number(view.crop.ury);
  switch (view.quarter_turns) {
    case 1:
      return fmt::format("0 1 -1 0 {} {}", right, bottom);
    case 2:
      return fmt::format("-1 0 0 -1 {} {}", right, top);
    case 3:
      return fmt::format("0 -1 1 0 {} {}", left, top);
    default:
      return fmt::format("1 0 0 1 {} {}", left, bottom);
  }
}

void add_layer(QPDF& pdf, QPDFObjectHandle page, const ocr::PageText& text, TextFont& font) {
  const PageView view = view_page(page);
  const double width = view.crop.urx - view.crop.llx;
  const double height = view.crop.ury - view.crop.lly;
  const bool is_upright = view.quarter_turns % 2 == 0;
  QPDFPageObjectHelper helper(page);
  // The page gets resources of its own, because others may share them.
  QPDFObjectHandle resources = helper.getAttribute("/Resources", true);
  if (!resources.isDictionary()) {
    resources = page.replaceKeyAndGetNew("/Resources", QPDFObjectHandle::newDictionary());
  }
  QPDFObjectHandle fonts = resources.getKey("/Font");
  fonts = resources.replaceKeyAndGetNew(
      "/Font", fonts.isDictionary() ? fonts.shallowCopy() : QPDFObjectHandle::newDictionary());
  std::string name = "/EakteText";
  while (fonts.hasKey(name)) name += '_';

  const std::string words =
      text_layer(text, is_upright ? width : height, is_upright ? height : width, font, name);
  const std::optional<Balance> balance = balance_of(page);
  if (words.empty()) return;
  if (!balance) throw Error("the content of a page cannot be read");
  fonts.replaceKey(name, font.dictionary());
  helper.addPageContents(pdf.newStream(repeated("q\n", balance->before)), true);
  helper.addPageContents(pdf.newStream(repeated("\nQ", balance->after) +
                                       fmt::format("\nq {} cm\n{}Q\n", matrix_from_shown(view), words)),
                         false);
}

void add_layers(QPDF& pdf, const std::vector<PageTextLayer>& layers, TextFont& font) {
  const std::vector<QPDFObjectHandle> pages = pdf.getAllPages();
  std::set<int> done;
  for (const PageTextLayer& layer : layers) {
    if (layer.page < 1 || layer.page > static_cast<int>(pages.size()) || !done.insert(layer.page).second) {
      throw Error(fmt::format("text layer for page {} of {}", layer.page, pages.size()));
    }
    add_layer(pdf, pages[static_cast<std::size_t>(layer.page) - 1], layer.text, font);
  }
  if (font.is_used()) font.finish();
}

bool lacks_cmyk(QPDF& pdf) {
  PdfaClaim claim;
  claim.output_colours = "RGB ";
  Findings ignored;
  return check_contents(pdf, claim, ignored).lacks_cmyk;
}

/// The whole result in memory: it is checked before a byte of it goes out.
std::string converted(QPDF& pdf, const PdfMetadata& metadata, const std::vector<PageTextLayer>& layers) {
  repair(pdf, lacks_cmyk(pdf) ? CmykDefault::add : CmykDefault::leave);
  TextFont font(pdf);
  add_layers(pdf, layers, font);
  set_conformance(pdf, metadata);
  std::string bytes;
  Pl_String sink("PDF/A", nullptr, bytes);
  write_conforming(pdf, sink);
  return bytes;
}

}  // namespace

std::optional<std::string> make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                                              const std::vector<PageTextLayer>& layers) {
  const MappedFile file(input);
  std::string bytes;
  try {
    QPDF pdf;
    open_pdf(pdf, file.bytes());
    if (std::optional<std::string> obstacle = obstacle_to_repair(pdf)) return obstacle;
    bytes = converted(pdf, metadata, layers);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& reason) {
    return fmt::format("the file cannot be read: {}", reason.what());
  }
  const std::vector<std::string> violations = judge_pdfa_bytes(bytes, Enclosure::outer).violations;
  if (!violations.empty()) return fmt::format("{}", fmt::join(violations, "; "));
  DescriptorPipeline writer(output);
  writer.write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  writer.require_written();
  return std::nullopt;
}

}  // namespace eakte::archive

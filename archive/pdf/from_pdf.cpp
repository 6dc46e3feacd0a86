#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <new>
#include <set>
#include <system_error>

#include "archive/error.h"
#include "archive/pdf/attachments.h"
#include "archive/pdf/checker.h"
#include "archive/pdf/conformance.h"
#include "archive/pdf/content.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdf/embedded.h"
#include "archive/pdf/font_embedding.h"
#include "archive/pdf/invisible_text.h"
#include "archive/pdf/page_view.h"
#include "archive/pdf/repair.h"
#include "archive/pdf/signature.h"
#include "archive/pdf/text_font.h"
#include "archive/pdf/text_layer.h"
#include "archive/pdf_enclosures.h"

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

QPDFObjectHandle page_of(QPDF& pdf, const PageTextLayer& layer) {
  const std::vector<QPDFObjectHandle>& pages = pdf.getAllPages();
  if (layer.page < 1 || layer.page > static_cast<int>(pages.size()))
    throw Error(fmt::format("text layer for page {} of {}", layer.page, pages.size()));
  return pages[static_cast<std::size_t>(layer.page) - 1];
}

void add_layers(QPDF& pdf, const std::vector<PageTextLayer>& layers, TextFont& font) {
  std::set<int> done;
  for (const PageTextLayer& layer : layers) {
    if (!done.insert(layer.page).second) throw Error(fmt::format("two text layers for page {}", layer.page));
    add_layer(pdf, page_of(pdf, layer), layer.text, font);
  }
  if (font.is_used()) font.finish();
}

bool lacks_cmyk(QPDF& pdf) {
  PdfaClaim claim;
  claim.output_colours = "RGB ";
  Findings ignored;
  return check_contents(pdf, claim, ignored).lacks_cmyk;
}

/// Whether each of these pages of an already conforming file has text.
bool has_text_everywhere(QPDF& pdf, const std::set<int>& numbers) {
  const std::vector<QPDFObjectHandle>& pages = pdf.getAllPages();
  return std::all_of(numbers.begin(), numbers.end(), [&pages](int number) {
    const auto index = static_cast<std::size_t>(std::max(number, 1)) - 1;
    if (index >= pages.size()) return true;
    const PageTextUse use = text_use(pages[index]);
    return use.is_visible || use.hidden_bytes > 0;
  });
}

std::set<int> pages_with_words(const std::vector<PageTextLayer>& layers) {
  std::set<int> numbers;
  for (const PageTextLayer& layer : layers) {
    if (!layer.text.words.empty()) numbers.insert(layer.page);
  }
  return numbers;
}

enum class Fonts { leave, mend };

/// What was done about the fonts.
struct FontWork {
  int embedded = 0;
  int corrected = 0;
};

FontWork mend_fonts(QPDF& pdf) {
  Findings ignored;
  std::vector<WrongWidth> wrong;
  const FontUses uses = check_contents(pdf, PdfaClaim(), ignored).fonts;
  check_fonts(uses, PdfaClaim(), ignored, &wrong);
  return {embed_missing_fonts(pdf, uses), correct_widths(wrong)};
}

/// What is wanted of a mended file besides its own pages.
struct Additions {
  const PdfMetadata& metadata;
  const std::vector<PageTextLayer>& layers;
  const FilesToEmbed& embedded;
};

ArchivedPdf::Way way_of(const FontWork& work) {
  return work.embedded > 0 ? ArchivedPdf::Way::fonts_embedded : ArchivedPdf::Way::repaired;
}

/// Embeds what the archive adds. Returns how many files.
std::size_t embed(QPDF& pdf, const Additions& additions, const FontWork& work) {
  if (!additions.embedded) return 0;
  const std::vector<EmbeddedFile> files = additions.embedded(way_of(work));
  for (const EmbeddedFile& file : files) embed_file(pdf, file, additions.metadata.created_utc);
  return files.size();
}

void make_empty(int output) {
  if (ftruncate(output, 0) != 0 || lseek(output, 0, SEEK_SET) != 0)
    throw StorageFailure(
        fmt::format("cannot rewind the archive file: {}", std::generic_category().message(errno)));
}

/// One rung of the ladder: the received file opened anew, mended and written to `output`. Returns what was
/// done about fonts.
FontWork mend(const PdfBytes& received, int output, const Additions& additions, Fonts fonts, char level) {
  const std::vector<PageTextLayer>& layers = additions.layers;
  QPDF pdf;
  open_pdf(pdf, received);
  const std::optional<InvoiceXmp> invoice = invoice_xmp(pdf);
  repair(pdf, lacks_cmyk(pdf) ? CmykDefault::add : CmykDefault::leave);
  const int attached = mend_attachments(pdf);
  TextFont font(pdf);
  for (const PageTextLayer& layer : layers) {
    // Two layers of words would be found, copied and read aloud twice.
    if (!layer.text.words.empty()) remove_hidden_text(pdf, page_of(pdf, layer));
  }
  add_layers(pdf, layers, font);
  const FontWork work = fonts == Fonts::mend ? mend_fonts(pdf) : FontWork();
  const bool holds_files = embed(pdf, additions, work) > 0 || attached > 0;
  set_conformance(pdf, additions.metadata, {holds_files ? 3 : 2, level}, invoice);
  make_empty(output);
  DescriptorPipeline sink(output);
  write_conforming(pdf, sink);
  sink.require_written();
  return work;
}

bool concerns(const std::string& violation, std::string_view clause) {
  return violation.starts_with(std::string(clause) + ":");
}

/// A rung that gave a conforming file, or why it did not.
struct Attempt {
  PdfaVerdict verdict;
  std::string why_not;
  FontWork fonts;
};

Attempt attempt(const PdfBytes& received, int output, const Additions& additions, Fonts fonts,
                const AcceptPdf& accept) {
  Attempt result;
  for (const char level : {'U', 'B'}) {
    result.fonts = mend(received, output, additions, fonts, level);
    const MappedFile written(output);
    result.verdict = judge_pdfa_bytes(written, Enclosure::outer);
    const std::vector<std::string>& violations = result.verdict.violations;
    if (violations.empty()) {
      result.why_not.clear();
      if (accept && !accept(written)) result.why_not = "the text would be another";
      return result;
    }
    result.why_not = fmt::format("{}", fmt::join(violations, "; "));
    // Only what level U asks for: the file can still be what level B asks for.
    const bool only_unicode = std::all_of(violations.begin(), violations.end(), [](const std::string& each) {
      return concerns(each, "6.2.11.7.2");
    });
    if (!only_unicode) return result;
  }
  return result;
}

/// A font is not embedded, lacks glyphs or has other widths than its program.
bool is_about_fonts(const std::string& why_not) {
  return why_not.find("6.2.11.4.1:") != std::string::npos || why_not.find("6.2.11.5:") != std::string::npos;
}

void write_out(int output, const PdfBytes& bytes) {
  DescriptorPipeline writer(output);
  pass_on(bytes, writer);
  writer.require_written();
}

bool may_stay(QPDF& pdf, const PdfaVerdict& verdict, const std::set<int>& pages_with_words) {
  return verdict.is_valid() && (has_signature(pdf) || has_text_everywhere(pdf, pages_with_words));
}

}  // namespace

void take_pages(int input, int output, const std::vector<int>& pages) {
  const MappedFile file(input);
  try {
    QPDF from;
    open_pdf(from, file);
    QPDF into;
    into.emptyPDF();
    const std::vector<QPDFObjectHandle> all = from.getAllPages();
    QPDFPageDocumentHelper target(into);
    for (const int page : pages) {
      if (page < 1 || page > static_cast<int>(all.size()))
        throw Error(fmt::format("there is no page {}", page));
      target.addPage(QPDFPageObjectHelper(all[static_cast<std::size_t>(page) - 1]), false);
    }
    DescriptorPipeline sink(output);
    QPDFWriter writer(into);
    writer.setOutputPipeline(&sink);
    writer.setDeterministicID(true);
    writer.write();
    sink.require_written();
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& reason) {  // qpdf also throws what the standard library has
    throw Error(fmt::format("the pages cannot be taken: {}", reason.what()));
  }
}

bool keep_pdfa(int input, int output, const std::set<int>& pages_with_words) {
  const MappedFile file(input);
  if (claimed_pdfa(file).empty()) return false;
  const PdfaVerdict verdict = judge_pdfa_bytes(file, Enclosure::outer);
  if (!verdict.is_valid()) return false;
  QPDF pdf;
  open_pdf(pdf, file);
  if (!may_stay(pdf, verdict, pages_with_words)) return false;
  write_out(output, file);
  return true;
}

ArchivedPdf make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                               const std::vector<PageTextLayer>& layers, const AcceptPdf& accept) {
  return make_pdfa_from_pdf(input, output, metadata, layers, accept, {});
}

ArchivedPdf make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                               const std::vector<PageTextLayer>& layers, const AcceptPdf& accept,
                               const FilesToEmbed& embedded) {
  const MappedFile file(input);
  ArchivedPdf result;
  result.original = judge_pdfa_bytes(file, Enclosure::outer);
  Attempt rung;
  try {
    QPDF pdf;
    open_pdf(pdf, file);
    const bool must_change = embedded && !embedded(ArchivedPdf::Way::untouched).empty();
    if (!must_change && may_stay(pdf, result.original, pages_with_words(layers))) {
      write_out(output, file);
      result.way = ArchivedPdf::Way::untouched;
      result.standard = result.original.standard;
      return result;
    }
    if (std::optional<std::string> obstacle = obstacle_to_repair(pdf)) {
      result.why_not = *obstacle;
      return result;
    }
    const Additions additions{metadata, layers, embedded};
    rung = attempt(file, output, additions, Fonts::leave, accept);
    if (is_about_fonts(rung.why_not)) rung = attempt(file, output, additions, Fonts::mend, accept);
  } catch (const Error&) {
    throw;
  } catch (const std::exception& reason) {
    rung.why_not = fmt::format("the file cannot be read: {}", reason.what());
  }
  result.why_not = rung.why_not;
  if (!rung.why_not.empty()) {
    make_empty(output);
    return result;
  }
  result.way = way_of(rung.fonts);
  result.standard = rung.verdict.standard;
  return result;
}

}  // namespace eakte::archive

#include "archive/pdfa.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <map>

#include "archive/object_store.h"
#include "archive/pdf/conformance.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdf/qpdf.h"
#include "archive/pdf/text_font.h"
#include "archive/pdf/text_layer.h"

namespace eakte::archive {
namespace {

/// Size of a page as shown, in points.
struct PageSize {
  double width = 0;
  double height = 0;
};

PageSize page_size(const PagePicture& picture) {
  // ISO 19005-2, 6.1.13: no page boundary below 3 or above 14400 units.
  constexpr double least = 3;
  constexpr double most = 14400;
  double width = picture.width * 72.0 / picture.dpi;
  double height = picture.height * 72.0 / picture.dpi;
  const double shrink = std::min(1.0, most / std::max(width, height));
  width = std::max(width * shrink, least);
  height = std::max(height * shrink, least);
  return picture.quarter_turns % 2 == 0 ? PageSize{width, height} : PageSize{height, width};
}

/// Matrix from the unit square of a picture to the page, turned clockwise.
std::string picture_matrix(int quarter_turns, PageSize page) {
  const std::string w = pdf_number(page.width);
  const std::string h = pdf_number(page.height);
  const std::array<std::string, 4> matrices = {
      fmt::format("{0} 0 0 {1} 0 0", w, h), fmt::format("0 -{1} {0} 0 0 {1}", w, h),
      fmt::format("-{0} 0 0 -{1} {0} {1}", w, h), fmt::format("0 {1} -{0} 0 {0} 0", w, h)};
  return matrices.at(static_cast<std::size_t>((quarter_turns % 4 + 4) % 4));
}

QPDFObjectHandle picture_dictionary(const PagePicture& picture) {
  const bool is_bilevel = picture.coding == PictureCoding::ccitt_g4;
  QPDFObjectHandle dictionary = QPDFObjectHandle::parse(fmt::format(
      "<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent {} /ColorSpace {} >>",
      picture.width, picture.height, is_bilevel ? 1 : 8,
      picture.components == 3 ? "/DeviceRGB" : "/DeviceGray"));
  return dictionary;
}

QPDFObjectHandle picture_stream(QPDF& pdf, const PagePicture& picture) {
  QPDFObjectHandle filter;
  QPDFObjectHandle parameters = QPDFObjectHandle::newNull();
  switch (picture.coding) {
    case PictureCoding::jpeg:
      filter = QPDFObjectHandle::newName("/DCTDecode");
      break;
    case PictureCoding::ccitt_g4:
      filter = QPDFObjectHandle::newName("/CCITTFaxDecode");
      parameters = QPDFObjectHandle::parse(
          fmt::format("<< /K -1 /Columns {} /Rows {} /BlackIs1 false >>", picture.width, picture.height));
      break;
    case PictureCoding::flate:
      filter = QPDFObjectHandle::newName("/FlateDecode");
      break;
  }
  QPDFObjectHandle stream = pdf.newStream();
  stream.replaceDict(picture_dictionary(picture));
  stream.replaceStreamData(picture.bytes, filter, parameters);
  return stream;
}

/// What makes two pictures the same stream: blank backs and letterheads repeat, and a PDF can show one
/// picture on many pages.
std::string identity(const PagePicture& picture) {
  return fmt::format("{} {}x{} {} {}", static_cast<int>(picture.coding), picture.width, picture.height,
                     picture.components, sha256_hex(picture.bytes));
}

void require_sound(const PagePicture& picture, int page) {
  const auto fail = [page](std::string_view what) {
    throw Error(fmt::format("PDF/A page {}: {}", page, what));
  };
  if (picture.width <= 0 || picture.height <= 0) fail("picture without pixels");
  if (picture.dpi <= 0) fail("picture without resolution");
  if (picture.bytes.empty()) fail("picture without bytes");
  if (picture.components != 1 && picture.components != 3) fail("picture with neither 1 nor 3 components");
  if (picture.coding == PictureCoding::ccitt_g4 && picture.components != 1) fail("coloured Group 4 picture");
}

}  // namespace

struct PdfaWriter::State {
  struct EmptyPdf : QPDF {
    EmptyPdf() { emptyPDF(); }
  };

  explicit State(PdfMetadata given) : metadata(std::move(given)) {}

  /// The stream of a picture, one for all pages that show it.
  QPDFObjectHandle picture(const PagePicture& wanted) {
    const auto [known, is_new] = pictures.try_emplace(identity(wanted));
    if (is_new) known->second = picture_stream(pdf, wanted);
    return known->second;
  }

  PdfMetadata metadata;
  EmptyPdf pdf;
  std::map<std::string, QPDFObjectHandle> pictures;
  TextFont font{pdf};
  int page_count = 0;
};

PdfaWriter::PdfaWriter(PdfMetadata metadata) : state_(std::make_unique<State>(std::move(metadata))) {}

PdfaWriter::~PdfaWriter() = default;

void PdfaWriter::add_page(const PagePicture& picture, const ocr::PageText& text) {
  const int number = state_->page_count + 1;
  require_sound(picture, number);
  try {
    QPDF& pdf = state_->pdf;
    const PageSize size = page_size(picture);
    const std::string words = text_layer(text, size.width, size.height, state_->font, "/F0");
    const std::string content =
        fmt::format("q {} cm /Im0 Do Q\n", picture_matrix(picture.quarter_turns, size)) + words;

    QPDFObjectHandle page = QPDFObjectHandle::parse(
        fmt::format("<< /Type /Page /MediaBox [ 0 0 {} {} ] /Resources << /XObject << >> >> >>",
                    pdf_number(size.width), pdf_number(size.height)));
    QPDFObjectHandle resources = page.getKey("/Resources");
    resources.getKey("/XObject").replaceKey("/Im0", state_->picture(picture));
    if (!words.empty()) {
      resources.replaceKey("/Font", QPDFObjectHandle::newDictionary({{"/F0", state_->font.dictionary()}}));
    }
    page.replaceKey("/Contents", pdf.newStream(content));
    QPDFPageDocumentHelper(pdf).addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(page)), false);
    state_->page_count = number;
  } catch (const Error&) {
    throw;
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF/A page {}: {}", number, reason.what()));
  }
}

void PdfaWriter::write(int descriptor) {
  if (state_->page_count == 0) throw Error("PDF/A: a document without pages");
  try {
    if (state_->font.is_used()) state_->font.finish();
    set_conformance(state_->pdf, state_->metadata);
    DescriptorPipeline output(descriptor);
    write_conforming(state_->pdf, output);
    output.require_written();
  } catch (const Error&) {
    throw;
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF/A: {}", reason.what()));
  }
}

}  // namespace eakte::archive

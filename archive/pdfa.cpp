#include "archive/pdfa.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <exception>
#include <map>

#include "archive/object_store.h"
#include "archive/pdf/conformance.h"
#include "archive/pdf/descriptor.h"
#include "archive/pdf/embedded.h"
#include "archive/pdf/qpdf.h"
#include "archive/pdf/scratch.h"
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

/// One image XObject: what is coded, how, and in how many pixels.
struct CodedImage {
  PictureCoding coding = PictureCoding::jpeg;
  bool is_stencil = false;
  int width = 0;
  int height = 0;
  int components = 1;
  const std::string& bytes;
};

/// A coded pixel stands for `reduction` pixels of the page each way.
int reduced(int pixels, int reduction) { return (pixels + reduction - 1) / reduction; }

CodedImage background_of(const PagePicture& picture) {
  return {.coding = picture.coding,
          .is_stencil = false,
          .width = reduced(picture.width, picture.reduction),
          .height = reduced(picture.height, picture.reduction),
          .components = picture.components,
          .bytes = picture.bytes};
}

CodedImage image_of(const PictureLayer& layer) {
  return {.coding = layer.is_stencil ? PictureCoding::ccitt_g4 : PictureCoding::jpeg,
          .is_stencil = layer.is_stencil,
          .width = layer.place.width,
          .height = layer.place.height,
          .components = layer.components,
          .bytes = layer.bytes};
}

QPDFObjectHandle image_dictionary(const CodedImage& image) {
  const std::string size =
      fmt::format("/Type /XObject /Subtype /Image /Width {} /Height {}", image.width, image.height);
  if (image.is_stencil) {
    return QPDFObjectHandle::parse(fmt::format("<< {} /ImageMask true /BitsPerComponent 1 >>", size));
  }
  const bool is_bilevel = image.coding == PictureCoding::ccitt_g4;
  return QPDFObjectHandle::parse(fmt::format("<< {} /BitsPerComponent {} /ColorSpace {} >>", size,
                                             is_bilevel ? 1 : 8,
                                             image.components == 3 ? "/DeviceRGB" : "/DeviceGray"));
}

QPDFObjectHandle image_stream(QPDF& pdf, Scratch& scratch, const CodedImage& image) {
  QPDFObjectHandle filter;
  QPDFObjectHandle parameters = QPDFObjectHandle::newNull();
  switch (image.coding) {
    case PictureCoding::jpeg:
      filter = QPDFObjectHandle::newName("/DCTDecode");
      break;
    case PictureCoding::ccitt_g4:
      filter = QPDFObjectHandle::newName("/CCITTFaxDecode");
      parameters = QPDFObjectHandle::parse(
          fmt::format("<< /K -1 /Columns {} /Rows {} /BlackIs1 false >>", image.width, image.height));
      break;
    case PictureCoding::flate:
      filter = QPDFObjectHandle::newName("/FlateDecode");
      break;
  }
  QPDFObjectHandle stream = pdf.newStream();
  stream.replaceDict(image_dictionary(image));
  scratch.give(stream, image.bytes, filter, parameters);
  return stream;
}

/// What makes two pictures the same stream: blank backs and letterheads repeat, and a PDF can show one
/// picture on many pages.
std::string identity(const CodedImage& image) {
  return fmt::format("{} {} {}x{} {} {}", static_cast<int>(image.coding), image.is_stencil, image.width,
                     image.height, image.components, sha256_hex(image.bytes));
}

/// Where something of the page picture lies in the unit square that the matrix of the page spreads out.
std::string place_matrix(double left, double top, double width, double height, const PagePicture& picture) {
  // A page may be ten thousand pixels wide, and a pixel must not go astray.
  return fmt::format("{:.7f} 0 0 {:.7f} {:.7f} {:.7f}", width / picture.width, height / picture.height,
                     left / picture.width, 1 - (top + height) / picture.height);
}

std::string paint_colour(const std::array<std::uint8_t, 3>& colour) {
  const auto share = [](std::uint8_t value) { return pdf_number(value / 255.0); };
  return fmt::format("{} {} {} rg", share(colour[0]), share(colour[1]), share(colour[2]));
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
  if (picture.reduction < 1) fail("picture with an impossible reduction");
  for (const PictureLayer& layer : picture.layers) {
    if (layer.place.width <= 0 || layer.place.height <= 0 || layer.bytes.empty()) fail("empty layer");
    if (layer.components != 1 && layer.components != 3) fail("layer with neither 1 nor 3 components");
  }
}

}  // namespace

struct PdfaWriter::State {
  struct EmptyPdf : QPDF {
    EmptyPdf() { emptyPDF(); }
  };

  State(PdfMetadata given, int scratch_file) : metadata(std::move(given)), scratch(scratch_file) {}

  /// The stream of a picture, one for all pages that show it.
  QPDFObjectHandle image(const CodedImage& wanted) {
    const auto [known, is_new] = images.try_emplace(identity(wanted));
    if (is_new) known->second = image_stream(pdf, scratch, wanted);
    return known->second;
  }

  /// Content that shows the picture with its layers; their streams go into `resources`.
  std::string paint(const PagePicture& picture, QPDFObjectHandle resources, PageSize size) {
    resources.replaceKey("/Im0", image(background_of(picture)));
    std::string content = fmt::format("q {} cm\n", picture_matrix(picture.quarter_turns, size));
    const CodedImage background = background_of(picture);
    const int width = background.width * picture.reduction;
    const int height = background.height * picture.reduction;
    const bool fits = width == picture.width && height == picture.height;
    content +=
        fits ? "/Im0 Do\n" : fmt::format("q {} cm /Im0 Do Q\n", place_matrix(0, 0, width, height, picture));
    int number = 0;
    for (const PictureLayer& layer : picture.layers) {
      const std::string name = fmt::format("/Im{}", ++number);
      resources.replaceKey(name, image(image_of(layer)));
      const ocr::Box& place = layer.place;
      content += fmt::format("q {} {} cm {} Do Q\n", layer.is_stencil ? paint_colour(layer.colour) : "",
                             place_matrix(place.left, place.top, place.width, place.height, picture), name);
    }
    return content + "Q\n";
  }

  PdfMetadata metadata;
  EmptyPdf pdf;
  Scratch scratch;
  Conformance conformance;
  std::map<std::string, QPDFObjectHandle> images;
  TextFont font{pdf};
  int page_count = 0;
};

PdfaWriter::PdfaWriter(PdfMetadata metadata, int scratch)
    : state_(std::make_unique<State>(std::move(metadata), scratch)) {}

PdfaWriter::~PdfaWriter() = default;

void PdfaWriter::add_page(const PagePicture& picture, const ocr::PageText& text) {
  const int number = state_->page_count + 1;
  require_sound(picture, number);
  try {
    QPDF& pdf = state_->pdf;
    const PageSize size = page_size(picture);
    const std::string words = text_layer(text, size.width, size.height, state_->font, "/F0");
    QPDFObjectHandle page = QPDFObjectHandle::parse(
        fmt::format("<< /Type /Page /MediaBox [ 0 0 {} {} ] /Resources << /XObject << >> >> >>",
                    pdf_number(size.width), pdf_number(size.height)));
    QPDFObjectHandle resources = page.getKey("/Resources");
    const std::string content = state_->paint(picture, resources.getKey("/XObject"), size) + words;
    if (!words.empty()) {
      resources.replaceKey("/Font", QPDFObjectHandle::newDictionary({{"/F0", state_->font.dictionary()}}));
    }
    QPDFObjectHandle contents = pdf.newStream();
    state_->scratch.give(contents, content, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
    page.replaceKey("/Contents", contents);
    QPDFPageDocumentHelper(pdf).addPage(QPDFPageObjectHelper(pdf.makeIndirectObject(page)), false);
    state_->page_count = number;
  } catch (const Error&) {
    throw;
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF/A page {}: {}", number, reason.what()));
  }
}

void PdfaWriter::embed(const EmbeddedFile& file) {
  try {
    embed_file(state_->pdf, file, state_->metadata.created_utc);
    state_->conformance.part = 3;
  } catch (const Error&) {
    throw;
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF/A: {} cannot be embedded: {}", file.name, reason.what()));
  }
}

void PdfaWriter::write(int descriptor) {
  if (state_->page_count == 0) throw Error("PDF/A: a document without pages");
  try {
    if (state_->font.is_used()) state_->font.finish();
    set_conformance(state_->pdf, state_->metadata, state_->conformance);
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

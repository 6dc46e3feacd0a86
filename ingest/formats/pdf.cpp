#include "ingest/formats/pdf.h"

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "archive/received_pdf.h"
#include "ingest/formats/coded_picture.h"
#include "ingest/formats/pdf_text.h"
#include "ingest/formats/raster.h"
#include "ingest/formats/source_bytes.h"

namespace eakte::ingest {
namespace {

constexpr int text_dpi = 150;     // words of a born-digital page are placed on this grid
constexpr int reading_dpi = 300;  // a page without a usable picture is rendered at this for recognition
constexpr int glance_dpi = 36;    // enough to see whether there is ink beside the words

// A page with fewer letters than this and much else on it is a scan with a stamp or a header line.
constexpr int few_letters = 200;
// Share of the page that is ink outside the words; a letter head with a logo stays below.
constexpr double much_ink = 0.02;
constexpr double most_unusable = 0.15;

// Fonts of invisible text layers: Tesseract, OCRmyPDF, Acrobat.
constexpr auto layer_fonts =
    std::to_array<std::string_view>({"GlyphLessFont", "Occulta", "HiddenHorzOCR", "HiddenVertOCR"});

bool is_layer_font(std::string_view name) {
  return std::ranges::any_of(
      layer_fonts, [&](std::string_view layer) { return name.find(layer) != std::string_view::npos; });
}

/// "ABCDEF+Name" and "Name" are one font to poppler in some versions and two in others.
std::string_view without_tag(std::string_view name) {
  return name.size() > 7 && name[6] == '+' ? name.substr(7) : name;
}

bool is_hidden_font(std::string_view name, const std::set<std::string>& hidden) {
  return std::ranges::any_of(hidden,
                             [&](const std::string& font) { return without_tag(font) == without_tag(name); });
}

archive::ReceivedPdf structure_of(int input) {
  try {
    return archive::ReceivedPdf(input);
  } catch (const archive::ReceivedPdf::Unreadable& unreadable) {
    const bool encrypted = unreadable.problem == archive::ReceivedPdf::Problem::encrypted;
    throw Refused(encrypted ? "encrypted" : "damaged_file", unreadable.what());
  }
}

std::unique_ptr<poppler::document> rendered_document(const SourceBytes& source) {
  poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr);
  const auto bytes = source.bytes();
  if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    throw Refused("too_large", "the PDF has more than 2 GB");
  }
  std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
      reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())));
  if (!document) throw Refused("damaged_file", "the PDF cannot be opened");
  if (document->is_locked()) throw Refused("encrypted", "the PDF asks for a password");
  if (document->pages() == 0) throw Refused("no_pages", "the PDF has no pages");
  return document;
}

cv::Mat pixels_of(const poppler::image& image) {
  const cv::Mat shared(image.height(), image.width(), CV_8UC3, const_cast<char*>(image.const_data()),
                       static_cast<std::size_t>(image.bytes_per_row()));
  const cv::Mat grey = grey_if_colourless(shared);
  return grey.channels() == 1 ? grey : shared.clone();
}

struct PageWords {
  std::vector<DrawnWord> words;
  int letters = 0;
  int unusable = 0;
};

class PdfReader final : public PageReader {
public:
  PdfReader(int input, const ReadLimits& limits)
      : source_(input),
        limits_(limits),
        document_(rendered_document(source_)),
        structure_(structure_of(input)) {
    if (structure_.page_count() > limits_.pages) {
      throw Refused("too_many_pages", fmt::format("the PDF has {} pages, more than {}",
                                                  structure_.page_count(), limits_.pages));
    }
    if (document_->pages() != structure_.page_count()) {
      throw Refused("damaged_file", fmt::format("the PDF has {} or {} pages, depending on how it is read",
                                                structure_.page_count(), document_->pages()));
    }
  }

  int page_count() const override { return structure_.page_count(); }

  ReceivedPage read(int number) override {
    source_.let_go();
    try {
      return read_page(number);
    } catch (const archive::Error& error) {
      throw Refused("damaged_file", error.what());
    }
  }

  ocr::PageImage render(int number, int dpi) override {
    source_.let_go();
    return rendered(*page_at(number), dpi);
  }

private:
  ReceivedPage read_page(int number) {
    if (auto page = scanned_page(number)) return *std::move(page);
    const auto page = page_at(number);
    ReceivedPage received;
    const archive::ReceivedPdf::HiddenText hidden = structure_.hidden_text(number);
    if (structure_.has_visible_text(number) && !hidden.is_mixed) {
      PageWords drawn = words_of(*page, hidden.fonts);
      if (speaks_for_the_page(*page, drawn)) {
        const cv::Size2d size = shown_size(*page);
        received.text = page_text_from(drawn.words, size.width, size.height, text_dpi);
        describe(received.picture, received.text->width, received.text->height, text_dpi);
        return received;
      }
    }
    received.image = rendered(*page, reading_dpi);
    describe(received.picture, received.image.pixels.cols, received.image.pixels.rows, received.image.dpi);
    received.picture.components = received.image.pixels.channels();
    return received;
  }

  static void describe(archive::PagePicture& picture, int width, int height, int dpi) {
    picture.width = width;
    picture.height = height;
    picture.dpi = dpi;
  }

  std::optional<ReceivedPage> scanned_page(int number) {
    auto picture = structure_.only_picture(number);
    if (!picture) return std::nullopt;
    check_picture_size(picture->width, picture->height, limits_);
    auto pixels = decode_coded(*picture, limits_);
    if (!pixels) return std::nullopt;  // read as any other page: rendered
    ReceivedPage page;
    picture->dpi = std::clamp(picture->dpi, 70, 1200);
    page.image = {turned(*pixels, picture->quarter_turns), picture->dpi};
    page.picture = *std::move(picture);
    return page;
  }

  std::unique_ptr<poppler::page> page_at(int number) const {
    std::unique_ptr<poppler::page> page(document_->create_page(number - 1));
    if (!page) throw Refused("damaged_file", fmt::format("page {} of the PDF cannot be read", number));
    return page;
  }

  // In points, after /Rotate.
  static cv::Size2d shown_size(const poppler::page& page) {
    const poppler::rectf box = page.page_rect(poppler::crop_box);
    const bool lying =
        page.orientation() == poppler::page::landscape || page.orientation() == poppler::page::seascape;
    const cv::Size2d size =
        lying ? cv::Size2d(box.height(), box.width()) : cv::Size2d(box.width(), box.height());
    if (!(size.width >= 1) || !(size.height >= 1))
      throw Refused("damaged_file", "a page of the PDF has no size");
    return size;
  }

  static PageWords words_of(const poppler::page& page, const std::set<std::string>& hidden_fonts) {
    PageWords found;
    for (const poppler::text_box& box : page.text_list(poppler::page::text_list_include_font)) {
      if (box.has_font_info() && is_layer_font(box.get_font_name())) continue;
      if (box.has_font_info() && is_hidden_font(box.get_font_name(), hidden_fonts)) continue;
      const poppler::ustring text = box.text();
      const poppler::rectf place = box.bbox();
      DrawnWord word{{text.begin(), text.end()}, place.left(), place.top(), place.right(), place.bottom(),
                     box.rotation() != 0};
      found.unusable += unusable_characters(word.text);
      found.letters += static_cast<int>(word.text.size());
      found.words.push_back(std::move(word));
    }
    return found;
  }

  // Whether the words are what a person reads on the page.
  bool speaks_for_the_page(const poppler::page& page, const PageWords& drawn) const {
    if (drawn.letters == 0 || drawn.unusable > most_unusable * drawn.letters) return false;
    if (limits_.drawn_words_stand) return true;
    return drawn.letters >= few_letters || ink_beside(page, drawn.words) <= much_ink;
  }

  double ink_beside(const poppler::page& page, const std::vector<DrawnWord>& words) const {
    const ocr::PageImage glance = rendered(page, glance_dpi);
    cv::Mat grey = glance.pixels;
    if (grey.channels() == 3) cv::cvtColor(grey, grey, cv::COLOR_BGR2GRAY);
    const double scale = glance.dpi / 72.0;
    for (const DrawnWord& word : words) {
      const cv::Point2d corner(word.left * scale - 1, word.top * scale - 1);
      const cv::Point2d opposite(word.right * scale + 2, word.bottom * scale + 2);
      cv::rectangle(grey, cv::Point(corner), cv::Point(opposite), cv::Scalar(255), cv::FILLED);
    }
    return static_cast<double>(cv::countNonZero(grey < 200)) / static_cast<double>(grey.total());
  }

  ocr::PageImage rendered(const poppler::page& page, int dpi) const {
    const cv::Size2d inches = shown_size(page) / 72.0;
    const double most =
        std::sqrt(static_cast<double>(limits_.pixels_per_page) / (inches.width * inches.height));
    const double used = std::min<double>(dpi, std::floor(most));
    if (used < 10) throw Refused("picture_too_large", "a page of the PDF is larger than any sheet of paper");
    poppler::page_renderer renderer;
    renderer.set_render_hint(poppler::page_renderer::antialiasing, true);
    renderer.set_render_hint(poppler::page_renderer::text_antialiasing, true);
    renderer.set_image_format(poppler::image::format_bgr24);
    const poppler::image image = renderer.render_page(&page, used, used);
    if (!image.is_valid() || image.width() <= 0 || image.height() <= 0) {
      throw Refused("damaged_file", "a page of the PDF cannot be rendered");
    }
    return {pixels_of(image), static_cast<int>(used)};
  }

  SourceBytes source_;
  ReadLimits limits_;
  std::unique_ptr<poppler::document> document_;
  archive::ReceivedPdf structure_;
};

}  // namespace

std::unique_ptr<PageReader> open_pdf(int input, const ReadLimits& limits) {
  return std::make_unique<PdfReader>(input, limits);
}

}  // namespace eakte::ingest

#include "archive/received_pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "archive/pdf/descriptor.h"
#include "archive/pdf/invisible_text.h"
#include "archive/pdf/jbig2.h"
#include "archive/pdf/page_view.h"
#include "archive/pdf/qpdf.h"
#include "archive/pdf/signature.h"
#include "archive/pdf/taken_picture.h"

namespace eakte::archive {
namespace {

using Rectangle = QPDFObjectHandle::Rectangle;

double area(const Rectangle& box) {
  return std::max(0.0, box.urx - box.llx) * std::max(0.0, box.ury - box.lly);
}

/// How often the picture is turned clockwise, when it is turned and scaled only; nothing when it is mirrored.
std::optional<int> turns_of(const QPDFMatrix& m) {
  if (m.a * m.d - m.b * m.c <= 0) return std::nullopt;
  if (std::abs(m.a) > std::abs(m.b)) return m.a > 0 ? 0 : 2;
  return m.b < 0 ? 1 : 3;
}

/// The one picture that is all there is to see, when the page is like that.
const ShownPicture* only_shown(const PageView& view) {
  constexpr double nearly_all = 0.85;
  constexpr double uncut = 0.96;
  if (!view.is_complete || view.has_text || view.has_more || view.pictures.size() != 1) return nullptr;
  const ShownPicture& picture = view.pictures.front();
  if (!picture.is_plain || area(picture.shown) < nearly_all * area(view.crop)) return nullptr;
  // A page that shows only a part of its picture must go on showing only that part.
  const double whole = area(picture.matrix.transformRectangle({0, 0, 1, 1}));
  return area(picture.shown) < uncut * whole ? nullptr : &picture;
}

std::optional<PagePicture> placed_picture(const ShownPicture& shown, const PageView& view) {
  const std::optional<int> turns = turns_of(shown.matrix);
  if (!turns) return std::nullopt;
  std::optional<PagePicture> picture = taken_picture(shown.image, shown.ink);
  if (!picture) return std::nullopt;
  const double x_dpi = picture->width * 72 / (std::hypot(shown.matrix.a, shown.matrix.b) * view.user_unit);
  const double y_dpi = picture->height * 72 / (std::hypot(shown.matrix.c, shown.matrix.d) * view.user_unit);
  // Fax pixels that are not square need a renderer.
  constexpr double square_enough = 0.03;
  if (!(std::abs(x_dpi - y_dpi) <= square_enough * std::max(x_dpi, y_dpi))) return std::nullopt;
  picture->dpi = static_cast<int>(std::lround(std::clamp((x_dpi + y_dpi) / 2, 1.0, 10000.0)));
  picture->quarter_turns = (*turns + view.quarter_turns) % 4;
  return picture;
}

}  // namespace

struct ReceivedPdf::State {
  explicit State(int input) : file(input) {
    open_pdf(pdf, file);
    pages = pdf.getAllPages();
  }

  const PageView& view(int page) {
    if (page < 1 || page > static_cast<int>(pages.size())) {
      throw Error(fmt::format("PDF: no page {} of {}", page, pages.size()));
    }
    if (viewed_page != page) {
      viewed_page = 0;
      try {
        viewed = view_page(pages[static_cast<std::size_t>(page) - 1]);
      } catch (const std::runtime_error& reason) {
        throw Error(fmt::format("PDF page {}: {}", page, reason.what()));
      }
      viewed_page = page;
    }
    return viewed;
  }

  MappedFile file;
  QPDF pdf;
  std::vector<QPDFObjectHandle> pages;
  int viewed_page = 0;  ///< whose view is kept, because callers ask twice about a page
  PageView viewed;
};

ReceivedPdf::ReceivedPdf(int input) {
  try {
    state_ = std::make_unique<State>(input);
  } catch (const QPDFExc& reason) {
    const bool needs_password = reason.getErrorCode() == qpdf_e_password;
    throw Unreadable(needs_password ? Problem::encrypted : Problem::damaged, reason.what());
  } catch (const std::exception& reason) {
    throw Unreadable(Problem::damaged, reason.what());
  }
  if (state_->pages.empty()) throw Unreadable(Problem::damaged, "PDF without pages");
}

ReceivedPdf::~ReceivedPdf() = default;

int ReceivedPdf::page_count() const { return static_cast<int>(state_->pages.size()); }

std::optional<PagePicture> ReceivedPdf::only_picture(int page) const {
  const PageView& view = state_->view(page);
  const ShownPicture* shown = only_shown(view);
  if (shown == nullptr) return std::nullopt;
  try {
    return placed_picture(*shown, view);
  } catch (const std::runtime_error&) {
    // Whatever is wrong with the picture, the renderer may still show it.
    return std::nullopt;
  }
}

bool ReceivedPdf::has_visible_text(int page) const { return state_->view(page).has_text; }

ReceivedPdf::HiddenText ReceivedPdf::hidden_text(int page) const {
  state_->view(page);  // refuses a page that is not there
  HiddenText result;
  try {
    const PageTextUse use = text_use(state_->pages[static_cast<std::size_t>(page) - 1]);
    for (const std::string& font : use.hidden_fonts) {
      if (use.visible_fonts.count(font) != 0) {
        result.is_mixed = true;
      } else {
        result.fonts.insert(font);
      }
    }
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF page {}: {}", page, reason.what()));
  }
  return result;
}

bool ReceivedPdf::has_symbol_coding() const {
  try {
    return has_symbol_coded_picture(state_->pdf);
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF pictures: {}", reason.what()));
  }
}

bool ReceivedPdf::is_signed() const {
  try {
    return has_signature(state_->pdf);
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF form: {}", reason.what()));
  }
}

std::vector<PdfSignature> ReceivedPdf::signatures() const {
  std::vector<PdfSignature> result;
  try {
    for (const QPDFObjectHandle& signature : signature_dictionaries(state_->pdf)) {
      result.push_back(examined_signature(signature, state_->file));
    }
  } catch (const std::runtime_error& reason) {
    throw Error(fmt::format("PDF form: {}", reason.what()));
  }
  return result;
}

}  // namespace eakte::archive

#pragma once
#include <vector>

#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// What of a colour matters to a stencil picture and to a background.
enum class Ink { black, white, other };

/// A picture as the page shows it.
struct ShownPicture {
  QPDFObjectHandle image;
  QPDFMatrix matrix;                  ///< from the unit square to the page
  QPDFObjectHandle::Rectangle shown;  ///< what clip and crop box leave of it, in page units
  Ink ink = Ink::black;               ///< fill colour in force, for stencils
  bool is_plain = true;               ///< no odd clip, transparency or optional content is involved
};

/// What can be seen on a page. What an opaque picture covers completely is not listed.
struct PageView {
  QPDFObjectHandle::Rectangle crop;  ///< the part of the page that is shown, in page units
  int quarter_turns = 0;             ///< of /Rotate, clockwise, 0..3
  double user_unit = 1;              ///< size of a page unit in points
  std::vector<ShownPicture> pictures;
  bool has_text = false;
  bool has_more = false;    ///< drawings, shadings, inline pictures, annotations
  bool is_complete = true;  ///< false when the content could not be read to its end
};

/// Walks through the content of a page, its forms and the appearances of its annotations. Bounded in depth
/// and length for any input.
PageView view_page(QPDFObjectHandle page);

}  // namespace eakte::archive

#pragma once
#include <optional>

#include "archive/pdf/page_view.h"
#include "archive/pdfa.h"

namespace eakte::archive {

/// The pixels of an image XObject in a form the writer takes, without rasterising and without loss: coding,
/// size, components and bytes; resolution and turn are left to the caller. Nothing for anything unusual: JPEG
/// 2000, JBIG2, four colours, masks, odd decode arrays, damaged data.
std::optional<PagePicture> taken_picture(const QPDFObjectHandle& image, Ink stencil_ink);

}  // namespace eakte::archive

#pragma once
#include <opencv2/core/mat.hpp>
#include <optional>

#include "archive/pdfa.h"
#include "ingest/page_reader.h"

namespace eakte::ingest {

/// The pixels of a picture in its coding, before its quarter turns: grey or BGR. Nothing when the bytes do
/// not hold what the picture says. Throws Refused (picture_too_large).
std::optional<cv::Mat> decode_coded(const archive::PagePicture& picture, const ReadLimits& limits);

}  // namespace eakte::ingest

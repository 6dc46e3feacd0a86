#pragma once
#include <opencv2/core/types.hpp>
#include <optional>

#include "ocr/codes/candidate.h"
#include "ocr/codes/matrix.h"
#include "ocr/codes/regions.h"

namespace eakte::ocr::codes {

/// Whether a place is a mixture of ink and paper all over, as a matrix code is and letters or a seal are not.
bool looks_like_modules(const CodePage& page, const cv::Rect& place);

/// Reads a place as it is, then larger, upright, without specks, smaller.
std::optional<Candidate> read_crop(const CodePage& page, const cv::Rect& place, MatrixKind kind);

}  // namespace eakte::ocr::codes

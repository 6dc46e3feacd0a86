#pragma once

namespace eakte::ocr {

/// Whether two inner loops of Tesseract's neural recogniser are replaced by faster ones of this program (see
/// inner_loops.cpp). False with another version of Tesseract than the one they were written for; then
/// Tesseract's own run. To be called where recognition is set up: it also makes the linker take them in.
bool inner_loops_replaced();

}  // namespace eakte::ocr

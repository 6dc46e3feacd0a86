#pragma once
#include "archive/pdf/checker.h"
#include "archive/pdf/qpdf.h"

namespace eakte::archive {

/// Gives fonts that are shown but not embedded a program of the machine with the same metrics: the 14 usual
/// fonts and their look-alikes, others when all used widths agree. Encodings are spelled out, widths follow
/// the program. A font for which there is no good stand-in stays as it is. Returns how many got one.
int embed_missing_fonts(QPDF& pdf, const FontUses& uses);

/// Corrects the advance widths in TrueType programs that contradict the document; where two fonts want
/// different ones of a program, nothing is done about it. Returns how many programs were changed.
int correct_widths(const std::vector<WrongWidth>& wrong);

}  // namespace eakte::archive

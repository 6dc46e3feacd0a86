#pragma once
#include <vector>

#include "ocr/codes.h"
#include "ocr/codes/regions.h"

namespace eakte::ocr::codes {

/// Patch codes: four bars, two wide (0.20 inch) and two narrow (0.08 inch), 0.08 inch apart, 0.80 inch in all
/// and at least 0.75 inch long (Eastman Kodak, "Patch Code Information", A-61599). The six orders of the bars
/// are patch 1 WWNN, 2 WNNW, 3 WNWN, 4 NWWN, 6 NNWW and T NWNW, read from the edge of the sheet inwards; so
/// the edge that is nearest tells 3 from T and 1 from 6, whichever way the sheet lies. Printed at another
/// scale, skewed up to 20 degrees, with streaks and specks they are still found; anything else than white
/// within 0.1 inch before and after them rules them out.
std::vector<Code> find_patches(const CodePage& page);

}  // namespace eakte::ocr::codes

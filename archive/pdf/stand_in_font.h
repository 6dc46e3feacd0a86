#pragma once
#include <memory>
#include <optional>
#include <string>

#include "archive/pdf/font_program.h"

namespace eakte::archive {

/// A font of the system that can take the place of one a PDF names but does not bring.
struct StandInFont {
  std::string name;  ///< "LiberationSans-Bold"
  std::string bytes;
  FontProgram program;
  bool is_truetype = true;  ///< else Type 1
  bool is_fixed_pitch = false;
  bool has_serifs = false;
  bool is_italic = false;
  bool is_bold = false;
};

/// How a PDF describes the font it lacks.
struct WantedFont {
  std::string name;  ///< BaseFont without slash and subset prefix
  int flags = 0;     ///< of the descriptor; 0 when there is none
};

/// One of the 14 fonts every reader had to know, or a name under which the same metrics are sold. The widths
/// of other fonts have to be compared more strictly.
bool has_usual_metrics(const WantedFont& wanted);

/// The best stand-in among the Liberation fonts, and those of URW for Symbol and ZapfDingbats; nothing when
/// the machine does not have it. Fonts are read once in a process. Not for several threads.
const StandInFont* stand_in_for(const WantedFont& wanted);

}  // namespace eakte::archive

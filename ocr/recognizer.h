#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocr/page_image.h"
#include "ocr/text.h"

namespace eakte::ocr {

struct RecognizerOptions {
  /// Tesseract languages, joined by '+', the main one first.
  std::string languages = "deu+eng";
  /// Directory of the traineddata files; empty: where Debian puts them.
  std::string tessdata;
  /// The model of orientations, a tenth of a second, is loaded with the others, to be shared by forked
  /// children; else when it is first asked.
  bool load_orientation_at_once = true;
  /// Directory of larger models of the same names, which read some hard pages better and take longer
  /// (Tesseract's "best"); empty: none. They are loaded when a page is looked at a second time.
  std::string best_tessdata = {};
};

/// What the recogniser is to expect of a picture.
enum class Segmentation {
  page,    ///< anything: columns, tables, pictures
  block,   ///< one block of lines below each other
  sparse,  ///< words anywhere
};

/// Orientation and script of a page as found by Tesseract's OSD.
struct Orientation {
  int quarter_turns = 0;         ///< clockwise turns that make the page upright
  double confidence = 0;         ///< as OSD gives it; above about 2 it is usually right
  std::string script = {};       ///< "Latin", "Cyrillic", "Arabic", "Fraktur", ...
  double script_confidence = 0;  ///< as OSD gives it, not bounded
};

/// Tesseract with its models loaded once. One per process or thread, never shared.
/// The process must run with OMP_THREAD_LIMIT=1 (see ARCHITECTURE, threads).
class Recognizer {
public:
  /// Loads the models (about 0.1 s a language). Throws Error when one is missing.
  explicit Recognizer(const RecognizerOptions& options);
  ~Recognizer();
  Recognizer(Recognizer&&) noexcept;
  Recognizer& operator=(Recognizer&&) noexcept;

  /// Reads an upright, cleaned page. Boxes are in pixels of `image`. Throws Error when Tesseract fails.
  PageText recognize(const PageImage& image, Segmentation segmentation = Segmentation::page);

  /// Asks OSD which way up the page stands; nothing when it cannot tell or the model is not installed.
  std::optional<Orientation> detect_orientation(const PageImage& image);

  /// The recogniser for a second look: one with the larger models where they are installed for each of the
  /// languages, else this one. Lives as long as this one. Throws Error when such a model cannot be loaded.
  Recognizer& for_second_look();

  /// Forgets what was learned from the document so far, so that order of documents never changes a reading.
  void reset();

  const std::string& languages() const;

private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

/// The names of the installed languages, sorted, without "osd". `tessdata` as in the options.
std::vector<std::string> installed_languages(const std::string& tessdata = {});

}  // namespace eakte::ocr

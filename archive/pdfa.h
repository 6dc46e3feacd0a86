#pragma once
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/calendar.h"
#include "archive/error.h"
#include "ocr/text.h"

namespace eakte::archive {

/// How the picture of a page is coded; the bytes go into the PDF as they are.
enum class PictureCoding {
  jpeg,      ///< a complete JPEG file, 1 or 3 components (grey, YCbCr/RGB)
  ccitt_g4,  ///< CCITT Group 4, 1 bit, black is 1 (BlackIs1 false in PDF terms: 0 = black after decoding)
  flate      ///< zlib-compressed rows of 8-bit grey or RGB, without PNG predictors
};

struct PagePicture {
  PictureCoding coding = PictureCoding::jpeg;
  int width = 0;  ///< pixels, as coded
  int height = 0;
  int components = 1;  ///< 1 or 3
  int dpi = 300;
  int quarter_turns = 0;  ///< clockwise; the coded picture is stored untouched and shown turned
  std::string bytes;
};

/// What goes into the document information and the XMP.
struct PdfMetadata {
  std::string title;
  std::string author;
  std::string language = "de-DE";
  std::string created_utc;  ///< "2026-11-21T10:15:30Z"; a parameter, so that bytes are reproducible
  std::string document_id;
  std::string original_sha256;
};

/// Writes PDF/A-2u from page pictures and words, page by page, in memory bounded by the compressed pages.
/// Text layer as measured best: invisible glyphs with outline, one BT per line, explicit blanks, words fitted
/// to their boxes (ISO 19005-2; see archive/README.md). Same input gives same bytes. Not thread-safe.
class PdfaWriter {
public:
  explicit PdfaWriter(PdfMetadata metadata);
  ~PdfaWriter();
  PdfaWriter(const PdfaWriter&) = delete;
  PdfaWriter& operator=(const PdfaWriter&) = delete;

  /// Adds a page. `text` boxes refer to the picture after its quarter turns.
  void add_page(const PagePicture& picture, const ocr::PageText& text);

  /// Writes the file to an open descriptor (not closed). Throws Error, StorageFailure.
  void write(int descriptor);

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What is added to one page of a received PDF: words for a page that is only a picture.
struct PageTextLayer {
  int page = 1;        ///< from 1
  ocr::PageText text;  ///< pixels of the page as shown (after /Rotate), origin top left
};

/// Makes PDF/A-2u of a received PDF without touching its visible content: output intent, metadata rebuilt,
/// everything the standard forbids removed (pdfa.md, "fix"), text layers added to the pages in `layers`.
/// Attachments are left out (PDF/A-2 takes only PDF/A; the original is kept beside), hidden annotations too.
/// Writes to `output` and returns nothing when the result passes check_pdfa; otherwise returns why not,
/// leaves `output` untouched, and the caller renders the pages and uses PdfaWriter. Encrypted, signed, XFA
/// and portfolio files are always refused. Holds the whole result in memory. Throws Error when `input` cannot
/// be mapped or a layer names no page. Foreign bytes: call in a worker only.
std::optional<std::string> make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                                              const std::vector<PageTextLayer>& layers);

/// Checks a PDF against the rules of ISO 19005-2 that matter for what we write and accept; returns one
/// sentence for each violation, none when it conforms as far as we look. Foreign bytes: worker only.
std::vector<std::string> check_pdfa(int input);

}  // namespace eakte::archive

#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
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

/// Which rules the checker knows; a verdict of one version says nothing about another.
constexpr int pdfa_checker_version = 2;

/// What our checker says about a PDF.
struct PdfaVerdict {
  std::string standard;                 ///< what the file claims to be, "PDF/A-2u"; empty: nothing
  std::vector<std::string> violations;  ///< one sentence each, beginning with the clause
  bool is_valid() const { return !standard.empty() && violations.empty(); }
};

/// Checks a PDF against the rules of ISO 19005-2, or ISO 19005-3 when it claims part 3, at the level it
/// claims. What it cannot check it reports. Foreign bytes: worker only. Throws Error when `input` cannot be
/// mapped.
PdfaVerdict judge_pdfa(int input);

/// How a received PDF became an archive file, and what it was before.
struct ArchivedPdf {
  enum class Way {
    refused,        ///< nothing was written: `why_not`
    untouched,      ///< the received bytes are PDF/A already
    repaired,       ///< mended around the contents
    fonts_embedded  ///< and fonts it lacked were added
  };
  Way way = Way::refused;
  std::string why_not;
  std::string standard;  ///< of what was written, "PDF/A-2u"
  PdfaVerdict original;  ///< of what was received
};

/// Asked of a conforming result before it is taken: whether it still says what the original says.
using AcceptPdf = std::function<bool(std::string_view bytes)>;

/// Makes PDF/A of a received PDF without touching its visible content. The ladder: bytes that are PDF/A
/// already and whose pages in `layers` have text stay as they are, signed or not; else the output intent and
/// metadata are made anew and everything the standard forbids is removed (pdfa.md, "fix"); else the usual
/// fonts a file does not bring are embedded as well. Pages in `layers` get these words in place of the hidden
/// ones they may have. The result is PDF/A-2u, 2b when not every code has a Unicode value, part 3 when files
/// are attached. It is written only when judge_pdfa finds nothing and `accept`, if given, agrees; otherwise
/// nothing is written and the caller renders the pages and uses PdfaWriter. Encrypted, signed, XFA and
/// portfolio files are never changed. Holds the whole result in memory. Throws Error when `input` cannot be
/// mapped or a layer names no page. Foreign bytes: call in a worker only.
ArchivedPdf make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                               const std::vector<PageTextLayer>& layers, const AcceptPdf& accept = {});

/// Copies pages (from 1, in this order) of a received PDF into a PDF of their own. What leads to other pages
/// (bookmarks, form, structure, jumps) is left behind, and nothing of them remains. Throws Error when the file
/// cannot be read or has no such page. Foreign bytes: worker only.
void take_pages(int input, int output, const std::vector<int>& pages);

/// The first rung alone: copies the bytes to `output` when they may stay as they are. False: nothing written.
bool keep_pdfa(int input, int output, const std::vector<PageTextLayer>& layers);

/// The violations alone.
std::vector<std::string> check_pdfa(int input);

}  // namespace eakte::archive

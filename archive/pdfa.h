#pragma once
#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
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

/// What a tenant wants of the pictures in archive files; archive/README.md says exactly what each does.
enum class PictureChoice { lossless, faithful, compact };

/// PDF/A-2u, or PDF/A-3u with the original and its processing record inside.
enum class PdfaLevel { a2u, a3u };

/// How a tenant's archive files are made.
struct ArchiveFileChoice {
  PictureChoice pictures = PictureChoice::faithful;
  PdfaLevel level = PdfaLevel::a2u;
};

/// "lossless", "faithful", "compact"; "2u", "3u". The other way round nothing for any other word.
std::string_view name_of(PictureChoice choice);
std::string_view name_of(PdfaLevel level);
std::optional<PictureChoice> picture_choice_named(std::string_view name);
std::optional<PdfaLevel> pdfa_level_named(std::string_view name);

/// A part of a page painted over its background: flat ink through a stencil, or a piece of the scan itself.
struct PictureLayer {
  bool is_stencil = false;  ///< CCITT Group 4, ones are painted in `colour`; else a JPEG as in PagePicture
  ocr::Box place;           ///< pixels of the page picture; a stencil or JPEG has exactly this size
  int components = 1;       ///< of a JPEG
  std::array<std::uint8_t, 3> colour{};  ///< sRGB, of a stencil
  std::string bytes;
};

struct PagePicture {
  PictureCoding coding = PictureCoding::jpeg;
  int width = 0;  ///< pixels, as coded; with layers those of the page at `dpi`, see `reduction`
  int height = 0;
  int components = 1;  ///< 1 or 3
  int dpi = 300;
  int quarter_turns = 0;  ///< clockwise; the coded picture is stored untouched and shown turned
  std::string bytes;
  /// How many pixels of the page one coded pixel is wide and high; the last ones may reach beyond the edge.
  int reduction = 1;
  std::vector<PictureLayer> layers{};  ///< painted over it in this order
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

/// A file to be embedded into a PDF/A-3.
struct EmbeddedFile {
  std::string name;  ///< UTF-8, shown to people
  std::string media_type;
  std::string description;
  std::string_view relationship = "Source";  ///< "Source" (the PDF was made from it), "Supplement", "Data"
  int descriptor = -1;                       ///< of the bytes, read at write(); stays the caller's
  std::string bytes;                         ///< without a descriptor
};

/// Writes PDF/A-2u, or PDF/A-3u when files are embedded, from page pictures and words, page by page. With a
/// scratch file the memory needed does not grow with the pages' pictures; without one they are held,
/// compressed. Text layer as measured best: invisible glyphs with outline, one BT per line, explicit blanks,
/// words fitted to their boxes (ISO 19005-2; see archive/README.md). Same input gives same bytes. Not
/// thread-safe.
class PdfaWriter {
public:
  /// `scratch` is a file of its own, open for reading and writing, for what is written only at the end.
  explicit PdfaWriter(PdfMetadata metadata, int scratch = -1);
  ~PdfaWriter();
  PdfaWriter(const PdfaWriter&) = delete;
  PdfaWriter& operator=(const PdfaWriter&) = delete;

  /// Adds a page. `text` boxes refer to the picture after its quarter turns.
  void add_page(const PagePicture& picture, const ocr::PageText& text);

  /// Embeds a file and makes the document PDF/A-3u.
  void embed(const EmbeddedFile& file);

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

/// What the file claims to be, as in PdfaVerdict, without checking it; empty also when it cannot be read.
/// Throws as judge_pdfa.
std::string claimed_pdfa(int input);

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

class MappedFile;

/// Asked of a conforming result before it is taken: whether it still says what the original says.
using AcceptPdf = std::function<bool(const MappedFile& result)>;

/// Makes PDF/A of a received PDF without touching its visible content. The ladder: bytes that are PDF/A
/// already and whose pages in `layers` have text stay as they are, signed or not; else the output intent and
/// metadata are made anew and everything the standard forbids is removed (pdfa.md, "fix"); else the usual
/// fonts a file does not bring are embedded as well. Pages in `layers` get these words in place of the hidden
/// ones they may have. The result is PDF/A-2u, 2b when not every code has a Unicode value, part 3 when files
/// are attached. It stays in `output`, an empty file open for reading and writing, only when judge_pdfa finds
/// nothing and `accept`, if given, agrees; otherwise `output` is empty again and the caller renders the pages
/// and uses PdfaWriter. Encrypted, signed, XFA and portfolio files are never changed. Throws Error when
/// `input` cannot be mapped or a layer names no page. Foreign bytes: call in a worker only.
ArchivedPdf make_pdfa_from_pdf(int input, int output, const PdfMetadata& metadata,
                               const std::vector<PageTextLayer>& layers, const AcceptPdf& accept = {});

/// Copies pages (from 1, in this order) of a received PDF into a PDF of their own. What leads to other pages
/// (bookmarks, form, structure, jumps) is left behind, and nothing of them remains. Throws Error when the
/// file cannot be read or has no such page. Foreign bytes: worker only.
void take_pages(int input, int output, const std::vector<int>& pages);

/// The first rung alone: copies the bytes to `output` when they may stay as they are, that is when the pages
/// (from 1) on which words were read have text already. False: nothing written.
bool keep_pdfa(int input, int output, const std::set<int>& pages_with_words);

/// The violations alone.
std::vector<std::string> check_pdfa(int input);

}  // namespace eakte::archive

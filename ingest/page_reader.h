#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "archive/pdfa.h"
#include "ingest/error.h"
#include "ocr/page_image.h"
#include "ocr/text.h"

namespace eakte::ingest {

/// What a received file is, by its content. Only text has no mark of its own: its name has to say so as well.
enum class Format {
  unknown,
  empty,
  tiff,
  jpeg,
  png,
  jpeg2000,
  webp,
  bmp,
  pdf,
  archive,
  // Office files: an office program makes a PDF of them.
  docx,
  xlsx,
  pptx,
  odt,
  ods,
  odp,
  doc,
  xls,
  ppt,
  rtf,
  html,
  text,
  csv
};
std::string_view media_type_of(Format format);  ///< "image/tiff" ...; "application/octet-stream" for unknown
bool is_office(Format format);

/// Limits on what is read; each has its reason code.
struct ReadLimits {
  std::int64_t pixels_per_page = 200'000'000;  ///< picture_too_large (A0 at 300 dpi has 140 million)
  int pages = 3000;                            ///< too_many_pages
  int archive_members = 10'000;                ///< archive_too_many_members
  std::int64_t archive_bytes = 5'000'000'000;  ///< archive_too_large, unpacked
  std::int64_t archive_ratio = 200;            ///< archive_ratio: unpacked to packed, beyond 10 MB
  int archive_depth = 3;                       ///< archive_too_deep; the service counts by parents
  /// A PDF we had made of an office file: where it draws words, they are the page's words.
  bool drawn_words_stand = false;
};

/// Looks at the first bytes (and for ZIP, TAR, 7z and OLE2 files at their structure). Bytes that are nothing
/// but text are text, a table or a web page when `name` ends like one, else unknown. Throws
/// Refused("encrypted") for an office file that asks for a password. Foreign bytes: worker only. The
/// descriptor's offset is not relied on and may move.
Format detect_format(int input, std::string_view name = {});

/// One page as received, before cleaning. It is one of three:
/// - a picture (image files, scanned PDF pages): `image`, and `picture` with bytes that can go into the
/// archive file as they are, or with `must_be_coded` set and without bytes;
/// - words (born-digital PDF pages): `text`, `picture` without bytes, no `image`;
/// - a drawing, or letters that cannot be told (other PDF pages): `image` as rendered, `picture` without
/// bytes. A picture without bytes means: the page of the PDF stays as it is. Its width, height and dpi then
/// say in which pixels `text` or `image` are, on the page as shown (after /Rotate); quarter_turns is 0.
struct ReceivedPage {
  /// What can go into the archive file without a loss: received bytes where possible, else samples of a PDF;
  /// only a JPEG of four inks is coded again, as a JPEG of three colours.
  archive::PagePicture picture;
  /// The picture has no such bytes; the archive file gets `image`, coded by archive_picture().
  bool must_be_coded = false;
  /// Decoded for the recogniser, as received (EXIF orientation is in picture.quarter_turns and already
  /// applied here; a mirrored picture is coded anew, upright). Empty when `text` stands in for it.
  ocr::PageImage image;
  /// Words of a born-digital page, with positions; such a page needs no recognition.
  std::optional<ocr::PageText> text;
};

/// Reads a file page by page; holds one page in memory. Foreign bytes: worker only. Not thread-safe.
class PageReader {
public:
  virtual ~PageReader() = default;
  virtual int page_count() const = 0;
  /// Page `number` from 1, in any order. Throws Refused (damaged_file, truncated_file, picture_too_large).
  virtual ReceivedPage read(int number) = 0;
  /// Page `number` as a picture for the screen or for a rendered archive page, at `dpi` (PDF: by poppler).
  virtual ocr::PageImage render(int number, int dpi) = 0;
};

/// Opens an image file or a PDF. `input` must stay open as long as the reader lives.
/// Throws Refused: empty_file, unknown_type, damaged_file, truncated_file, encrypted, too_many_pages,
/// no_pages, too_large (a PDF beyond 2 GB).
std::unique_ptr<PageReader> open_pages(int input, Format format, const ReadLimits& limits = {});

/// A file inside an archive.
struct Member {
  std::string name;  ///< verbatim bytes as stored; for display only, never used as a path
};

/// Takes the members of an archive one after the other. `open_member` is called with each regular file and
/// returns the descriptor to write its bytes to (it keeps it open); directories, links and devices are
/// passed over, and so is what macOS and Windows leave behind (__MACOSX/, .DS_Store, Thumbs.db, desktop.ini).
/// Returns how many were given. Throws Refused (archive_*, encrypted, damaged_file, empty_file); members
/// delivered before the throw are then to be discarded. Foreign bytes: worker only.
int unpack(int input, const ReadLimits& limits, const std::function<int(const Member&)>& open_member);

/// Encodings for archive file and screen. JPEG quality 1..100, colours 4:2:0. Throw Error.
std::string encode_jpeg(const ocr::PageImage& image, int quality);
/// Codes a decoded page without loss: 1-bit content as CCITT G4, else zlib rows.
archive::PagePicture encode_lossless(const ocr::PageImage& image);

}  // namespace eakte::ingest

#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/descriptor.h"
#include "archive/pdf/findings.h"
#include "archive/pdf/qpdf.h"
#include "archive/pdfa.h"

namespace eakte::archive {

/// A file embedded in another one may not bring files of its own into the check.
enum class Enclosure { outer, inner };

/// judge_pdfa for bytes that are there already.
PdfaVerdict judge_pdfa_bytes(const PdfBytes& bytes, Enclosure enclosure);

/// claimed_pdfa for bytes that are there already.
std::string claimed_pdfa(const PdfBytes& bytes);

/// What the parts of the check have to know of each other.
struct PdfaClaim {
  int part = 0;      ///< of ISO 19005, 0 when nothing is claimed
  char level = ' ';  ///< conformance level, as claimed
  bool needs_unicode() const { return level == 'U' || level == 'A'; }
  std::string
      output_colours;  ///< of the output intent's profile: "RGB ", "CMYK", "GRAY"; empty when there is none
};

/// How text uses a font.
struct FontUse {
  QPDFObjectHandle font;
  bool is_rendered = false;       ///< in any other mode than 3
  std::set<std::string> strings;  ///< shown, as in the content; too many different ones are left out
  std::set<unsigned char> bytes;  ///< all bytes of all strings
};
using FontUses = std::map<std::string, FontUse>;

/// The codes of a composite font in its strings, when all codes have two bytes.
std::set<unsigned> two_byte_codes(const FontUse& use);

/// The W array of a composite font; CIDs not listed have the default width.
std::map<unsigned, double> cid_widths(QPDFObjectHandle list);

/// What contents use.
struct ContentUse {
  FontUses fonts;           ///< by reference
  bool lacks_cmyk = false;  ///< DeviceCMYK is used where nothing defines it
};

/// 6.1: header, trailer, cross references, streams and the limits of tokens, seen in the bytes themselves.
void check_file(QPDF& pdf, const PdfBytes& bytes, Findings& findings);

/// One token against the limits of 6.1.13 and the form of 6.1.6.
void check_token(const QPDFTokenizer::Token& token, Findings& findings);

/// 6.6: the XMP packet; finds out what the file claims to be.
void check_metadata(QPDF& pdf, PdfaClaim& claim, Findings& findings);

/// 6.2.3: the output intents and their profiles.
void check_output_intents(QPDF& pdf, PdfaClaim& claim, Findings& findings);

/// 6.1.13, 6.4, 6.5 and 6.9 to 6.11 of the document as a whole: catalogue, layers, boundaries of pages.
void check_catalogue(QPDF& pdf, Findings& findings);

/// 6.2 to 6.5 and 6.8 to 6.11 as far as dictionaries show them: everything reachable from the trailer.
void check_objects(QPDF& pdf, const PdfaClaim& claim, Enclosure enclosure, Findings& findings);

/// 6.8: file specifications with embedded files; `associated` are those that some AF array lists.
void check_embedded(const std::vector<QPDFObjectHandle>& specifications,
                    const std::set<QPDFObjGen>& associated, const PdfaClaim& claim, Enclosure enclosure,
                    Findings& findings);

/// 6.4.3, 6.1.12: signatures and permissions.
void check_signatures(QPDF& pdf, const PdfBytes& bytes, Findings& findings);

/// 6.2.2, 6.2.4, 6.2.10: what contents do; gathers what they use.
ContentUse check_contents(QPDF& pdf, const PdfaClaim& claim, Findings& findings);

/// A glyph whose width in its TrueType program is not the one the document states.
struct WrongWidth {
  QPDFObjectHandle program;  ///< FontFile2
  int glyph = 0;
  double stated = 0;  ///< thousandths of the font size
};

/// 6.2.11: fonts as they are used. `wrong_widths`, if given, collects what could be corrected.
void check_fonts(const FontUses& uses, const PdfaClaim& claim, Findings& findings,
                 std::vector<WrongWidth>* wrong_widths = nullptr);

/// The data colour space of an ICC profile ("RGB "), empty when the header is none of ICC 2 to 4 or
/// its class is not among `classes` (four letters each).
std::string profile_colours(QPDFObjectHandle stream, std::string_view classes);

}  // namespace eakte::archive

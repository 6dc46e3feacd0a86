#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "archive/pdfa.h"

namespace eakte::archive {

/// A signature in a PDF as far as it can be judged without a list of trusted certificates: nothing here says
/// whose certificate it is.
struct PdfSignature {
  enum class Digest { unreadable, intact, broken };
  std::string kind;                ///< SubFilter, "ETSI.CAdES.detached"
  bool covers_whole_file = false;  ///< nothing was added behind it
  Digest digest = Digest::unreadable;
  std::string signer;  ///< common name in the certificate that came with it; personal
};

/// A PDF as it was received, looked at by structure (poppler renders and extracts text elsewhere).
/// Foreign bytes: worker only. Not thread-safe.
class ReceivedPdf {
public:
  enum class Problem { encrypted, damaged };
  struct Unreadable;  ///< thrown by the constructor: what is wrong, derived from Error

  /// `input` must stay open as long as the object lives. Throws Unreadable.
  explicit ReceivedPdf(int input);
  ~ReceivedPdf();

  int page_count() const;

  /// When the page shows exactly one picture that covers nearly all of it and nothing else that is visible:
  /// that picture, taken without rasterising (JPEG bytes copied, CCITT G4 copied where the parameters allow,
  /// anything else decoded to flate), with its effective dpi and the page's turn. Nothing otherwise.
  std::optional<PagePicture> only_picture(int page) const;

  /// The page draws text that is visible (not rendering mode 3).
  bool has_visible_text(int page) const;

  /// Text in rendering mode 3: an earlier recognition, whose words are not what a person reads.
  struct HiddenText {
    std::set<std::string>
        fonts;              ///< BaseFont without subset tag, of fonts that show nothing else on the page
    bool is_mixed = false;  ///< some font is used for both, so that words cannot be told apart
  };
  HiddenText hidden_text(int page) const;

  /// A picture is coded by JBIG2 with symbols, which can swap characters; TR-RESISCAN forbids it (RS-08).
  bool has_symbol_coding() const;

  /// A signature field with a value stands in the form.
  bool is_signed() const;

  /// The signatures of the form, in no particular order.
  std::vector<PdfSignature> signatures() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

struct ReceivedPdf::Unreadable : Error {
  Unreadable(Problem what, const std::string& message) : Error(message), problem(what) {}
  Problem problem;
};

}  // namespace eakte::archive

#include "archive/pdf/repair.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/conformance.h"
#include "archive/pdf/signature.h"

namespace eakte::archive {
namespace {

bool name_is_among(QPDFObjectHandle object, const std::set<std::string>& names) {
  return object.isName() && names.count(object.getName()) != 0;
}

const std::set<std::string>& allowed_actions() {
  static const std::set<std::string> names = {"/GoTo", "/GoToR", "/Thread", "/URI", "/Named"};
  return names;
}

const std::set<std::string>& rendering_intents() {
  static const std::set<std::string> names = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual",
                                              "/Saturation"};
  return names;
}

bool is_allowed_action(const QPDFObjectHandle& action) {
  static const std::set<std::string> named = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"};
  QPDFObjectHandle kind = member(action, "/S");
  if (kind.isNameAndEquals("/Named")) return name_is_among(member(action, "/N"), named);
  return name_is_among(kind, allowed_actions());
}

/// Mends every dictionary of the file, direct ones included.
class Mending {
public:
  Mending(QPDF& pdf, CmykDefault cmyk) : pdf_(pdf), cmyk_(cmyk) {}

  void run() {
    for (const QPDFObjectHandle& object : pdf_.getAllObjects()) visit(object, 0);
  }

private:
  void visit(QPDFObjectHandle object, int depth);
  void dictionary(QPDFObjectHandle keys, bool is_stream);
  void actions(QPDFObjectHandle keys);
  void graphics_states(QPDFObjectHandle keys);
  void font(QPDFObjectHandle keys);
  void form_resources(QPDFObjectHandle resources);
  void default_cmyk(QPDFObjectHandle resources);

  QPDF& pdf_;
  CmykDefault cmyk_;
  QPDFObjectHandle cmyk_space_;
};

void Mending::visit(QPDFObjectHandle object, int depth) {
  constexpr int deepest = 200;
  if (depth > deepest) return;
  if (object.isArray()) {
    for (const QPDFObjectHandle& part : object.getArrayAsVector()) {
      if (!part.isIndirect()) visit(part, depth + 1);
    }
    return;
  }
  if (!object.isDictionary() && !object.isStream()) return;
  QPDFObjectHandle keys = object.isStream() ? object.getDict() : object;
  dictionary(keys, object.isStream());
  for (const auto& [key, value] : keys.ditems()) {
    QPDFObjectHandle part = value;
    if (!part.isIndirect()) visit(part, depth + 1);
  }
}

void Mending::dictionary(QPDFObjectHandle keys, bool is_stream) {
  for (const char* key : {"/AA", "/PieceInfo", "/Metadata", "/AF", "/PresSteps", "/Thumb", "/SpiderInfo"}) {
    keys.removeKey(key);
  }
  QPDFObjectHandle subtype = keys.getKey("/Subtype");
  if (is_stream && subtype.isNameAndEquals("/Image")) {
    keys.removeKey("/Alternates");
    keys.removeKey("/OPI");
    keys.removeKey("/Interpolate");
    if (!name_is_among(keys.getKey("/Intent"), rendering_intents())) keys.removeKey("/Intent");
  }
  if (is_stream && subtype.isNameAndEquals("/Form")) {
    for (const char* key : {"/OPI", "/PS", "/Ref"}) keys.removeKey(key);
    if (keys.getKey("/Subtype2").isNameAndEquals("/PS")) keys.removeKey("/Subtype2");
  }
  if (!is_stream) keys.removeKey("/RF");
  actions(keys);
  graphics_states(keys);
  font(keys);
  QPDFObjectHandle resources = keys.getKey("/Resources");
  if (resources.isDictionary()) {
    form_resources(resources);
    if (cmyk_ == CmykDefault::add) default_cmyk(resources);
  }
}

void Mending::actions(QPDFObjectHandle keys) {
  QPDFObjectHandle action = keys.getKey("/A");
  const bool is_widget = keys.getKey("/Subtype").isNameAndEquals("/Widget");
  const bool is_action = member(action, "/S").isName() && !member(action, "/O").isName();
  if (is_widget || (is_action && !is_allowed_action(action))) keys.removeKey("/A");
  if (!keys.getKey("/S").isName() || !keys.hasKey("/Next")) return;
  QPDFObjectHandle next = keys.getKey("/Next");
  std::vector<QPDFObjectHandle> following = {next};
  if (next.isArray()) following = next.getArrayAsVector();
  if (!std::all_of(following.begin(), following.end(), is_allowed_action)) keys.removeKey("/Next");
}

void Mending::graphics_states(QPDFObjectHandle keys) {
  std::vector<QPDFObjectHandle> states;
  if (keys.getKey("/Type").isNameAndEquals("/ExtGState")) states.push_back(keys);
  QPDFObjectHandle named = keys.getKey("/ExtGState");
  if (named.isDictionary()) {
    for (const auto& [name, state] : named.ditems()) states.push_back(state);
  }
  for (QPDFObjectHandle state : states) {
    if (!state.isDictionary()) continue;
    for (const char* key : {"/TR", "/HTP", "/HT"}) state.removeKey(key);
    // With a profile for DeviceCMYK the mode would be forbidden; screens do not show it.
    if (cmyk_ == CmykDefault::add) state.removeKey("/OPM");
    if (!state.getKey("/TR2").isNameAndEquals("/Default")) state.removeKey("/TR2");
    if (!name_is_among(state.getKey("/RI"), rendering_intents())) state.removeKey("/RI");
  }
}

/// Readers take a TrueType font by its named encoding whether it is flagged symbolic or not (ISO 32000-1,
/// 9.6.6.4), so the flag can say what is done anyway.
void mend_symbolic_flag(QPDFObjectHandle font) {
  constexpr long long symbolic = 4;
  constexpr long long not_symbolic = 32;
  QPDFObjectHandle encoding = font.getKey("/Encoding");
  const bool is_named =
      encoding.isNameAndEquals("/WinAnsiEncoding") || encoding.isNameAndEquals("/MacRomanEncoding");
  QPDFObjectHandle descriptor = font.getKey("/FontDescriptor");
  QPDFObjectHandle flags = member(descriptor, "/Flags");
  if (!font.getKey("/Subtype").isNameAndEquals("/TrueType") || !is_named || !flags.isInteger()) return;
  const long long value = flags.getIntValue();
  if ((value & symbolic) != 0)
    descriptor.replaceKey("/Flags", QPDFObjectHandle::newInteger((value & ~symbolic) | not_symbolic));
}

void Mending::font(QPDFObjectHandle keys) {
  if (keys.getKey("/Type").isNameAndEquals("/FontDescriptor")) {
    keys.removeKey("/CIDSet");
    keys.removeKey("/CharSet");
  }
  if (keys.getKey("/Type").isNameAndEquals("/Font")) mend_symbolic_flag(keys);
  const bool is_truetype = keys.getKey("/Subtype").isNameAndEquals("/CIDFontType2");
  if (is_truetype && !keys.hasKey("/CIDToGIDMap") &&
      member(keys.getKey("/FontDescriptor"), "/FontFile2").isStream()) {
    keys.replaceKey("/CIDToGIDMap", QPDFObjectHandle::newName("/Identity"));
  }
}

/// A form without resources takes those of the content that shows it; PDF/A wants them at the form.
void Mending::form_resources(QPDFObjectHandle resources) {
  QPDFObjectHandle objects = resources.getKey("/XObject");
  if (!objects.isDictionary()) return;
  for (const auto& [name, object] : objects.ditems()) {
    QPDFObjectHandle stream = object;
    if (!stream.isStream() || !member(stream, "/Subtype").isNameAndEquals("/Form")) continue;
    if (stream.getDict().hasKey("/Resources")) continue;
    QPDFObjectHandle shared = resources.shallowCopy();
    stream.getDict().replaceKey("/Resources", shared);
  }
}

void Mending::default_cmyk(QPDFObjectHandle resources) {
  if (!cmyk_space_.isInitialized()) {
    QPDFObjectHandle profile = pdf_.newStream(cmyk_profile());
    profile.getDict().replaceKey("/N", QPDFObjectHandle::newInteger(4));
    cmyk_space_ = pdf_.makeIndirectObject(
        QPDFObjectHandle::newArray({QPDFObjectHandle::newName("/ICCBased"), profile}));
  }
  QPDFObjectHandle spaces = resources.getKey("/ColorSpace");
  if (!spaces.isDictionary())
    spaces = resources.replaceKeyAndGetNew("/ColorSpace", QPDFObjectHandle::newDictionary());
  if (!spaces.hasKey("/DefaultCMYK")) spaces.replaceKey("/DefaultCMYK", cmyk_space_);
}

bool is_allowed_annotation(QPDFObjectHandle annotation) {
  static const std::set<std::string> types = {
      "/Text",    "/Link",      "/FreeText",  "/Line",          "/Square",   "/Circle",
      "/Polygon", "/PolyLine",  "/Highlight", "/Underline",     "/Squiggly", "/StrikeOut",
      "/Stamp",   "/Caret",     "/Ink",       "/Popup",         "/Widget",   "/PrinterMark",
      "/TrapNet", "/Watermark", "/Redact",    "/FileAttachment"};
  return annotation.isDictionary() && name_is_among(annotation.getKey("/Subtype"), types);
}

bool is_button(QPDFObjectHandle field) {
  constexpr int deepest = 20;
  for (int depth = 0; depth < deepest && member(field, "/FT").isNull(); ++depth)
    field = member(field, "/Parent");
  return member(field, "/FT").isNameAndEquals("/Btn");
}

/// Reduces the appearance to one a PDF/A may have; false when there is none.
bool mend_appearance(QPDFObjectHandle annotation) {
  QPDFObjectHandle subtype = annotation.getKey("/Subtype");
  QPDFObjectHandle look = annotation.getKey("/AP");
  QPDFObjectHandle normal = member(look, "/N");
  const bool needs_none = subtype.isNameAndEquals("/Popup") || subtype.isNameAndEquals("/Link");
  const bool wants_states = subtype.isNameAndEquals("/Widget") && is_button(annotation);
  if (!wants_states && normal.isDictionary()) {
    QPDFObjectHandle state = annotation.getKey("/AS");
    normal = state.isName() ? normal.getKey(state.getName()) : QPDFObjectHandle::newNull();
  }
  if (wants_states && normal.isStream()) {
    normal = QPDFObjectHandle::newDictionary({{"/On", normal}});
    annotation.replaceKey("/AS", QPDFObjectHandle::newName("/On"));
  }
  const bool is_usable =
      normal.isStream() || (wants_states && normal.isDictionary() && !normal.getKeys().empty());
  if (is_usable) {
    annotation.replaceKey("/AP", QPDFObjectHandle::newDictionary({{"/N", normal}}));
    return true;
  }
  annotation.removeKey("/AP");
  if (needs_none) return true;
  QPDFObjectHandle place = annotation.getKey("/Rect");
  if (!place.isRectangle()) return false;
  const auto edges = place.getArrayAsRectangle();
  return edges.llx == edges.urx && edges.lly == edges.ury;
}

void mend_annotations(QPDFObjectHandle page) {
  QPDFObjectHandle annotations = page.getKey("/Annots");
  if (!annotations.isArray()) return page.removeKey("/Annots");
  constexpr long long hidden = 2 | 32;
  constexpr long long print = 4;
  constexpr long long kept = ~static_cast<long long>(1 | 256);
  std::vector<QPDFObjectHandle> remaining;
  for (QPDFObjectHandle annotation : annotations.getArrayAsVector()) {
    if (!is_allowed_annotation(annotation)) continue;
    QPDFObjectHandle flags = annotation.getKey("/F");
    const long long value = flags.isInteger() ? flags.getIntValue() : 0;
    // What nobody has seen so far must not appear.
    if ((value & hidden) != 0 || !mend_appearance(annotation)) continue;
    annotation.replaceKey("/F", QPDFObjectHandle::newInteger((value & kept) | print));
    remaining.push_back(annotation);
  }
  page.replaceKey("/Annots", QPDFObjectHandle::newArray(remaining));
}

void mend_layers(QPDFObjectHandle root) {
  QPDFObjectHandle properties = root.getKey("/OCProperties");
  if (!properties.isDictionary()) return;
  if (!properties.getKey("/D").isDictionary()) properties.replaceKey("/D", QPDFObjectHandle::newDictionary());
  std::vector<QPDFObjectHandle> configurations = {properties.getKey("/D")};
  QPDFObjectHandle more = properties.getKey("/Configs");
  if (more.isArray()) {
    for (const QPDFObjectHandle& each : more.getArrayAsVector()) configurations.push_back(each);
  }
  int number = 0;
  for (QPDFObjectHandle configuration : configurations) {
    if (!configuration.isDictionary()) continue;
    configuration.replaceKey("/Name",
                             QPDFObjectHandle::newUnicodeString(fmt::format("Configuration {}", ++number)));
    configuration.removeKey("/AS");
    // Without an order the reader lists the layers as it likes; nothing is lost but their arrangement.
    configuration.removeKey("/Order");
  }
}

void mend_catalogue(QPDF& pdf) {
  QPDFObjectHandle root = pdf.getRoot();
  for (const char* key :
       {"/Requirements", "/NeedsRendering", "/Perms", "/Legal", "/DSS", "/Version", "/Extensions"}) {
    root.removeKey(key);
  }
  QPDFObjectHandle opening = root.getKey("/OpenAction");
  const bool is_jump = opening.isArray() || member(opening, "/S").isNameAndEquals("/GoTo");
  if (!is_jump) root.removeKey("/OpenAction");
  QPDFObjectHandle names = root.getKey("/Names");
  if (names.isDictionary()) {
    for (const char* key : {"/JavaScript", "/AlternatePresentations", "/Renditions"}) {
      names.removeKey(key);
    }
  }
  QPDFObjectHandle form = root.getKey("/AcroForm");
  if (form.isDictionary()) form.removeKey("/NeedAppearances");
  mend_layers(root);
}

}  // namespace

std::optional<std::string> obstacle_to_repair(QPDF& pdf) {
  static const std::set<std::string> moving = {"/3D", "/Screen", "/Movie", "/Sound", "/RichMedia"};
  QPDFObjectHandle root = pdf.getRoot();
  if (pdf.isEncrypted()) return "the file is encrypted";
  if (has_signature(pdf)) return "the file is signed";
  if (!member(member(root, "/AcroForm"), "/XFA").isNull()) return "the form is an XFA form";
  if (!member(root, "/Collection").isNull()) return "the file is a portfolio";
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    QPDFObjectHandle annotations = page.getKey("/Annots");
    if (!annotations.isArray()) continue;
    for (const QPDFObjectHandle& annotation : annotations.getArrayAsVector()) {
      if (name_is_among(member(annotation, "/Subtype"), moving))
        return "the file has moving or sounding parts";
    }
  }
  return std::nullopt;
}

void repair(QPDF& pdf, CmykDefault cmyk) {
  QPDFPageDocumentHelper(pdf).pushInheritedAttributesToPage();
  for (QPDFObjectHandle page : pdf.getAllPages()) {
    if (!page.getKey("/Resources").isDictionary()) {
      page.replaceKey("/Resources", QPDFObjectHandle::newDictionary());
    }
    mend_annotations(page);
  }
  mend_catalogue(pdf);
  Mending(pdf, cmyk).run();
}

}  // namespace eakte::archive

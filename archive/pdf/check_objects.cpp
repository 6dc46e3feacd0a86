#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"
#include "archive/pdf/jpeg2000.h"

namespace eakte::archive {
namespace {

template <std::size_t n>
bool is_one_of(QPDFObjectHandle object, const std::array<const char*, n>& names) {
  return object.isName() && std::any_of(names.begin(), names.end(),
                                        [&object](const char* name) { return object.getName() == name; });
}

constexpr std::array filters = {"/ASCIIHexDecode", "/ASCII85Decode", "/FlateDecode", "/RunLengthDecode",
                                "/CCITTFaxDecode", "/JBIG2Decode",   "/DCTDecode",   "/JPXDecode"};
constexpr std::array rendering_intents = {"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual",
                                          "/Saturation"};
constexpr std::array blend_modes = {"/Normal",    "/Compatible", "/Multiply",   "/Screen",    "/Overlay",
                                    "/Darken",    "/Lighten",    "/ColorDodge", "/ColorBurn", "/HardLight",
                                    "/SoftLight", "/Difference", "/Exclusion",  "/Hue",       "/Saturation",
                                    "/Color",     "/Luminosity"};
constexpr std::array annotation_types = {
    "/Text",    "/Link",      "/FreeText",  "/Line",          "/Square",   "/Circle",
    "/Polygon", "/PolyLine",  "/Highlight", "/Underline",     "/Squiggly", "/StrikeOut",
    "/Stamp",   "/Caret",     "/Ink",       "/Popup",         "/Widget",   "/PrinterMark",
    "/TrapNet", "/Watermark", "/Redact",    "/FileAttachment"};
constexpr std::array actions = {"/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"};
constexpr std::array named_actions = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"};

std::vector<QPDFObjectHandle> item_list(QPDFObjectHandle array) {
  if (array.isArray()) return array.getArrayAsVector();
  return {};
}

/// An object as text that does not depend on which parts are indirect or how streams are compressed.
std::string meaning_of(QPDFObjectHandle object, int depth) {
  constexpr int deepest = 20;
  constexpr std::size_t longest = std::size_t{1} << 20U;
  if (depth > deepest) return "...";
  std::string text;
  if (object.isArray()) {
    for (const QPDFObjectHandle& part : object.getArrayAsVector()) text += meaning_of(part, depth + 1) + " ";
    return fmt::format("[{}]", text);
  }
  if (!object.isDictionary() && !object.isStream()) return object.unparseResolved();
  static const std::set<std::string> coding = {"/Length", "/Filter", "/DecodeParms"};
  QPDFObjectHandle keys = object.isStream() ? object.getDict() : object;
  for (const auto& [key, value] : keys.ditems()) {
    const bool is_coding = object.isStream() && coding.count(key) != 0;
    if (!is_coding) text += fmt::format("{} {} ", key, meaning_of(value, depth + 1));
  }
  if (object.isStream()) text += decoded_bytes(object, longest).value_or(object.unparse());
  return fmt::format("<<{}>>", text);
}

/// Goes through everything that can be reached from the trailer, once.
class Sweep {
public:
  explicit Sweep(Findings& findings) : findings_(findings) {}

  void run(const QPDFObjectHandle& trailer);
  /// File specifications with embedded files.
  const std::vector<QPDFObjectHandle>& specifications() const { return specifications_; }
  /// What some AF array lists.
  const std::set<QPDFObjGen>& associated() const { return associated_; }

private:
  void visit(QPDFObjectHandle object);
  void dictionary(QPDFObjectHandle object, QPDFObjectHandle keys);
  void names_of(const QPDFObjectHandle& keys);
  void require_utf8(QPDFObjectHandle name, std::string_view what);
  void stream(QPDFObjectHandle stream);
  void filter(QPDFObjectHandle name, const QPDFObjectHandle& parameters);
  void image(QPDFObjectHandle image);
  void jpeg2000(QPDFObjectHandle stream);
  void form(QPDFObjectHandle form);
  void graphics_state(QPDFObjectHandle state);
  void halftone(QPDFObjectHandle halftone, const std::string& colourant);
  void colour_space(QPDFObjectHandle space);
  void separation(const QPDFObjectHandle& space);
  void annotation(QPDFObjectHandle annotation);
  void appearance(QPDFObjectHandle annotation);
  void action(QPDFObjectHandle action);

  Findings& findings_;
  std::set<QPDFObjGen> seen_;
  std::vector<QPDFObjectHandle> waiting_;
  std::map<std::string, std::string> separations_;
  std::vector<QPDFObjectHandle> specifications_;
  std::set<QPDFObjGen> associated_;
};

void Sweep::run(const QPDFObjectHandle& trailer) {
  waiting_.push_back(trailer);
  while (!waiting_.empty()) {
    QPDFObjectHandle object = waiting_.back();
    waiting_.pop_back();
    if (object.isIndirect() && !seen_.insert(object.getObjGen()).second) continue;
    visit(object);
  }
}

void Sweep::visit(QPDFObjectHandle object) {
  if (object.isArray()) {
    colour_space(object);
    for (QPDFObjectHandle part : object.getArrayAsVector()) {
      if (part.isArray() || part.isDictionary() || part.isStream()) waiting_.push_back(part);
    }
    return;
  }
  if (!object.isDictionary() && !object.isStream()) return;
  QPDFObjectHandle keys = object.isStream() ? object.getDict() : object;
  if (object.isStream()) stream(object);
  dictionary(object, keys);
  for (const auto& [key, value] : keys.ditems()) {
    QPDFObjectHandle part = value;
    if (part.isArray() || part.isDictionary() || part.isStream()) waiting_.push_back(part);
  }
}

void Sweep::dictionary(QPDFObjectHandle object, QPDFObjectHandle keys) {
  if (member(keys, "/ExtGState").isDictionary()) {
    for (const auto& [name, state] : member(keys, "/ExtGState").ditems()) graphics_state(state);
  }
  if (member(keys, "/Type").isNameAndEquals("/ExtGState")) graphics_state(keys);
  QPDFObjectHandle annotations = member(keys, "/Annots");
  if (annotations.isArray() && !object.isStream()) {
    for (const QPDFObjectHandle& each : annotations.getArrayAsVector()) annotation(each);
  }
  action(member(keys, "/A"));
  QPDFObjectHandle opening = member(keys, "/OpenAction");
  if (opening.isDictionary()) action(opening);
  if (member(keys, "/EF").isDictionary()) specifications_.push_back(object);
  for (const QPDFObjectHandle& file : item_list(member(keys, "/AF"))) associated_.insert(file.getObjGen());
  names_of(keys);
  if (member(keys, "/Type").isNameAndEquals("/Page")) {
    if (keys.hasKey("/AA")) findings_.add("6.5.2", "a page has additional actions");
    if (keys.hasKey("/PresSteps")) findings_.add("6.10", "a page has presentation steps");
  }
  if (keys.hasKey("/FT") && keys.hasKey("/AA")) findings_.add("6.4.1", "a form field has additional actions");
}

/// 6.1.8: names that people have given.
void Sweep::require_utf8(QPDFObjectHandle name, std::string_view what) {
  if (!name.isName()) return;
  const std::string text = name.getName();
  bool is_malformed = false;
  for (std::size_t at = 0; at < text.size() && !is_malformed;)
    QUtil::get_next_utf8_codepoint(text, at, is_malformed);
  if (is_malformed) findings_.add("6.1.8", fmt::format("the name of a {} is not in UTF-8", what));
}

void Sweep::names_of(const QPDFObjectHandle& keys) {
  QPDFObjectHandle type = member(keys, "/Type");
  if (type.isNameAndEquals("/Font")) require_utf8(member(keys, "/BaseFont"), "font");
  if (type.isNameAndEquals("/FontDescriptor")) require_utf8(member(keys, "/FontName"), "font");
  if (type.isNameAndEquals("/StructElem")) require_utf8(member(keys, "/S"), "structure element");
}

void Sweep::stream(QPDFObjectHandle stream) {
  QPDFObjectHandle keys = stream.getDict();
  if (keys.hasKey("/F") || keys.hasKey("/FFilter") || keys.hasKey("/FDecodeParms")) {
    findings_.add("6.1.7.1", "the data of a stream lie outside the file");
  }
  QPDFObjectHandle names = keys.getKey("/Filter");
  QPDFObjectHandle parameters = keys.getKey("/DecodeParms");
  if (names.isArray()) {
    for (int i = 0; i < names.getArrayNItems(); ++i) filter(names.getArrayItem(i), item(parameters, i));
  } else if (!names.isNull()) {
    filter(names, parameters);
  }
  QPDFObjectHandle subtype = keys.getKey("/Subtype");
  if (subtype.isNameAndEquals("/Image")) image(keys);
  const bool is_jpeg2000 =
      names.isNameAndEquals("/JPXDecode") || item(names, 0).isNameAndEquals("/JPXDecode");
  if (is_jpeg2000) jpeg2000(stream);
  if (subtype.isNameAndEquals("/Form")) form(keys);
  if (subtype.isNameAndEquals("/PS")) findings_.add("6.2.9", "there is a PostScript XObject");
}

void Sweep::filter(QPDFObjectHandle name, const QPDFObjectHandle& parameters) {
  const bool is_empty_crypt =
      name.isNameAndEquals("/Crypt") && member(parameters, "/Name").isNameAndEquals("/Identity");
  if (!is_empty_crypt && !is_one_of(name, filters)) {
    findings_.add("6.1.7.2",
                  fmt::format("filter {} is not allowed", name.isName() ? name.getName() : "without name"));
  }
}

void Sweep::jpeg2000(QPDFObjectHandle stream) {
  const auto fail = [this](std::string_view what) {
    findings_.add("6.2.8.3", fmt::format("a JPEG 2000 picture {}", what));
  };
  const std::shared_ptr<Buffer> raw = stream.getRawStreamData();
  const std::optional<Jpeg2000Header> header =
      read_jpeg2000_header({reinterpret_cast<const char*>(raw->getBuffer()), raw->getSize()});
  if (!header) return fail("has no header that can be read");
  const int channels = header->colour_channels;
  if (channels != 1 && channels != 3 && channels != 4) fail("has neither 1 nor 3 nor 4 colour channels");
  if (header->has_channel_bits || header->bits < 1 || header->bits > 38)
    fail("has channels of different or odd depth");
  if (!member(stream, "/ColorSpace").isNull()) return;
  int best = 0;
  for (const Jpeg2000Header::ColourSpecification& colours : header->colours) {
    if (colours.approximation == 1) ++best;
  }
  const std::size_t count = header->colours.size();
  if (count == 0 || (count > 1 && best != 1)) fail("does not say which colour space it is in");
  for (const Jpeg2000Header::ColourSpecification& colours : header->colours) {
    const bool is_chosen = count == 1 || colours.approximation == 1;
    if (!is_chosen) continue;
    if (colours.method < 1 || colours.method > 3) fail("describes its colours in an unknown way");
    if (colours.enumerated == 19) fail("is in colour space CIEJab");
  }
}

void Sweep::image(QPDFObjectHandle image) {
  if (image.hasKey("/Alternates")) findings_.add("6.2.8", "a picture has alternates");
  if (image.hasKey("/OPI")) findings_.add("6.2.8", "a picture has an OPI entry");
  QPDFObjectHandle interpolated = image.getKey("/Interpolate");
  if (interpolated.isBool() && interpolated.getBoolValue())
    findings_.add("6.2.8", "a picture is to be interpolated");
  QPDFObjectHandle intent = image.getKey("/Intent");
  if (!intent.isNull() && !is_one_of(intent, rendering_intents)) {
    findings_.add("6.2.6", "a picture has an unknown rendering intent");
  }
  QPDFObjectHandle bits = image.getKey("/BitsPerComponent");
  if (bits.isNull()) return;
  const long long value = bits.isInteger() ? bits.getIntValue() : 0;
  QPDFObjectHandle mask = image.getKey("/ImageMask");
  const bool is_mask = mask.isBool() && mask.getBoolValue();
  const bool is_known = value == 1 || (!is_mask && (value == 2 || value == 4 || value == 8 || value == 16));
  if (!is_known) findings_.add("6.2.8", "a picture has an unknown number of bits");
}

void Sweep::form(QPDFObjectHandle form) {
  if (form.hasKey("/OPI") || form.hasKey("/PS") || form.getKey("/Subtype2").isNameAndEquals("/PS")) {
    findings_.add("6.2.9", "a form XObject has OPI or PostScript");
  }
  if (form.hasKey("/Ref")) findings_.add("6.2.9", "a form XObject refers to another file");
}

void Sweep::graphics_state(QPDFObjectHandle state) {
  if (!state.isDictionary()) return;
  if (state.hasKey("/TR")) findings_.add("6.2.5", "a graphics state has a transfer function");
  if (state.hasKey("/TR2") && !state.getKey("/TR2").isNameAndEquals("/Default")) {
    findings_.add("6.2.5", "a graphics state has a transfer function TR2");
  }
  if (state.hasKey("/HTP")) findings_.add("6.2.5", "a graphics state has a halftone origin");
  QPDFObjectHandle half = state.getKey("/HT");
  if (half.isDictionary() || half.isStream()) halftone(half, "");
  QPDFObjectHandle intent = state.getKey("/RI");
  if (!intent.isNull() && !is_one_of(intent, rendering_intents)) {
    findings_.add("6.2.6", "a graphics state has an unknown rendering intent");
  }
  QPDFObjectHandle blend = state.getKey("/BM");
  if (blend.isNull()) return;
  std::vector<QPDFObjectHandle> modes = {blend};
  if (blend.isArray()) modes = blend.getArrayAsVector();
  for (const QPDFObjectHandle& mode : modes) {
    if (!is_one_of(mode, blend_modes)) findings_.add("6.2.10", "a graphics state has an unknown blend mode");
  }
}

void Sweep::halftone(QPDFObjectHandle half, const std::string& colourant) {
  QPDFObjectHandle type = member(half, "/HalftoneType");
  const long long value = type.isInteger() ? type.getIntValue() : 0;
  if (value != 1 && value != 5) findings_.add("6.2.5", "a halftone is of a type that is not allowed");
  if (!member(half, "/HalftoneName").isNull()) findings_.add("6.2.5", "a halftone has a name");
  const bool is_process = colourant.empty() || colourant == "/Cyan" || colourant == "/Magenta" ||
                          colourant == "/Yellow" || colourant == "/Black";
  const bool has_transfer = !member(half, "/TransferFunction").isNull();
  if (colourant != "/Default" && has_transfer == is_process) {
    findings_.add("6.2.5", "a halftone has a transfer function where it should not, or none where it should");
  }
  if (value != 5 || !half.isDictionary()) return;
  for (const auto& [key, part] : half.ditems()) {
    QPDFObjectHandle component = part;
    if (component.isDictionary() || component.isStream()) halftone(component, key);
  }
}

void Sweep::colour_space(QPDFObjectHandle space) {
  QPDFObjectHandle family = item(space, 0);
  if (!family.isName() || space.getArrayNItems() < 2) return;
  if (family.getName() == "/ICCBased") {
    QPDFObjectHandle profile = item(space, 1);
    const std::string colours = profile_colours(profile, "prtr mntr scnr spac");
    const long long components = member(profile, "/N").isInteger() ? member(profile, "/N").getIntValue() : 0;
    const bool fits = (components == 1 && colours == "GRAY") ||
                      (components == 3 && (colours == "RGB " || colours == "Lab ")) ||
                      (components == 4 && colours == "CMYK");
    if (!fits) findings_.add("6.2.4.2", "the profile of an ICC colour space is not what it should be");
  } else if (family.getName() == "/Separation" && space.getArrayNItems() >= 4) {
    require_utf8(item(space, 1), "colourant");
    separation(space);
  } else if (family.getName() == "/DeviceN" && item(space, 1).isArray()) {
    QPDFObjectHandle colourants = member(item(space, 4), "/Colorants");
    if (item(space, 1).getArrayNItems() > 32)
      findings_.add("6.1.13", "a DeviceN space has more than 32 colourants");
    for (QPDFObjectHandle name : item(space, 1).getArrayAsVector()) {
      require_utf8(name, "colourant");
      constexpr std::array process = {"/Cyan", "/Magenta", "/Yellow", "/Black", "/None"};
      if (is_one_of(name, process) || !name.isName()) continue;
      if (member(colourants, name.getName()).isNull()) {
        findings_.add("6.2.4.4", "a spot colour of a DeviceN space has no entry in Colorants");
      }
    }
  }
}

void Sweep::separation(const QPDFObjectHandle& space) {
  if (!item(space, 1).isName()) return;
  const std::string meaning = meaning_of(item(space, 2), 0) + meaning_of(item(space, 3), 0);
  const auto known = separations_.emplace(item(space, 1).getName(), meaning);
  if (!known.second && known.first->second != meaning) {
    findings_.add("6.2.4.4", "two Separation spaces of one name differ");
  }
}

void Sweep::annotation(QPDFObjectHandle annotation) {
  if (!annotation.isDictionary()) return;
  QPDFObjectHandle subtype = annotation.getKey("/Subtype");
  const bool is_widget = subtype.isNameAndEquals("/Widget");
  if (!is_one_of(subtype, annotation_types))
    findings_.add("6.3.1", "an annotation is of a type that is not allowed");
  QPDFObjectHandle flags = annotation.getKey("/F");
  if (!flags.isInteger()) {
    if (!subtype.isNameAndEquals("/Popup")) findings_.add("6.3.2", "an annotation has no flags");
  } else {
    constexpr long long print = 4;
    constexpr long long invisible_hidden_print_noview_toggle = 1 | 2 | 4 | 32 | 256;
    if ((flags.getIntValue() & invisible_hidden_print_noview_toggle) != print) {
      findings_.add("6.3.2", "an annotation is hidden or not printed");
    }
  }
  appearance(annotation);
  if (is_widget && (annotation.hasKey("/A") || annotation.hasKey("/AA"))) {
    findings_.add("6.4.1", "a form field has an action");
  }
}

void Sweep::appearance(QPDFObjectHandle annotation) {
  QPDFObjectHandle subtype = annotation.getKey("/Subtype");
  QPDFObjectHandle look = annotation.getKey("/AP");
  if (look.isNull()) {
    QPDFObjectHandle place = annotation.getKey("/Rect");
    const bool is_exempt = subtype.isNameAndEquals("/Popup") || subtype.isNameAndEquals("/Link");
    bool is_point = false;
    if (place.isRectangle()) {
      const auto edges = place.getArrayAsRectangle();
      is_point = edges.llx == edges.urx && edges.lly == edges.ury;
    }
    if (!is_exempt && !is_point) findings_.add("6.3.3", "an annotation has no appearance");
    return;
  }
  QPDFObjectHandle normal = member(look, "/N");
  const bool has_only_normal = look.isDictionary() && look.getKeys().size() == 1 && !normal.isNull();
  if (!has_only_normal) findings_.add("6.3.3", "an annotation has more than a normal appearance");
  QPDFObjectHandle type = annotation;
  for (int depth = 0; depth < 20 && member(type, "/FT").isNull() && !member(type, "/Parent").isNull();
       ++depth) {
    type = member(type, "/Parent");
  }
  const bool is_button = subtype.isNameAndEquals("/Widget") && member(type, "/FT").isNameAndEquals("/Btn");
  if (is_button ? !normal.isDictionary() || normal.getKeys().empty() : !normal.isStream()) {
    findings_.add("6.3.3", "the appearance of an annotation has the wrong form");
  }
}

void Sweep::action(QPDFObjectHandle action) {
  if (!action.isDictionary()) return;
  QPDFObjectHandle kind = action.getKey("/S");
  if (kind.isNull()) return;
  if (!is_one_of(kind, actions)) findings_.add("6.5.1", "an action is of a kind that is not allowed");
  if (kind.isNameAndEquals("/Named") && !is_one_of(action.getKey("/N"), named_actions)) {
    findings_.add("6.5.1", "a named action is not one of the four that are allowed");
  }
  QPDFObjectHandle next = action.getKey("/Next");
  std::vector<QPDFObjectHandle> following = {next};
  if (next.isArray()) following = next.getArrayAsVector();
  for (const QPDFObjectHandle& each : following) {
    if (each.isIndirect() && !seen_.insert(each.getObjGen()).second) continue;
    this->action(each);
  }
}

}  // namespace

void check_objects(QPDF& pdf, const PdfaClaim& claim, Enclosure enclosure, Findings& findings) {
  Sweep sweep(findings);
  sweep.run(pdf.getTrailer());
  check_embedded(sweep.specifications(), sweep.associated(), claim, enclosure, findings);
}

}  // namespace eakte::archive

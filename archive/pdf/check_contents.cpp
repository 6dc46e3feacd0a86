#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "archive/pdf/checker.h"
#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

/// All operators of ISO 32000-1, annex A.
bool is_operator(std::string_view name) {
  static const std::set<std::string_view> operators = {
      "b",  "B",  "b*", "B*", "BDC", "BI",  "BMC", "BT", "BX", "c",  "cm", "CS", "cs", "d",  "d0",
      "d1", "Do", "DP", "EI", "EMC", "ET",  "EX",  "f",  "F",  "f*", "G",  "g",  "gs", "h",  "i",
      "ID", "j",  "J",  "K",  "k",   "l",   "m",   "M",  "MP", "n",  "q",  "Q",  "re", "RG", "rg",
      "ri", "s",  "S",  "SC", "sc",  "SCN", "scn", "sh", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ",
      "TL", "Tm", "Tr", "Ts", "Tw",  "Tz",  "v",   "w",  "W",  "W*", "y",  "'",  "\""};
  return operators.count(name) != 0;
}

struct Resources {
  QPDFObjectHandle dictionary;
  bool is_own = true;  ///< stands at the content itself, is not inherited
};

struct State {
  QPDFObjectHandle fill = QPDFObjectHandle::newName("/DeviceGray");
  QPDFObjectHandle stroke = QPDFObjectHandle::newName("/DeviceGray");
  QPDFObjectHandle font = QPDFObjectHandle::newNull();
  int text_mode = 0;
  bool overprints_fill = false;
  bool overprints_stroke = false;
  int overprint_mode = 0;
};

class ContentCheck {
public:
  ContentCheck(const PdfaClaim& claim, Findings& findings) : claim_(claim), findings_(findings) {}

  void page(const QPDFObjectHandle& page);
  ContentUse take_use() { return std::move(use_); }

private:
  void content(const std::optional<std::string>& bytes, const Resources& resources, const State& initial,
               int depth);
  void content_of(const QPDFObjectHandle& stream, const Resources& outer, const State& state, int depth);
  void apply(const ContentOperation& operation, const Resources& resources, State& state, int depth);
  void set_colour(const ContentOperation& operation, const Resources& resources, State& state, int depth);
  void paint(const ContentOperation& operation, const Resources& resources, const State& state);
  void show_text(const ContentOperation& operation, const Resources& resources, const State& state,
                 int depth);
  void external_object(QPDFObjectHandle object, const Resources& resources, const State& state, int depth);
  void external_state(QPDFObjectHandle graphics, const Resources& resources, State& state, int depth);
  void pattern(QPDFObjectHandle pattern, const Resources& resources, int depth);
  void image(const QPDFObjectHandle& used, const Resources& resources, const State& state);
  void inline_image(const ContentOperation& operation, const Resources& resources, const State& state);
  void space(QPDFObjectHandle space, const Resources& resources, int depth = 0);
  void device_space(const std::string& name, const Resources& resources);
  void paint_space(QPDFObjectHandle used, const Resources& resources, bool overprints, const State& state);
  void rendering_intent(const std::string& name);
  void type3_glyphs(const QPDFObjectHandle& font, const Resources& resources, int depth);
  QPDFObjectHandle find(const Resources& resources, const char* category, const std::string& name);

  const PdfaClaim& claim_;
  Findings& findings_;
  ContentUse use_;
  std::set<QPDFObjGen> seen_;
  std::size_t operations_ = 0;
  bool page_is_transparent_ = false;
};

QPDFObjectHandle ContentCheck::find(const Resources& resources, const char* category,
                                    const std::string& name) {
  QPDFObjectHandle found = member(member(resources.dictionary, category), name);
  if (!found.isNull() && !resources.is_own)
    findings_.add("6.2.2", "a content uses resources it does not hold itself");
  return found;
}

void ContentCheck::page(const QPDFObjectHandle& page) {
  page_is_transparent_ = false;
  Resources resources{member(page, "/Resources"), true};
  if (!resources.dictionary.isDictionary()) {
    resources = {QPDFPageObjectHelper(page).getAttribute("/Resources", false), false};
  }
  content(page_content(page), resources, {}, 0);
  QPDFObjectHandle annotations = member(page, "/Annots");
  if (annotations.isArray()) {
    for (const QPDFObjectHandle& annotation : annotations.getArrayAsVector()) {
      QPDFObjectHandle look = member(member(annotation, "/AP"), "/N");
      if (look.isStream()) content_of(look, resources, {}, 0);
      if (!look.isDictionary()) continue;
      for (const auto& [name, appearance] : look.ditems()) {
        QPDFObjectHandle one = appearance;
        if (one.isStream()) content_of(one, resources, {}, 0);
      }
    }
  }
  QPDFObjectHandle group = member(page, "/Group");
  QPDFObjectHandle blending = member(group, "/CS");
  if (!blending.isNull()) space(blending, resources);
  if (page_is_transparent_ && claim_.output_colours.empty() && blending.isNull()) {
    findings_.add("6.2.10", "a transparent page has neither output intent nor blending colour space");
  }
}

void ContentCheck::content(const std::optional<std::string>& bytes, const Resources& resources,
                           const State& initial, int depth) {
  constexpr int deepest = 20;
  constexpr std::size_t most_operations = 50'000'000;
  constexpr std::size_t deepest_nesting = 28;
  if (!bytes || depth > deepest) return findings_.add("6.2.2", "a content stream cannot be read");
  State state = initial;
  std::vector<State> saved;
  read_content(*bytes, [&](const ContentOperation& operation) {
    if (++operations_ > most_operations) {
      findings_.add("6.2.2", "the contents are too long to be checked");
      return false;
    }
    for (const QPDFTokenizer::Token& token : operation.operands) check_token(token, findings_);
    if (operation.name == "q") {
      saved.push_back(state);
      if (saved.size() > deepest_nesting) findings_.add("6.1.13", "q and Q are nested more than 28 deep");
      if (saved.size() > 1000) saved.pop_back();
    } else if (operation.name == "Q") {
      if (!saved.empty()) {
        state = saved.back();
        saved.pop_back();
      }
    } else {
      apply(operation, resources, state, depth);
    }
    return true;
  });
}

void ContentCheck::content_of(const QPDFObjectHandle& stream, const Resources& outer, const State& state,
                              int depth) {
  if (!seen_.insert(stream.getObjGen()).second) return;
  QPDFObjectHandle own = member(stream, "/Resources");
  QPDFObjectHandle group = member(stream, "/Group");
  const Resources resources = own.isDictionary() ? Resources{own, true} : Resources{outer.dictionary, false};
  if (member(group, "/S").isNameAndEquals("/Transparency")) page_is_transparent_ = true;
  if (!member(group, "/CS").isNull()) space(member(group, "/CS"), resources);
  content(decoded_bytes(stream, longest_content), resources, state, depth + 1);
}

void ContentCheck::apply(const ContentOperation& operation, const Resources& resources, State& state,
                         int depth) {
  const std::string_view name = operation.name;
  static const std::set<std::string_view> painting = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"};
  static const std::set<std::string_view> colouring = {"g",  "rg", "k",  "G",   "RG", "K",
                                                       "cs", "CS", "sc", "scn", "SC", "SCN"};
  static const std::set<std::string_view> showing = {"Tj", "TJ", "'", "\""};
  if (!is_operator(name)) {
    findings_.add("6.2.2", "a content stream has an operator that does not exist");
  } else if (painting.count(name) != 0) {
    paint(operation, resources, state);
  } else if (colouring.count(name) != 0) {
    set_colour(operation, resources, state, depth);
  } else if (showing.count(name) != 0) {
    show_text(operation, resources, state, depth);
  } else if (name == "Do") {
    external_object(find(resources, "/XObject", operation.resource(0)), resources, state, depth);
  } else if (name == "gs") {
    external_state(find(resources, "/ExtGState", operation.resource(0)), resources, state, depth);
  } else if (name == "Tf") {
    state.font = find(resources, "/Font", operation.resource(0));
  } else if (name == "Tr") {
    state.text_mode = static_cast<int>(operation.number(0));
  } else if (name == "sh") {
    space(member(find(resources, "/Shading", operation.resource(0)), "/ColorSpace"), resources);
  } else if (name == "BI") {
    inline_image(operation, resources, state);
  } else if (name == "ri") {
    rendering_intent(operation.resource(0));
  }
}

void ContentCheck::rendering_intent(const std::string& name) {
  static const std::set<std::string> intents = {"/RelativeColorimetric", "/AbsoluteColorimetric",
                                                "/Perceptual", "/Saturation"};
  if (intents.count(name) == 0) findings_.add("6.2.6", "a content has an unknown rendering intent");
}

void ContentCheck::set_colour(const ContentOperation& operation, const Resources& resources, State& state,
                              int depth) {
  static const std::map<std::string_view, const char*> devices = {{"g", "/DeviceGray"}, {"G", "/DeviceGray"},
                                                                  {"rg", "/DeviceRGB"}, {"RG", "/DeviceRGB"},
                                                                  {"k", "/DeviceCMYK"}, {"K", "/DeviceCMYK"}};
  const bool is_stroke = operation.name[0] >= 'A' && operation.name[0] <= 'Z';
  QPDFObjectHandle& target = is_stroke ? state.stroke : state.fill;
  const auto device = devices.find(operation.name);
  if (device != devices.end()) {
    target = QPDFObjectHandle::newName(device->second);
    // Setting a colour counts as its use, as the reference checker reads 6.2.4.3.
    space(target, resources);
  } else if (operation.name == "cs" || operation.name == "CS") {
    const std::string name = operation.resource(0);
    QPDFObjectHandle found = find(resources, "/ColorSpace", name);
    target = found.isNull() && !name.empty() ? QPDFObjectHandle::newName(name) : found;
  } else if (!operation.operands.empty()) {
    const std::string name = operation.resource(operation.operands.size() - 1);
    if (!name.empty()) pattern(find(resources, "/Pattern", name), resources, depth);
  }
}

void ContentCheck::paint_space(QPDFObjectHandle used, const Resources& resources, bool overprints,
                               const State& state) {
  space(used, resources);
  if (!overprints || state.overprint_mode == 0) return;
  QPDFObjectHandle meant = used;
  if (used.isNameAndEquals("/DeviceCMYK"))
    meant = member(member(resources.dictionary, "/ColorSpace"), "/DefaultCMYK");
  QPDFObjectHandle components = member(item(meant, 1), "/N");
  if (item(meant, 0).isNameAndEquals("/ICCBased") && components.isInteger() &&
      components.getIntValue() == 4) {
    findings_.add("6.2.4.2", "ICC based CMYK is overprinted in mode 1");
  }
}

void ContentCheck::paint(const ContentOperation& operation, const Resources& resources, const State& state) {
  const std::string_view name = operation.name;
  const bool strokes = name[0] == 'S' || name[0] == 's' || name[0] == 'B' || name[0] == 'b';
  const bool fills = name[0] != 'S' && name[0] != 's';
  if (fills) paint_space(state.fill, resources, state.overprints_fill, state);
  if (strokes) paint_space(state.stroke, resources, state.overprints_stroke, state);
}

void ContentCheck::show_text(const ContentOperation& operation, const Resources& resources,
                             const State& state, int depth) {
  constexpr std::size_t most_strings = 200'000;
  const int mode = state.text_mode & 3;
  if (mode == 0 || mode == 2) paint_space(state.fill, resources, state.overprints_fill, state);
  if (mode == 1 || mode == 2) paint_space(state.stroke, resources, state.overprints_stroke, state);
  if (!QPDFObjectHandle(state.font).isDictionary())
    return findings_.add("6.2.2", "text is shown in a font that is not there");
  QPDFObjectHandle font = state.font;
  const std::string key = font.isIndirect() ? font.unparse() : font.unparseResolved();
  FontUse& use = use_.fonts[key];
  if (!use.font.isInitialized()) {
    use.font = font;
    type3_glyphs(font, resources, depth);
  }
  use.is_rendered = use.is_rendered || state.text_mode != 3;
  for (const QPDFTokenizer::Token& token : operation.operands) {
    if (token.getType() != QPDFTokenizer::tt_string) continue;
    const std::string& text = token.getValue();
    if (use.strings.size() < most_strings) use.strings.insert(text);
    for (const char c : text) use.bytes.insert(static_cast<unsigned char>(c));
  }
}

void ContentCheck::type3_glyphs(const QPDFObjectHandle& font, const Resources& resources, int depth) {
  if (!member(font, "/Subtype").isNameAndEquals("/Type3")) return;
  QPDFObjectHandle glyphs = member(font, "/CharProcs");
  if (!glyphs.isDictionary()) return;
  QPDFObjectHandle own = member(font, "/Resources");
  const Resources inner = own.isDictionary() ? Resources{own, true} : Resources{resources.dictionary, false};
  for (const auto& [name, glyph] : glyphs.ditems()) {
    QPDFObjectHandle stream = glyph;
    if (stream.isStream()) content_of(stream, inner, {}, depth);
  }
}

void ContentCheck::external_object(QPDFObjectHandle object, const Resources& resources, const State& state,
                                   int depth) {
  if (!object.isStream()) return;
  if (member(object, "/Subtype").isNameAndEquals("/Image")) {
    image(object, resources, state);
  } else {
    content_of(object, resources, state, depth);
  }
}

void ContentCheck::external_state(QPDFObjectHandle graphics, const Resources& resources, State& state,
                                  int depth) {
  if (!graphics.isDictionary()) return;
  const auto flag = [&graphics](const char* key, bool& target) {
    if (member(graphics, key).isBool()) target = member(graphics, key).getBoolValue();
  };
  flag("/OP", state.overprints_stroke);
  if (member(graphics, "/op").isNull()) flag("/OP", state.overprints_fill);
  flag("/op", state.overprints_fill);
  if (member(graphics, "/OPM").isInteger())
    state.overprint_mode = member(graphics, "/OPM").getIntValueAsInt();
  if (!item(member(graphics, "/Font"), 0).isNull()) state.font = item(member(graphics, "/Font"), 0);
  QPDFObjectHandle mask = member(graphics, "/SMask");
  if (mask.isDictionary()) {
    page_is_transparent_ = true;
    QPDFObjectHandle form = member(mask, "/G");
    if (form.isStream()) content_of(form, resources, {}, depth);
  }
  for (const char* key : {"/ca", "/CA"}) {
    QPDFObjectHandle opacity = member(graphics, key);
    if (opacity.isNumber() && opacity.getNumericValue() < 1) page_is_transparent_ = true;
  }
  QPDFObjectHandle blend = member(graphics, "/BM");
  const bool is_normal =
      blend.isNull() || blend.isNameAndEquals("/Normal") || blend.isNameAndEquals("/Compatible");
  if (!is_normal) page_is_transparent_ = true;
}

void ContentCheck::pattern(QPDFObjectHandle used, const Resources& resources, int depth) {
  if (used.isStream()) {
    content_of(used, resources, {}, depth);
  } else if (used.isDictionary()) {
    // Whether default spaces of the content reach into a shading pattern is understood differently.
    space(member(member(used, "/Shading"), "/ColorSpace"), {QPDFObjectHandle::newNull(), true});
  }
}

void ContentCheck::image(const QPDFObjectHandle& used, const Resources& resources, const State& state) {
  QPDFObjectHandle stencil = member(used, "/ImageMask");
  if (stencil.isBool() && stencil.getBoolValue()) {
    paint_space(state.fill, resources, state.overprints_fill, state);
  } else {
    paint_space(member(used, "/ColorSpace"), resources, state.overprints_fill, state);
  }
  if (member(used, "/SMask").isStream()) {
    // The grey of a soft mask is opacity and not a colour.
    page_is_transparent_ = true;
  }
}

void ContentCheck::inline_image(const ContentOperation& operation, const Resources& resources,
                                const State& state) {
  static const std::set<std::string> filters = {"/ASCIIHexDecode",
                                                "/ASCII85Decode",
                                                "/FlateDecode",
                                                "/RunLengthDecode",
                                                "/CCITTFaxDecode",
                                                "/DCTDecode",
                                                "/AHx",
                                                "/A85",
                                                "/Fl",
                                                "/RL",
                                                "/CCF",
                                                "/DCT"};
  static const std::map<std::string, const char*> spaces = {
      {"/G", "/DeviceGray"}, {"/RGB", "/DeviceRGB"}, {"/CMYK", "/DeviceCMYK"}};
  bool is_stencil = false;
  for (std::size_t i = 0; i + 1 < operation.operands.size(); ++i) {
    const std::string key = operation.resource(i);
    const std::string value = operation.resource(i + 1);
    const bool is_true = operation.operands[i + 1].getValue() == "true";
    if (key == "/F" || key == "/Filter") {
      const bool is_array = operation.operands[i + 1].getType() == QPDFTokenizer::tt_array_open;
      for (std::size_t at = is_array ? i + 2 : i + 1; at < operation.operands.size(); ++at) {
        if (operation.operands[at].getType() == QPDFTokenizer::tt_array_close) break;
        if (filters.count(operation.resource(at)) == 0)
          findings_.add("6.1.10", "an inline picture has a filter that is not allowed");
        if (!is_array) break;
      }
    } else if ((key == "/I" || key == "/Interpolate") && is_true) {
      findings_.add("6.2.8", "an inline picture is to be interpolated");
    } else if (key == "/Intent") {
      rendering_intent(value);
    } else if ((key == "/IM" || key == "/ImageMask") && is_true) {
      is_stencil = true;
    } else if ((key == "/CS" || key == "/ColorSpace") && !value.empty()) {
      const auto device = spaces.find(value);
      QPDFObjectHandle named = find(resources, "/ColorSpace", value);
      if (device != spaces.end()) named = QPDFObjectHandle::newName(device->second);
      space(named.isNull() ? QPDFObjectHandle::newName(value) : named, resources);
    }
  }
  if (is_stencil) space(state.fill, resources);
}

void ContentCheck::device_space(const std::string& name, const Resources& resources) {
  const std::string default_name = "/Default" + name.substr(std::string_view("/Device").size());
  QPDFObjectHandle instead = member(member(resources.dictionary, "/ColorSpace"), default_name);
  if (instead.isArray()) {
    static const std::set<std::string> independent = {"/ICCBased", "/CalGray", "/CalRGB", "/Lab", "/DeviceN"};
    if (item(instead, 0).isName() && independent.count(item(instead, 0).getName()) != 0) return;
  }
  const std::string& output = claim_.output_colours;
  const bool is_defined = name == "/DeviceGray"  ? !output.empty()
                          : name == "/DeviceRGB" ? output == "RGB "
                                                 : output == "CMYK";
  if (is_defined) return;
  if (name == "/DeviceCMYK") use_.lacks_cmyk = true;
  findings_.add("6.2.4.3", fmt::format("{} is used, but nothing says what it looks like", name.substr(1)));
}

void ContentCheck::space(QPDFObjectHandle used, const Resources& resources, int depth) {
  constexpr int deepest = 8;
  if (depth > deepest) return;
  if (used.isName()) {
    const std::string name = used.getName();
    if (name == "/DeviceGray" || name == "/DeviceRGB" || name == "/DeviceCMYK") device_space(name, resources);
    return;
  }
  QPDFObjectHandle family = item(used, 0);
  if (!family.isName()) return;
  if (used.getArrayNItems() == 1) return space(family, resources, depth + 1);
  const std::string name = family.getName();
  if (name == "/Indexed" || name == "/Pattern") space(item(used, 1), resources, depth + 1);
  if (name == "/Separation" || name == "/DeviceN") space(item(used, 2), resources, depth + 1);
}

}  // namespace

ContentUse check_contents(QPDF& pdf, const PdfaClaim& claim, Findings& findings) {
  ContentCheck check(claim, findings);
  for (const QPDFObjectHandle& page : pdf.getAllPages()) check.page(page);
  return check.take_use();
}

}  // namespace eakte::archive

#include "archive/pdf/page_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

using Rectangle = QPDFObjectHandle::Rectangle;

double area(const Rectangle& box) {
  return std::max(0.0, box.urx - box.llx) * std::max(0.0, box.ury - box.lly);
}

Rectangle common(const Rectangle& a, const Rectangle& b) {
  return {std::max(a.llx, b.llx), std::max(a.lly, b.lly), std::min(a.urx, b.urx), std::min(a.ury, b.ury)};
}

Rectangle normalized(const Rectangle& box) {
  return {std::min(box.llx, box.urx), std::min(box.lly, box.ury), std::max(box.llx, box.urx),
          std::max(box.lly, box.ury)};
}

bool is_axis_aligned(const QPDFMatrix& m) {
  const double straight = std::max(std::abs(m.a), std::abs(m.d));
  const double crossed = std::max(std::abs(m.b), std::abs(m.c));
  return std::min(straight, crossed) <= 0.005 * std::max(straight, crossed);
}

Ink ink_of(const ContentOperation& operation, bool is_additive) {
  bool all_none = true;
  bool all_full = true;
  for (std::size_t i = 0; i < operation.operands.size(); ++i) {
    all_none = all_none && operation.number(i) == 0;
    all_full = all_full && operation.number(i) == 1;
  }
  if (!is_additive || operation.operands.empty()) return Ink::other;
  return all_none ? Ink::black : all_full ? Ink::white : Ink::other;
}

/// Grey, RGB and what stands in for them: 0 is black, 1 is white.
bool is_additive_space(QPDFObjectHandle space) {
  if (space.isName()) return space.getName() == "/DeviceGray" || space.getName() == "/DeviceRGB";
  if (!space.isArray() || space.getArrayNItems() < 2 || !space.getArrayItem(0).isName()) return false;
  const std::string family = space.getArrayItem(0).getName();
  if (family == "/CalGray" || family == "/CalRGB") return true;
  if (family != "/ICCBased" || !space.getArrayItem(1).isStream()) return false;
  QPDFObjectHandle components = space.getArrayItem(1).getDict().getKey("/N");
  return components.isInteger() && (components.getIntValue() == 1 || components.getIntValue() == 3);
}

/// A path as far as it matters: where it lies and whether it is an upright rectangle.
struct Path {
  std::vector<std::pair<double, double>> points;
  bool is_straight = true;

  Rectangle bounds() const {
    constexpr double far = std::numeric_limits<double>::max();
    Rectangle box(far, far, -far, -far);
    for (const auto& [x, y] : points) {
      box = {std::min(box.llx, x), std::min(box.lly, y), std::max(box.urx, x), std::max(box.ury, y)};
    }
    return box;
  }

  bool is_rectangle() const {
    const Rectangle box = bounds();
    const double slack = 0.005 * std::max(box.urx - box.llx, box.ury - box.lly);
    const auto at_edge = [slack](double value, double low, double high) {
      return value - low <= slack || high - value <= slack;
    };
    return is_straight && points.size() >= 4 && points.size() <= 6 &&
           std::all_of(points.begin(), points.end(), [&](const auto& point) {
             return at_edge(point.first, box.llx, box.urx) && at_edge(point.second, box.lly, box.ury);
           });
  }
};

struct Graphics {
  QPDFMatrix matrix;
  Rectangle clip;
  Ink fill = Ink::black;
  bool fill_is_additive = true;
  bool is_plain = true;
  int text_mode = 0;
};

class Walk {
public:
  explicit Walk(PageView& view) : view_(view) {}

  void content(const std::string& bytes, const QPDFObjectHandle& resources, Graphics graphics, int depth);
  void form(QPDFObjectHandle stream, const QPDFObjectHandle& outer_resources, Graphics graphics, int depth);

private:
  /// One content stream being read.
  struct Reading {
    QPDFObjectHandle resources;
    Graphics now;
    std::vector<Graphics> saved;
    Path path;
    bool clips = false;
    int depth = 0;
  };

  void apply(const ContentOperation& operation, Reading& reading);
  bool apply_state(const ContentOperation& operation, Reading& reading);
  bool apply_colour(const ContentOperation& operation, Reading& reading);
  bool apply_path(const ContentOperation& operation, Reading& reading);
  void end_path(Reading& reading);
  void text(const ContentOperation& operation, const Graphics& graphics);
  void external_object(QPDFObjectHandle object, Reading& reading);
  void picture(QPDFObjectHandle image, const Graphics& graphics);
  void external_state(QPDFObjectHandle state, Graphics& graphics);

  PageView& view_;
  std::size_t operations_ = 0;
};

void Walk::content(const std::string& bytes, const QPDFObjectHandle& resources, Graphics graphics,
                   int depth) {
  constexpr std::size_t most_operations = 5'000'000;
  Reading reading{resources, graphics, {}, {}, false, depth};
  read_content(bytes, [&](const ContentOperation& operation) {
    if (++operations_ > most_operations) {
      view_.is_complete = false;
      return false;
    }
    apply(operation, reading);
    return true;
  });
}

void Walk::form(QPDFObjectHandle stream, const QPDFObjectHandle& outer_resources, Graphics graphics,
                int depth) {
  constexpr int deepest = 8;
  // Each is unpacked and read anew: a few lines of forms within forms would cost minutes.
  constexpr std::size_t operations_worth = 100;
  operations_ += operations_worth;
  const std::optional<std::string> bytes =
      depth < deepest ? decoded_bytes(stream, longest_content) : std::optional<std::string>();
  if (!bytes) {
    view_.is_complete = false;
    return;
  }
  QPDFObjectHandle dictionary = stream.getDict();
  QPDFObjectHandle matrix = dictionary.getKey("/Matrix");
  if (matrix.isMatrix()) graphics.matrix.concat(QPDFMatrix(matrix.getArrayAsMatrix()));
  QPDFObjectHandle box = dictionary.getKey("/BBox");
  if (box.isRectangle()) {
    graphics.clip =
        common(graphics.clip, graphics.matrix.transformRectangle(normalized(box.getArrayAsRectangle())));
    if (!is_axis_aligned(graphics.matrix)) graphics.is_plain = false;
  }
  if (dictionary.hasKey("/OC")) graphics.is_plain = false;
  QPDFObjectHandle resources = dictionary.getKey("/Resources");
  content(*bytes, resources.isDictionary() ? resources : outer_resources, graphics, depth + 1);
}

void Walk::apply(const ContentOperation& operation, Reading& reading) {
  const std::string_view name = operation.name;
  if (apply_state(operation, reading) || apply_colour(operation, reading) || apply_path(operation, reading))
    return;
  if (name == "Tj" || name == "TJ" || name == "'" || name == "\"") {
    text(operation, reading.now);
  } else if (name == "Do") {
    external_object(member(member(reading.resources, "/XObject"), operation.resource(0)), reading);
  } else if (name == "BI" || name == "sh") {
    view_.has_more = true;
  } else if (name == "BDC" && operation.resource(0) == "/OC") {
    // Whether the layer is switched on is not looked at.
    reading.now.is_plain = false;
  }
}

bool Walk::apply_state(const ContentOperation& operation, Reading& reading) {
  constexpr std::size_t deepest = 1000;
  const std::string_view name = operation.name;
  if (name == "q") {
    if (reading.saved.size() < deepest) reading.saved.push_back(reading.now);
  } else if (name == "Q") {
    if (!reading.saved.empty()) {
      reading.now = reading.saved.back();
      reading.saved.pop_back();
    }
  } else if (name == "cm") {
    reading.now.matrix.concat(QPDFMatrix(operation.number(0), operation.number(1), operation.number(2),
                                         operation.number(3), operation.number(4), operation.number(5)));
  } else if (name == "gs") {
    external_state(member(member(reading.resources, "/ExtGState"), operation.resource(0)), reading.now);
  } else if (name == "Tr") {
    reading.now.text_mode = static_cast<int>(operation.number(0));
  } else {
    return false;
  }
  return true;
}

bool Walk::apply_colour(const ContentOperation& operation, Reading& reading) {
  const std::string_view name = operation.name;
  Graphics& now = reading.now;
  if (name == "g" || name == "rg") {
    now.fill_is_additive = true;
    now.fill = ink_of(operation, true);
  } else if (name == "k") {
    const bool no_colour = operation.number(0) == 0 && operation.number(1) == 0 && operation.number(2) == 0;
    now.fill = !no_colour                 ? Ink::other
               : operation.number(3) == 1 ? Ink::black
               : operation.number(3) == 0 ? Ink::white
                                          : Ink::other;
    now.fill_is_additive = false;
  } else if (name == "cs") {
    QPDFObjectHandle space = member(member(reading.resources, "/ColorSpace"), operation.resource(0));
    if (space.isNull() && !operation.resource(0).empty())
      space = QPDFObjectHandle::newName(operation.resource(0));
    now.fill_is_additive = is_additive_space(space);
    now.fill = now.fill_is_additive ? Ink::black : Ink::other;
  } else if (name == "sc" || name == "scn") {
    now.fill = ink_of(operation, now.fill_is_additive);
  } else {
    return false;
  }
  return true;
}

bool Walk::apply_path(const ContentOperation& operation, Reading& reading) {
  const std::string_view name = operation.name;
  const auto add = [&](double x, double y) {
    // Where a path of many points lies exactly does not matter: it is no rectangle.
    constexpr std::size_t enough = 1000;
    if (reading.path.points.size() < enough) {
      double px = 0;
      double py = 0;
      reading.now.matrix.transform(x, y, px, py);
      reading.path.points.emplace_back(px, py);
    }
  };
  if (name == "m" || name == "l") {
    add(operation.number(0), operation.number(1));
  } else if (name == "re") {
    const double x = operation.number(0);
    const double y = operation.number(1);
    for (const double right : {0.0, operation.number(2)}) {
      for (const double up : {0.0, operation.number(3)}) add(x + right, y + up);
    }
  } else if (name == "c" || name == "v" || name == "y") {
    add(operation.number(0), operation.number(1));
    reading.path.is_straight = false;
  } else if (name == "W" || name == "W*") {
    reading.clips = true;
  } else if (name == "f" || name == "F" || name == "f*") {
    const bool is_paper = reading.now.fill == Ink::white && view_.pictures.empty() && !view_.has_text;
    if (!reading.path.points.empty() && !is_paper) view_.has_more = true;
    end_path(reading);
  } else if (name == "B" || name == "B*" || name == "b" || name == "b*" || name == "S" || name == "s") {
    if (!reading.path.points.empty()) view_.has_more = true;
    end_path(reading);
  } else if (name == "n") {
    end_path(reading);
  } else {
    return name == "h";
  }
  return true;
}

void Walk::end_path(Reading& reading) {
  if (reading.clips) {
    reading.now.clip = common(reading.now.clip, reading.path.bounds());
    if (!reading.path.is_rectangle()) reading.now.is_plain = false;
  }
  reading.clips = false;
  reading.path = {};
}

void Walk::text(const ContentOperation& operation, const Graphics& graphics) {
  if (graphics.text_mode == 3 || graphics.text_mode == 7) return;
  for (const QPDFTokenizer::Token& token : operation.operands) {
    if (token.getType() != QPDFTokenizer::tt_string) continue;
    // Blanks are shown by many programs even on pages that are only a picture.
    if (token.getValue().find_first_not_of(' ') != std::string::npos) view_.has_text = true;
  }
}

void Walk::external_object(QPDFObjectHandle object, Reading& reading) {
  if (!object.isStream()) return;
  QPDFObjectHandle subtype = object.getDict().getKey("/Subtype");
  if (subtype.isNameAndEquals("/Image")) {
    picture(object, reading.now);
  } else if (subtype.isNameAndEquals("/Form")) {
    form(object, reading.resources, reading.now, reading.depth);
  } else {
    view_.has_more = true;
  }
}

void Walk::picture(QPDFObjectHandle image, const Graphics& graphics) {
  const Rectangle whole = graphics.matrix.transformRectangle({0, 0, 1, 1});
  ShownPicture shown{image, graphics.matrix, common(common(whole, graphics.clip), view_.crop), graphics.fill,
                     graphics.is_plain && is_axis_aligned(graphics.matrix)};
  QPDFObjectHandle dictionary = image.getDict();
  if (dictionary.hasKey("/OC")) shown.is_plain = false;
  if (area(shown.shown) < 0.5) return;
  const bool is_opaque = shown.is_plain && !dictionary.hasKey("/SMask") && !dictionary.hasKey("/Mask") &&
                         !dictionary.hasKey("/SMaskInData") && !dictionary.getKey("/ImageMask").isBool();
  if (is_opaque && area(shown.shown) > 0.995 * area(view_.crop)) {
    view_.pictures.clear();
    view_.has_text = false;
    view_.has_more = false;
  }
  constexpr std::size_t enough = 100;
  if (view_.pictures.size() < enough) view_.pictures.push_back(shown);
}

void Walk::external_state(QPDFObjectHandle state, Graphics& graphics) {
  if (!state.isDictionary()) return;
  QPDFObjectHandle mask = state.getKey("/SMask");
  QPDFObjectHandle blend = state.getKey("/BM");
  QPDFObjectHandle opacity = state.getKey("/ca");
  const bool is_masked = !mask.isNull() && !mask.isNameAndEquals("/None");
  const bool is_blended =
      !blend.isNull() && !blend.isNameAndEquals("/Normal") && !blend.isNameAndEquals("/Compatible");
  const bool is_faint = opacity.isNumber() && opacity.getNumericValue() < 1;
  if (is_masked || is_blended || is_faint) graphics.is_plain = false;
}

Rectangle shown_part(const QPDFObjectHandle& page) {
  QPDFPageObjectHelper helper(page);
  QPDFObjectHandle media = helper.getAttribute("/MediaBox", false);
  QPDFObjectHandle crop = helper.getAttribute("/CropBox", false);
  Rectangle box(0, 0, 612, 792);
  if (media.isRectangle()) box = normalized(media.getArrayAsRectangle());
  if (crop.isRectangle()) {
    const Rectangle cut = common(box, normalized(crop.getArrayAsRectangle()));
    if (area(cut) > 0) box = cut;
  }
  return box;
}

bool is_seen(QPDFObjectHandle annotation) {
  QPDFObjectHandle subtype = annotation.getKey("/Subtype");
  if (subtype.isNameAndEquals("/Link") || subtype.isNameAndEquals("/Popup")) return false;
  constexpr long long hidden_or_not_viewed = 2 | 32;
  QPDFObjectHandle flags = annotation.getKey("/F");
  return !flags.isInteger() || (flags.getIntValue() & hidden_or_not_viewed) == 0;
}

void view_annotations(QPDFObjectHandle page, Walk& walk, PageView& view) {
  constexpr int most = 10000;
  QPDFObjectHandle annotations = page.getKey("/Annots");
  if (!annotations.isArray()) return;
  for (int i = 0; i < std::min(annotations.getArrayNItems(), most); ++i) {
    QPDFObjectHandle annotation = annotations.getArrayItem(i);
    if (!annotation.isDictionary() || !is_seen(annotation)) continue;
    QPDFObjectHandle appearance = member(annotation.getKey("/AP"), "/N");
    if (appearance.isNull()) continue;
    view.has_more = true;
    Graphics graphics;
    graphics.clip = view.crop;
    if (appearance.isStream()) walk.form(appearance, QPDFObjectHandle::newDictionary(), graphics, 0);
  }
}

}  // namespace

PageView view_page(QPDFObjectHandle page) {
  PageView view;
  view.crop = shown_part(page);
  QPDFPageObjectHelper helper(page);
  QPDFObjectHandle turn = helper.getAttribute("/Rotate", false);
  if (turn.isInteger()) view.quarter_turns = static_cast<int>(((turn.getIntValue() / 90) % 4 + 4) % 4);
  QPDFObjectHandle unit = page.getKey("/UserUnit");
  if (unit.isNumber() && unit.getNumericValue() > 0) view.user_unit = unit.getNumericValue();

  Graphics graphics;
  graphics.clip = view.crop;
  Walk walk(view);
  const std::optional<std::string> content = page_content(page);
  if (content) {
    walk.content(*content, helper.getAttribute("/Resources", false), graphics, 0);
  } else {
    view.is_complete = false;
  }
  view_annotations(page, walk, view);
  return view;
}

}  // namespace eakte::archive

#include "archive/pdf/invisible_text.h"

#include <functional>
#include <memory>
#include <vector>

#include "archive/pdf/content.h"

namespace eakte::archive {
namespace {

constexpr int deepest = 8;
constexpr int invisible = 3;

bool shows_text(std::string_view name) { return name == "Tj" || name == "TJ" || name == "'" || name == "\""; }

/// Text mode and font as q, Q, Tr and Tf change them.
struct TextState {
  int mode = 0;
  std::string font;
};

/// Follows the text state through a content; a content starts with the state of what shows it.
class TextStates {
public:
  explicit TextStates(TextState initial) : now(std::move(initial)) {}

  void apply(const ContentOperation& operation) {
    constexpr std::size_t most = 1000;
    if (operation.name == "q" && saved_.size() < most) {
      saved_.push_back(now);
    } else if (operation.name == "Q" && !saved_.empty()) {
      now = saved_.back();
      saved_.pop_back();
    } else if (operation.name == "Tr") {
      now.mode = static_cast<int>(operation.number(0));
    } else if (operation.name == "Tf") {
      now.font = operation.resource(0);
    }
  }

  TextState now;

private:
  std::vector<TextState> saved_;
};

using Visit =
    std::function<void(const ContentOperation&, const TextState&, const QPDFObjectHandle& resources)>;

/// Calls `visit` for each operator of a content and of the forms it shows.
void walk(const std::string& content, const QPDFObjectHandle& resources, const TextState& initial, int depth,
          const Visit& visit, std::set<QPDFObjGen>& seen) {
  TextStates states(initial);
  read_content(content, [&](const ContentOperation& operation) {
    states.apply(operation);
    visit(operation, states.now, resources);
    if (operation.name != "Do" || depth >= deepest) return true;
    QPDFObjectHandle form = member(member(resources, "/XObject"), operation.resource(0));
    if (!form.isStream() || !member(form, "/Subtype").isNameAndEquals("/Form")) return true;
    if (!seen.insert(form.getObjGen()).second) return true;
    const std::optional<std::string> inside = decoded_bytes(form, longest_content);
    QPDFObjectHandle own = member(form, "/Resources");
    if (inside) walk(*inside, own.isDictionary() ? own : resources, states.now, depth + 1, visit, seen);
    return true;
  });
}

/// Rewrites a content without the strings shown in mode 3; the operators that move stay.
class HiddenTextFilter : public QPDFObjectHandle::TokenFilter {
public:
  explicit HiddenTextFilter(int mode) : mode_(mode) {}

  void handleToken(QPDFTokenizer::Token const& token) override {
    waiting_.push_back(token);
    if (token.getType() != QPDFTokenizer::tt_word) return;
    const std::string& name = token.getValue();
    follow(name);
    const bool is_hidden = shows_text(name) && mode_ == invisible;
    for (const QPDFTokenizer::Token& one : waiting_) {
      if (!is_hidden) writeToken(one);
    }
    // What ' and " do besides showing is to begin a new line.
    if (is_hidden && name != "Tj" && name != "TJ") write(" T* ");
    waiting_.clear();
  }
  void handleEOF() override {
    for (const QPDFTokenizer::Token& one : waiting_) writeToken(one);
  }

private:
  void follow(const std::string& name) {
    if (name == "q") saved_.push_back(mode_);
    if (name == "Q" && !saved_.empty()) {
      mode_ = saved_.back();
      saved_.pop_back();
    }
    if (name != "Tr") return;
    for (const QPDFTokenizer::Token& one : waiting_) {
      if (one.getType() == QPDFTokenizer::tt_integer) mode_ = QUtil::string_to_int(one.getValue().c_str());
    }
  }

  int mode_;
  std::vector<int> saved_;
  std::vector<QPDFTokenizer::Token> waiting_;
};

}  // namespace

PageTextUse text_use(const QPDFObjectHandle& page) {
  PageTextUse use;
  const std::optional<std::string> content = page_content(page);
  if (!content) return use;
  std::set<QPDFObjGen> seen;
  const auto visit = [&use](const ContentOperation& operation, const TextState& state,
                            const QPDFObjectHandle& resources) {
    if (!shows_text(operation.name)) return;
    QPDFObjectHandle name = member(member(member(resources, "/Font"), state.font), "/BaseFont");
    std::string font = name.isName() ? name.getName().substr(1) : std::string();
    // Two subsets of one font are one font to those who look at the words.
    if (font.size() > 7 && font[6] == '+') font.erase(0, 7);
    for (const QPDFTokenizer::Token& token : operation.operands) {
      if (token.getType() != QPDFTokenizer::tt_string) continue;
      const bool is_blank = token.getValue().find_first_not_of(' ') == std::string::npos;
      if (is_blank) continue;
      if (state.mode == invisible) {
        use.hidden_bytes += token.getValue().size();
        use.hidden_fonts.insert(font);
      } else {
        use.is_visible = true;
        use.visible_fonts.insert(font);
      }
    }
  };
  walk(*content, QPDFPageObjectHelper(page).getAttribute("/Resources", false), {}, 0, visit, seen);
  return use;
}

void remove_hidden_text(QPDF& pdf, QPDFObjectHandle page) {
  const std::optional<std::string> content = page_content(page);
  if (!content) return;
  std::set<QPDFObjGen> seen;
  std::vector<std::pair<QPDFObjectHandle, int>> forms;
  const auto visit = [&forms](const ContentOperation& operation, const TextState& state,
                              const QPDFObjectHandle& resources) {
    if (operation.name != "Do") return;
    QPDFObjectHandle form = member(member(resources, "/XObject"), operation.resource(0));
    if (form.isStream() && member(form, "/Subtype").isNameAndEquals("/Form"))
      forms.emplace_back(form, state.mode);
  };
  walk(*content, QPDFPageObjectHelper(page).getAttribute("/Resources", false), {}, 0, visit, seen);
  const auto filtered = [](const std::string& bytes, int mode) {
    std::string result;
    HiddenTextFilter filter(mode);
    Pl_String sink("content", nullptr, result);
    Pl_QPDFTokenizer tokenizer("content", &filter, &sink);
    tokenizer.write(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    tokenizer.finish();
    return result;
  };
  page.replaceKey("/Contents", pdf.newStream(filtered(*content, 0)));
  std::set<QPDFObjGen> done;
  for (auto& [form, mode] : forms) {
    if (!done.insert(form.getObjGen()).second) continue;
    const std::optional<std::string> inside = decoded_bytes(form, longest_content);
    if (!inside) continue;
    form.replaceStreamData(filtered(*inside, mode), QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull());
  }
}

}  // namespace eakte::archive

#include "archive/plan/yaml_tree.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <sstream>

#include "archive/plan/limits.h"

namespace eakte::archive {
namespace {

/// Builds the tree while the parser goes along, so that a limit stops the parser itself.
class TreeBuilder : public YAML::EventHandler {
public:
  YamlNode tree() && { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    place({YamlNode::Kind::nothing, line_of(mark), {}, {}, {}});
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override { refuse_anchor(mark, 1); }
  void OnScalar(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    place({YamlNode::Kind::scalar, line_of(mark), value, {}, {}});
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    open({YamlNode::Kind::list, line_of(mark), {}, {}, {}});
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    refuse_anchor(mark, anchor);
    open({YamlNode::Kind::map, line_of(mark), {}, {}, {}});
  }
  void OnMapEnd() override { close(); }

private:
  /// A list or map that is being filled, and the key a value is awaited for.
  struct Open {
    YamlNode node;
    std::string key;
    bool has_key = false;
  };

  static int line_of(const YAML::Mark& mark) { return mark.line + 1; }

  static void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0)
      throw YamlRefused{line_of(mark), "too_much",
                        "Anker und Verweise (& und *) sind im Aktenplan nicht erlaubt."};
  }

  void open(YamlNode node) {
    if (open_.size() >= plan_limits::depth)
      throw YamlRefused{node.line, "too_much",
                        fmt::format("Der Aktenplan ist tiefer als {} Ebenen.", plan_limits::depth)};
    open_.push_back({std::move(node), {}, false});
  }

  void close() {
    YamlNode done = std::move(open_.back().node);
    open_.pop_back();
    place(std::move(done));
  }

  void place(YamlNode node) {
    if (++values_ > plan_limits::values)
      throw YamlRefused{node.line, "too_much",
                        fmt::format("Der Aktenplan hat mehr als {} Angaben.", plan_limits::values)};
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& around = open_.back();
    if (around.node.kind == YamlNode::Kind::list) {
      around.node.items.push_back(std::move(node));
    } else if (!around.has_key) {
      take_key(around, node);
    } else {
      around.node.members.emplace_back(std::move(around.key), std::move(node));
      around.has_key = false;
    }
  }

  static void take_key(Open& around, const YamlNode& key) {
    if (key.kind != YamlNode::Kind::scalar)
      throw YamlRefused{key.line, "not_readable", "Der Name einer Angabe ist kein einfacher Text."};
    if (around.node.find(key.text) != nullptr)
      throw YamlRefused{key.line, "field_twice",
                        fmt::format("Die Angabe „{}“ steht hier zweimal.", key.text)};
    around.key = key.text;
    around.has_key = true;
  }

  YamlNode root_;
  std::vector<Open> open_;
  std::size_t values_ = 0;
};

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
  const auto found = std::ranges::find(members, key, [](const auto& member) { return member.first; });
  return found == members.end() ? nullptr : &found->second;
}

YamlNode read_yaml(std::string_view text) {
  std::istringstream stream{std::string(text)};
  TreeBuilder builder;
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
  } catch (const YAML::Exception& error) {
    throw YamlRefused{error.mark.line + 1, "not_readable",
                      fmt::format("Das ist kein gültiges YAML: {}", error.msg)};
  }
  return std::move(builder).tree();
}

}  // namespace eakte::archive

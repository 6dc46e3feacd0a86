#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::archive {

/// A YAML document as values with lines. Made within limits, before anything is believed.
struct YamlNode {
  enum class Kind { nothing, scalar, list, map };
  Kind kind = Kind::nothing;
  int line = 1;
  std::string text;                                       ///< of a scalar
  std::vector<YamlNode> items;                            ///< of a list
  std::vector<std::pair<std::string, YamlNode>> members;  ///< of a map, in order

  const YamlNode* find(std::string_view key) const;
};

/// What stops the reading; `what` is German.
struct YamlRefused {
  int line = 0;
  std::string code;
  std::string what;
};

/// Reads the first document. Throws YamlRefused: not YAML, an anchor or alias, a key twice in one map, too
/// deep or too much.
YamlNode read_yaml(std::string_view text);

}  // namespace eakte::archive

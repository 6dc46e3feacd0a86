#include "archive/hash_tree.h"

namespace eakte::archive {

HashTree::HashTree(DigestAlgorithm algorithm, std::vector<std::vector<std::string>> groups)
    : groups_(std::move(groups)) {
  if (groups_.empty()) throw Error("a hash tree needs at least one document");
  std::vector<std::string>& leaves = levels_.emplace_back();
  for (const auto& group : groups_) {
    if (group.empty()) throw Error("a group of a hash tree holds no digest");
    leaves.push_back(root_of({group}, algorithm));
  }
  while (levels_.back().size() > 1) {
    const std::vector<std::string>& below = levels_.back();
    std::vector<std::string> above;
    for (std::size_t i = 0; i + 1 < below.size(); i += 2)
      above.push_back(root_of({{below[i], below[i + 1]}}, algorithm));
    if (below.size() % 2 == 1) above.push_back(below.back());
    levels_.push_back(std::move(above));
  }
}

ReducedHashTree HashTree::reduced(std::size_t group) const {
  ReducedHashTree tree{groups_.at(group)};
  std::size_t position = group;
  for (const auto& level : levels_) {
    const std::size_t sibling = position ^ 1U;
    if (sibling < level.size()) tree.push_back({level[sibling]});
    position /= 2;
  }
  return tree;
}

}  // namespace eakte::archive

#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace eakte::archive {

/// An element of a METS file while it is read: what it has is kept, what is in it is only told to the
/// visitor.
struct MetsElement {
  std::string name;  ///< without prefix
  std::map<std::string, std::string>
      attributes;  ///< names with the usual prefix: "xlink:href", "csip:NOTETYPE"
  std::string text;
};

/// Told of each element when it ends; `path` holds the elements from the root down to it, itself the last.
using MetsVisitor = std::function<void(const std::vector<MetsElement>& path)>;

/// Reads a METS file from its beginning to its end, holding no more of it than one branch: no DTD, no
/// network, no entities, depth bounded. Foreign bytes. Throws Error when it is not well-formed or not METS.
void read_mets(const std::filesystem::path& file, const MetsVisitor& visit);

}  // namespace eakte::archive

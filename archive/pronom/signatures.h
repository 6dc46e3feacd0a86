#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "archive/format_id.h"
#include "archive/pronom/pattern.h"

namespace eakte::archive {

/// One pattern and where it has to lie.
struct PlacedPattern {
  enum class Anchor { beginning, end, anywhere };
  Anchor anchor = Anchor::beginning;
  std::size_t least = 0;  ///< distance of its first byte from the beginning, or of its last from the end
  std::size_t most = 0;
  Pattern pattern;  ///< reversed already when it is anchored at the end

  /// Nothing when the notation is not known.
  static std::optional<PlacedPattern> from(Anchor anchor, std::size_t least, std::size_t most,
                                           std::string_view notation);
  bool in(std::span<const std::byte> bytes) const;
};

using Signature = std::vector<PlacedPattern>;  ///< all of them must match

/// A mark inside a container: these members are there, with these patterns in them.
struct ContainerSignature {
  enum class Container { zip, ole2 };
  struct Member {
    std::string path;
    std::vector<Signature> alternatives;  ///< one of them must match; none: the member's presence is enough
  };
  Container container = Container::zip;
  std::string puid;
  std::vector<Member> members;
};

struct KnownFormat {
  std::string puid;
  std::string name;
  std::string version;
  std::string media_type;
  std::vector<std::string> extensions;
  std::vector<Signature> signatures;
  std::vector<std::string> goes_before;  ///< PUIDs of formats that are less exact
};

/// What FormatSignatures is made of. `formats` is in the order of PUIDs.
struct FormatSignatures::Set {
  std::string edition;
  std::vector<KnownFormat> formats;
  std::vector<ContainerSignature> containers;
  std::vector<std::string> left_out;

  const KnownFormat* find(std::string_view puid) const;
  void sort();
};

std::unique_ptr<const FormatSignatures::Set> own_signatures();

}  // namespace eakte::archive

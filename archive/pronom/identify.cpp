#include <algorithm>
#include <cctype>
#include <charconv>

#include "archive/compound_file.h"
#include "archive/mapped_file.h"
#include "archive/pronom/signatures.h"
#include "archive/pronom/zip_members.h"

namespace eakte::archive {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::size_t most_at_one_end = std::size_t{16} << 20U;
constexpr std::size_t most_of_a_member = std::size_t{128} << 10U;

/// The parts of a file that are looked at: all of it, or both ends.
struct Ends {
  Bytes beginning;
  Bytes end;

  explicit Ends(Bytes bytes)
      : beginning(bytes.size() <= 2 * most_at_one_end ? bytes : bytes.first(most_at_one_end)),
        end(bytes.size() <= 2 * most_at_one_end ? bytes : bytes.last(most_at_one_end)) {}

  bool have(const PlacedPattern& placed) const {
    switch (placed.anchor) {
      case PlacedPattern::Anchor::beginning:
        return placed.in(beginning);
      case PlacedPattern::Anchor::end:
        return placed.in(end);
      case PlacedPattern::Anchor::anywhere:
        return placed.in(beginning) || (end.data() != beginning.data() && placed.in(end));
    }
    return false;
  }

  bool have(const Signature& signature) const {
    return std::ranges::all_of(signature, [&](const PlacedPattern& placed) { return have(placed); });
  }
};

/// The members of a container, read once each.
class ContainerContent {
public:
  ContainerContent(Bytes bytes, ContainerSignature::Container kind) : kind_(kind) {
    if (kind == ContainerSignature::Container::zip) {
      zip_ = std::make_unique<ZipMembers>(bytes);
    } else {
      ole2_ = std::make_unique<CompoundFile>(
          std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
    }
  }

  bool fits(const ContainerSignature& signature) {
    return signature.container == kind_ &&
           std::ranges::all_of(signature.members,
                               [&](const ContainerSignature::Member& member) { return fits(member); });
  }

private:
  bool fits(const ContainerSignature::Member& member) {
    if (!has(member.path)) return false;
    if (member.alternatives.empty()) return true;
    const Ends ends(content(member.path));
    return std::ranges::any_of(member.alternatives,
                               [&](const Signature& signature) { return ends.have(signature); });
  }

  /// OLE2 names may begin with a control character, which signatures leave out.
  const CompoundFile::Entry* entry(std::string_view path) const {
    for (const CompoundFile::Entry& one : ole2_->entries()) {
      std::string_view name = one.name;
      while (!name.empty() && static_cast<unsigned char>(name.front()) < ' ') name.remove_prefix(1);
      if (name == path) return &one;
    }
    return nullptr;
  }

  bool has(const std::string& path) const {
    return zip_ != nullptr ? zip_->has(path) : entry(path) != nullptr;
  }

  Bytes content(const std::string& path) {
    const auto [place, is_new] = read_.try_emplace(path);
    if (is_new && zip_)
      place->second = zip_->first_bytes(path, most_of_a_member).value_or(std::vector<std::byte>());
    if (is_new && ole2_) {
      const auto bytes = ole2_->first_bytes(*entry(path), most_of_a_member);
      const Bytes raw = std::as_bytes(std::span(bytes));
      place->second.assign(raw.begin(), raw.end());
    }
    return place->second;
  }

  ContainerSignature::Container kind_;
  std::unique_ptr<const ZipMembers> zip_;
  std::unique_ptr<const CompoundFile> ole2_;
  std::map<std::string, std::vector<std::byte>> read_;
};

std::vector<std::string> container_hits(const FormatSignatures::Set& set, Bytes bytes) {
  std::unique_ptr<ContainerContent> content;
  if (ZipMembers::is_one(bytes)) {
    content = std::make_unique<ContainerContent>(bytes, ContainerSignature::Container::zip);
  } else if (CompoundFile::is_one(
                 std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()))) {
    content = std::make_unique<ContainerContent>(bytes, ContainerSignature::Container::ole2);
  }
  std::vector<std::string> hits;
  if (!content) return hits;
  for (const ContainerSignature& signature : set.containers) {
    if (std::ranges::find(hits, signature.puid) == hits.end() && content->fits(signature))
      hits.push_back(signature.puid);
  }
  return hits;
}

/// Takes away what something more exact goes before.
void keep_most_exact(const FormatSignatures::Set& set, std::vector<std::string>& hits) {
  const std::vector<std::string> all = hits;
  std::erase_if(hits, [&](const std::string& puid) {
    return std::ranges::any_of(all, [&](const std::string& other) {
      const KnownFormat* format = set.find(other);
      return format != nullptr && std::ranges::find(format->goes_before, puid) != format->goes_before.end();
    });
  });
}

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return {};
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return extension;
}

bool has_extension(const KnownFormat& format, const std::string& extension) {
  return std::ranges::find(format.extensions, extension) != format.extensions.end();
}

/// No control characters but those of running text, or UTF-16 with its mark.
bool looks_like_text(Bytes bytes) {
  const Bytes start = bytes.first(std::min<std::size_t>(bytes.size(), std::size_t{64} << 10U));
  if (start.empty()) return false;
  if (start.size() >= 2 && ((start[0] == std::byte{0xFF} && start[1] == std::byte{0xFE}) ||
                            (start[0] == std::byte{0xFE} && start[1] == std::byte{0xFF})))
    return true;
  return std::ranges::all_of(start, [](std::byte one) {
    const auto c = static_cast<unsigned char>(one);
    return c >= ' ' || (c >= '\t' && c <= '\r') || c == 0x1B;
  });
}

bool is_text(const KnownFormat& format) {
  constexpr std::array<std::string_view, 3> others{"application/json", "message/rfc822", "application/mbox"};
  return format.media_type.starts_with("text/") ||
         std::ranges::find(others, format.media_type) != others.end();
}

/// A format that only its files' names tell: it has no marks, or is text whose marks few files carry.
const KnownFormat* by_extension(const FormatSignatures::Set& set, Bytes bytes, const std::string& extension) {
  if (extension.empty() || bytes.empty()) return nullptr;
  const auto has_marks = [&](const KnownFormat& format) {
    return !format.signatures.empty() ||
           std::ranges::find(set.containers, format.puid, &ContainerSignature::puid) != set.containers.end();
  };
  std::vector<const KnownFormat*> fitting;
  for (const KnownFormat& format : set.formats) {
    if (!has_extension(format, extension)) continue;
    if (is_text(format) ? looks_like_text(bytes) : !has_marks(format)) fitting.push_back(&format);
  }
  if (fitting.size() == 1) return fitting.front();
  const auto unmarked =
      std::ranges::find_if(fitting, [&](const KnownFormat* one) { return !has_marks(*one); });
  return unmarked == fitting.end() ? nullptr : *unmarked;
}

FormatId id_of(const KnownFormat& format, FormatId::Basis basis) {
  return {format.puid, format.name, format.version, format.media_type, basis};
}

/// "fmt/12" as (0, 12), "x-fmt/3" as (1, 3): the order of PUIDs.
std::pair<int, int> order_of(std::string_view puid) {
  const std::size_t slash = puid.find('/');
  int number = 0;
  if (slash != std::string_view::npos)
    std::from_chars(puid.data() + slash + 1, puid.data() + puid.size(), number);
  return {puid.starts_with("x-") ? 1 : 0, number};
}

}  // namespace

std::string_view name_of(FormatId::Basis basis) {
  constexpr std::array<std::string_view, 4> names{"none", "container", "signature", "extension"};
  return names.at(static_cast<std::size_t>(basis));
}

bool is_puid(std::string_view text) {
  if (text.starts_with("x-")) text.remove_prefix(2);
  if (!text.starts_with("fmt/")) return false;
  text.remove_prefix(4);
  return !text.empty() && text.size() <= 6 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<PlacedPattern> PlacedPattern::from(Anchor anchor, std::size_t least, std::size_t most,
                                                 std::string_view notation) {
  auto pattern = Pattern::parse(notation);
  if (!pattern) return std::nullopt;
  if (anchor == Anchor::anywhere) most = Pattern::no_limit;
  return PlacedPattern{anchor, least, most,
                       anchor == Anchor::end ? pattern->reversed() : *std::move(pattern)};
}

bool PlacedPattern::in(std::span<const std::byte> bytes) const {
  const ByteView view(bytes, anchor == Anchor::end ? ByteView::From::end : ByteView::From::beginning);
  return pattern.matches(view, least, most);
}

const KnownFormat* FormatSignatures::Set::find(std::string_view puid) const {
  const auto found = std::ranges::lower_bound(formats, order_of(puid), {},
                                              [](const KnownFormat& one) { return order_of(one.puid); });
  return found != formats.end() && found->puid == puid ? &*found : nullptr;
}

void FormatSignatures::Set::sort() {
  std::ranges::stable_sort(formats, {}, [](const KnownFormat& one) { return order_of(one.puid); });
}

FormatSignatures::FormatSignatures(std::unique_ptr<const Set> set) : set_(std::move(set)) {}
FormatSignatures::~FormatSignatures() = default;
FormatSignatures::FormatSignatures(FormatSignatures&&) noexcept = default;
FormatSignatures& FormatSignatures::operator=(FormatSignatures&&) noexcept = default;

const FormatSignatures& FormatSignatures::own() {
  static const FormatSignatures signatures(own_signatures());
  return signatures;
}

const std::string& FormatSignatures::edition() const { return set_->edition; }
std::size_t FormatSignatures::formats() const { return set_->formats.size(); }
const std::vector<std::string>& FormatSignatures::left_out() const { return set_->left_out; }

FormatId FormatSignatures::identify(std::span<const std::byte> bytes, std::string_view name) const {
  auto basis = FormatId::Basis::container;
  std::vector<std::string> hits = container_hits(*set_, bytes);
  if (hits.empty()) {
    basis = FormatId::Basis::signature;
    const Ends ends(bytes);
    for (const KnownFormat& format : set_->formats) {
      if (std::ranges::any_of(format.signatures,
                              [&](const Signature& signature) { return ends.have(signature); }))
        hits.push_back(format.puid);
    }
  }
  keep_most_exact(*set_, hits);
  const std::string extension = extension_of(name);
  const KnownFormat* best = nullptr;
  for (const std::string& puid : hits) {
    const KnownFormat* format = set_->find(puid);
    if (format == nullptr) continue;
    if (best == nullptr || (has_extension(*format, extension) && !has_extension(*best, extension)))
      best = format;
  }
  if (best != nullptr) return id_of(*best, basis);
  const KnownFormat* named = by_extension(*set_, bytes, extension);
  return named == nullptr ? FormatId() : id_of(*named, FormatId::Basis::extension);
}

FormatId FormatSignatures::identify(int descriptor, std::string_view name) const {
  const MappedFile file(descriptor);
  return identify(std::as_bytes(std::span(file.bytes())), name);
}

}  // namespace eakte::archive

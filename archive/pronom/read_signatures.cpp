#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "archive/error.h"
#include "archive/json_number.h"
#include "archive/object_store.h"
#include "archive/pdf/xml.h"
#include "archive/pronom/signatures.h"

namespace eakte::archive {
namespace {

using nlohmann::json;
using Anchor = PlacedPattern::Anchor;

std::string content_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error(fmt::format("{} cannot be read", file.string()));
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::string text_in(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::size_t number_in(const json& object, const char* key, std::size_t otherwise) {
  const auto found = object.find(key);
  return found != object.end() && found->is_number_unsigned() ? found->get<std::size_t>() : otherwise;
}

std::optional<PlacedPattern> placed_pattern(const json& sequence) {
  const std::string position = text_in(sequence, "positionType");
  const Anchor anchor = position == "Absolute from BOF"   ? Anchor::beginning
                        : position == "Absolute from EOF" ? Anchor::end
                                                          : Anchor::anywhere;
  const std::size_t least = number_in(sequence, "offset", 0);
  // Counted from the offset on, as the registry's own program does.
  const std::size_t more = number_in(sequence, "maxOffset", 0);
  return PlacedPattern::from(anchor, least, least + more, text_in(sequence, "byteSequence"));
}

void add_sequences(FormatSignatures::Set& set, KnownFormat& format, const json& sequences) {
  Signature signature;
  for (const json& sequence : sequences) {
    auto placed = placed_pattern(sequence);
    if (!placed) {
      set.left_out.push_back(fmt::format("{}: {}", format.puid, text_in(sequence, "byteSequence")));
      return;
    }
    signature.push_back(*std::move(placed));
  }
  if (!signature.empty()) format.signatures.push_back(std::move(signature));
}

/// Many formats in one file, with their sequences grouped and relations by PUID.
void read_collection(FormatSignatures::Set& set, const json& formats) {
  for (const json& value : formats) {
    KnownFormat format;
    format.puid = text_in(value, "puid");
    if (!is_puid(format.puid)) continue;
    format.name = text_in(value, "name");
    format.version = text_in(value, "version");
    if (!value.at("mime").empty()) format.media_type = value.at("mime").at(0).get<std::string>();
    format.extensions = value.at("ext").get<std::vector<std::string>>();
    for (const json& signature : value.at("internalSignatures"))
      add_sequences(set, format, signature.at("byteSequences"));
    for (const json& relation : value.at("relationships")) {
      if (text_in(relation, "type") == "Has priority over")
        format.goes_before.push_back(text_in(relation, "puid"));
    }
    set.formats.push_back(std::move(format));
  }
}

/// A format of which relations are told by the registry's own numbers.
struct NumberedFormat {
  std::int64_t number = 0;
  KnownFormat format;
  std::vector<std::int64_t> goes_before;
};

/// One format as the registry publishes it, a file each.
NumberedFormat single_format(FormatSignatures::Set& set, const json& value) {
  NumberedFormat one;
  one.number = whole_number<std::int64_t>(value.at("fileFormatID"));
  KnownFormat& format = one.format;
  for (const json& identifier : value.at("identifiers")) {
    const std::string type = text_in(identifier, "identifierType");
    if (type == "PUID") format.puid = text_in(identifier, "identifierText");
    if (type == "MIME" && format.media_type.empty())
      format.media_type = text_in(identifier, "identifierText");
  }
  format.name = text_in(value, "formatName");
  format.version = text_in(value, "version");
  for (const json& external : value.at("externalSignatures")) {
    if (text_in(external, "signatureType") == "File extension")
      format.extensions.push_back(text_in(external, "externalSignature"));
  }
  std::map<std::int64_t, json> grouped;
  for (const json& sequence : value.at("internalSignatures")) {
    json& group = grouped.try_emplace(whole_number<std::int64_t>(sequence.at("signatureID")), json::array())
                      .first->second;
    group.push_back(sequence);
  }
  for (const auto& [number, sequences] : grouped) add_sequences(set, format, sequences);
  for (const json& relation : value.at("relationships")) {
    if (text_in(relation, "relationshipType") == "Has priority over")
      one.goes_before.push_back(whole_number<std::int64_t>(relation.at("relatedFormatID")));
  }
  return one;
}

/// The numbers of the registry become PUIDs once all files are read.
void add_numbered(FormatSignatures::Set& set, std::vector<NumberedFormat> formats) {
  std::map<std::int64_t, std::string> puids;
  for (const NumberedFormat& one : formats) puids[one.number] = one.format.puid;
  for (NumberedFormat& one : formats) {
    for (const std::int64_t number : one.goes_before) {
      if (const auto puid = puids.find(number); puid != puids.end())
        one.format.goes_before.push_back(puid->second);
    }
    if (is_puid(one.format.puid)) set.formats.push_back(std::move(one.format));
  }
}

// Container signatures.

std::size_t offset_in(const XmlElement& element, std::string_view name, std::size_t otherwise) {
  const XmlElement::Attribute* found = element.attribute("", name);
  if (found == nullptr) return otherwise;
  try {
    return std::stoul(found->value);
  } catch (const std::exception&) {
    throw Error(fmt::format("\"{}\" is no offset", found->value));
  }
}

/// A sequence with the fragments to its left and right; nothing when a notation is not known.
std::optional<Pattern> with_fragments(const XmlElement& part) {
  const XmlElement* sequence = part.child("", "Sequence");
  auto pattern = sequence == nullptr ? std::nullopt : Pattern::parse(sequence->text);
  for (const XmlElement& fragment : part.children) {
    const bool right = fragment.name == "RightFragment";
    if (!pattern || (!right && fragment.name != "LeftFragment")) continue;
    const auto more = Pattern::parse(fragment.text);
    if (!more) return std::nullopt;
    const std::size_t least = offset_in(fragment, "MinOffset", 0);
    const std::size_t most = offset_in(fragment, "MaxOffset", Pattern::no_limit);
    right ? pattern->append(*more, least, most) : pattern->prepend(*more, least, most);
  }
  return pattern;
}

std::optional<PlacedPattern> byte_sequence(const XmlElement& element) {
  const XmlElement::Attribute* reference = element.attribute("", "Reference");
  const bool from_end = reference != nullptr && reference->value == "EOFoffset";
  PlacedPattern placed;
  placed.anchor = from_end ? Anchor::end : Anchor::beginning;
  bool first = true;
  for (const XmlElement& part : element.children) {
    if (part.name != "SubSequence") continue;
    auto pattern = with_fragments(part);
    if (!pattern) return std::nullopt;
    if (from_end) pattern = pattern->reversed();
    const std::size_t least = offset_in(part, "SubSeqMinOffset", 0);
    const std::size_t most = offset_in(part, "SubSeqMaxOffset", Pattern::no_limit);
    if (first) {
      placed.least = least;
      placed.most = most;
      placed.pattern = *std::move(pattern);
    } else {
      placed.pattern.append(*pattern, least, most);
    }
    first = false;
  }
  return first ? std::nullopt : std::optional(std::move(placed));
}

/// The patterns of one member; nothing when a notation is not known.
std::optional<ContainerSignature::Member> member_from(const XmlElement& file) {
  const XmlElement* path = file.child("", "Path");
  if (path == nullptr) return std::nullopt;
  ContainerSignature::Member member{path->text, {}};
  const XmlElement* binary = file.child("", "BinarySignatures");
  const XmlElement* all = binary == nullptr ? nullptr : binary->child("", "InternalSignatureCollection");
  if (all == nullptr) return member;
  for (const XmlElement& internal : all->children) {
    Signature signature;
    for (const XmlElement& sequence : internal.children) {
      auto placed = byte_sequence(sequence);
      if (!placed) return std::nullopt;
      signature.push_back(*std::move(placed));
    }
    member.alternatives.push_back(std::move(signature));
  }
  return member;
}

void add_container(FormatSignatures::Set& set, const XmlElement& element, const std::string& puid) {
  const XmlElement::Attribute* type = element.attribute("", "ContainerType");
  const XmlElement* files = element.child("", "Files");
  const XmlElement* description = element.child("", "Description");
  if (type == nullptr || files == nullptr) return;
  ContainerSignature signature;
  signature.puid = puid;
  signature.container =
      type->value == "ZIP" ? ContainerSignature::Container::zip : ContainerSignature::Container::ole2;
  for (const XmlElement& file : files->children) {
    auto member = member_from(file);
    if (!member) {
      set.left_out.push_back(fmt::format("{}: a mark inside of {}", puid, type->value));
      return;
    }
    signature.members.push_back(*std::move(member));
  }
  if (signature.members.empty()) return;
  if (std::ranges::find(set.formats, puid, &KnownFormat::puid) == set.formats.end())
    set.formats.push_back({puid, description == nullptr ? puid : description->text, {}, {}, {}, {}, {}});
  set.containers.push_back(std::move(signature));
}

void read_containers(FormatSignatures::Set& set, const std::string& xml) {
  std::vector<std::string> instructions;
  const auto root = parse_xml(xml, instructions);
  const XmlElement* signatures = root ? root->child("", "ContainerSignatures") : nullptr;
  const XmlElement* mappings = root ? root->child("", "FileFormatMappings") : nullptr;
  if (signatures == nullptr || mappings == nullptr) throw Error("it holds no container signatures");
  std::map<std::string, std::string> puids;
  for (const XmlElement& mapping : mappings->children) {
    const auto* id = mapping.attribute("", "signatureId");
    const auto* puid = mapping.attribute("", "Puid");
    if (id != nullptr && puid != nullptr && is_puid(puid->value)) puids.try_emplace(id->value, puid->value);
  }
  for (const XmlElement& element : signatures->children) {
    const auto* id = element.attribute("", "Id");
    const auto puid = id == nullptr ? puids.end() : puids.find(id->value);
    if (puid != puids.end()) add_container(set, element, puid->second);
  }
}

std::vector<std::filesystem::path> files_below(const std::filesystem::path& directory) {
  std::error_code refused;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory, refused)) {
    const std::string extension = entry.path().extension().string();
    const bool containers = entry.path().filename().string().starts_with("container-signature");
    if (entry.is_regular_file() && (extension == ".json" || (extension == ".xml" && containers)))
      files.push_back(entry.path());
  }
  if (refused) throw Error(fmt::format("{}: {}", directory.string(), refused.message()));
  std::ranges::sort(files);
  return files;
}

}  // namespace

FormatSignatures FormatSignatures::load(const std::filesystem::path& directory) {
  auto set = std::make_unique<Set>();
  std::vector<NumberedFormat> numbered;
  std::vector<std::string> containers;
  std::string hashes;
  for (const auto& file : files_below(directory)) {
    try {
      const std::string text = content_of(file);
      hashes += sha256_hex(text);
      if (file.extension() == ".xml") {
        containers.push_back(text);
        continue;
      }
      const json value = json::parse(text);
      if (value.contains("formats")) {
        read_collection(*set, value.at("formats"));
      } else if (value.contains("fileFormatID")) {
        numbered.push_back(single_format(*set, value));
      }
    } catch (const json::exception& error) {
      throw Error(fmt::format("{}: {}", file.string(), error.what()));
    }
  }
  add_numbered(*set, std::move(numbered));
  if (set->formats.empty()) throw Error(fmt::format("{} holds no signatures of PRONOM", directory.string()));
  for (const std::string& xml : containers) read_containers(*set, xml);
  set->sort();
  constexpr std::size_t digits = 16;
  set->edition = "pronom-" + sha256_hex(hashes).substr(0, digits);
  return FormatSignatures(std::move(set));
}

}  // namespace eakte::archive

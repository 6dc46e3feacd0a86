#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "archive/package.h"
#include "archive/package/bag_text.h"
#include "archive/package/digests.h"
#include "archive/package/mets_reader.h"

// The MUST rules of the profile E-ARK CSIP 2.2.0 for METS files (rule PK-02).

namespace eakte::archive {
namespace {

constexpr std::size_t most_sentences = 200;

/// An attribute that an element must have, with a value when only one is right.
struct RequiredAttribute {
  std::string_view rule, path, name, value;
};
constexpr auto required_attributes = std::to_array<RequiredAttribute>({
    {"CSIP1", "mets", "OBJID", ""},
    {"CSIP2", "mets", "TYPE", ""},
    {"CSIP6", "mets", "PROFILE", ""},
    {"CSIP7", "mets/metsHdr", "CREATEDATE", ""},
    {"CSIP9", "mets/metsHdr", "csip:OAISPACKAGETYPE", ""},
    {"CSIP18", "mets/dmdSec", "ID", ""},
    {"CSIP19", "mets/dmdSec", "CREATED", ""},
    {"CSIP22", "mets/dmdSec/mdRef", "LOCTYPE", "URL"},
    {"CSIP23", "mets/dmdSec/mdRef", "xlink:type", "simple"},
    {"CSIP24", "mets/dmdSec/mdRef", "xlink:href", ""},
    {"CSIP25", "mets/dmdSec/mdRef", "MDTYPE", ""},
    {"CSIP26", "mets/dmdSec/mdRef", "MIMETYPE", ""},
    {"CSIP27", "mets/dmdSec/mdRef", "SIZE", ""},
    {"CSIP28", "mets/dmdSec/mdRef", "CREATED", ""},
    {"CSIP29", "mets/dmdSec/mdRef", "CHECKSUM", ""},
    {"CSIP30", "mets/dmdSec/mdRef", "CHECKSUMTYPE", ""},
    {"CSIP33", "mets/amdSec/digiprovMD", "ID", ""},
    {"CSIP36", "mets/amdSec/digiprovMD/mdRef", "LOCTYPE", "URL"},
    {"CSIP37", "mets/amdSec/digiprovMD/mdRef", "xlink:type", "simple"},
    {"CSIP38", "mets/amdSec/digiprovMD/mdRef", "xlink:href", ""},
    {"CSIP39", "mets/amdSec/digiprovMD/mdRef", "MDTYPE", ""},
    {"CSIP40", "mets/amdSec/digiprovMD/mdRef", "MIMETYPE", ""},
    {"CSIP41", "mets/amdSec/digiprovMD/mdRef", "SIZE", ""},
    {"CSIP42", "mets/amdSec/digiprovMD/mdRef", "CREATED", ""},
    {"CSIP43", "mets/amdSec/digiprovMD/mdRef", "CHECKSUM", ""},
    {"CSIP44", "mets/amdSec/digiprovMD/mdRef", "CHECKSUMTYPE", ""},
    {"CSIP46", "mets/amdSec/rightsMD", "ID", ""},
    {"CSIP49", "mets/amdSec/rightsMD/mdRef", "LOCTYPE", "URL"},
    {"CSIP50", "mets/amdSec/rightsMD/mdRef", "xlink:type", "simple"},
    {"CSIP51", "mets/amdSec/rightsMD/mdRef", "xlink:href", ""},
    {"CSIP52", "mets/amdSec/rightsMD/mdRef", "MDTYPE", ""},
    {"CSIP53", "mets/amdSec/rightsMD/mdRef", "MIMETYPE", ""},
    {"CSIP54", "mets/amdSec/rightsMD/mdRef", "SIZE", ""},
    {"CSIP55", "mets/amdSec/rightsMD/mdRef", "CREATED", ""},
    {"CSIP56", "mets/amdSec/rightsMD/mdRef", "CHECKSUM", ""},
    {"CSIP57", "mets/amdSec/rightsMD/mdRef", "CHECKSUMTYPE", ""},
    {"CSIP64", "mets/fileSec/fileGrp", "USE", ""},
    {"CSIP65", "mets/fileSec/fileGrp", "ID", ""},
    {"CSIP67", "mets/fileSec/fileGrp/file", "ID", ""},
    {"CSIP68", "mets/fileSec/fileGrp/file", "MIMETYPE", ""},
    {"CSIP69", "mets/fileSec/fileGrp/file", "SIZE", ""},
    {"CSIP70", "mets/fileSec/fileGrp/file", "CREATED", ""},
    {"CSIP71", "mets/fileSec/fileGrp/file", "CHECKSUM", ""},
    {"CSIP72", "mets/fileSec/fileGrp/file", "CHECKSUMTYPE", ""},
    {"CSIP77", "mets/fileSec/fileGrp/file/FLocat", "LOCTYPE", "URL"},
    {"CSIP78", "mets/fileSec/fileGrp/file/FLocat", "xlink:type", "simple"},
    {"CSIP79", "mets/fileSec/fileGrp/file/FLocat", "xlink:href", ""},
    {"CSIP81", "mets/structMap", "TYPE", "PHYSICAL"},
    {"CSIP83", "mets/structMap", "ID", ""},
    {"CSIP85", "mets/structMap/div", "ID", ""},
    {"CSIP106", "mets/structMap/div/div", "ID", ""},
    {"CSIP107", "mets/structMap/div/div", "LABEL", ""},
    {"CSIP108", "mets/structMap/div/div/mptr", "xlink:title", ""},
    {"CSIP110", "mets/structMap/div/div/mptr", "xlink:href", ""},
    {"CSIP111", "mets/structMap/div/div/mptr", "xlink:type", "simple"},
    {"CSIP112", "mets/structMap/div/div/mptr", "LOCTYPE", "URL"},
});

/// An element that must be inside of another.
struct RequiredChild {
  std::string_view rule, path, child;
};
constexpr auto required_children = std::to_array<RequiredChild>({
    {"CSIP117", "mets", "metsHdr"},
    {"CSIP80", "mets", "structMap"},
    {"CSIP10", "mets/metsHdr", "agent"},
    {"CSIP66", "mets/fileSec/fileGrp", "file"},
    {"CSIP76", "mets/fileSec/fileGrp/file", "FLocat"},
    {"CSIP84", "mets/structMap", "div"},
});

/// What the agent that made the package must have.
struct AgentFacts {
  bool creator = false, other = false, software = false, name = false, note = false, version = false;
};

std::string value_of(const MetsElement& element, std::string_view name) {
  const auto found = element.attributes.find(std::string(name));
  return found == element.attributes.end() ? std::string() : found->second;
}

class MetsCheck {
public:
  MetsCheck(std::filesystem::path root, std::string mets, PackageVerdict& verdict, bool with_files)
      : root_(std::move(root)), mets_(std::move(mets)), verdict_(verdict), with_files_(with_files) {}

  /// Returns the METS files of representations it points to.
  std::vector<std::string> run() && {
    try {
      read_mets(root_ / mets_, [&](const std::vector<MetsElement>& path) { take(path); });
    } catch (const StorageFailure&) {
      throw;
    } catch (const Error& error) {
      fault("METS", error.what());
      return {};
    }
    check_agents();
    check_structure();
    check_groups();
    return std::move(representations_);
  }

private:
  void fault(std::string_view rule, const std::string& text) {
    if (verdict_.errors.size() < most_sentences)
      verdict_.errors.push_back(fmt::format("{} {}: {}", rule, mets_, text));
  }
  void hint(std::string_view rule, const std::string& text) {
    if (verdict_.warnings.size() < most_sentences)
      verdict_.warnings.push_back(fmt::format("{} {}: {}", rule, mets_, text));
  }

  void take(const std::vector<MetsElement>& path) {
    std::string name;
    for (const MetsElement& element : path) name += (name.empty() ? "" : "/") + element.name;
    const MetsElement& element = path.back();
    children_.resize(std::max(children_.size(), path.size() + 1));
    for (const RequiredAttribute& one : required_attributes) {
      if (one.path != name) continue;
      const std::string value = value_of(element, one.name);
      if (value.empty()) {
        fault(one.rule, fmt::format("{}/@{} is missing", name, one.name));
      } else if (!one.value.empty() && value != one.value) {
        fault(one.rule, fmt::format("{}/@{} is \"{}\", not \"{}\"", name, one.name, value, one.value));
      }
    }
    for (const RequiredChild& one : required_children) {
      if (one.path == name && !children_[path.size()].contains(std::string(one.child)))
        fault(one.rule, fmt::format("{}/{} is missing", name, one.child));
    }
    children_[path.size()].clear();
    children_[path.size() - 1].insert(element.name);
    take_facts(name, path);
  }

  void take_facts(const std::string& name, const std::vector<MetsElement>& path) {
    const MetsElement& element = path.back();
    if (name == "mets/metsHdr/agent/name") agent_.name = true;
    if (name == "mets/metsHdr/agent/note") {
      agent_.note = true;
      agent_.version = agent_.version || value_of(element, "csip:NOTETYPE") == "SOFTWARE VERSION";
    }
    if (name == "mets/metsHdr/agent") {
      agent_.creator = value_of(element, "ROLE") == "CREATOR";
      agent_.other = value_of(element, "TYPE") == "OTHER";
      agent_.software = value_of(element, "OTHERTYPE") == "SOFTWARE";
      agents_.push_back(agent_);
      agent_ = {};
    }
    // The file section is optional, and so the corpus takes one without ID for a blemish.
    if (name == "mets/fileSec" && value_of(element, "ID").empty())
      hint("CSIP59", "mets/fileSec/@ID is missing");
    if (name == "mets/fileSec/fileGrp") groups_.insert(value_of(element, "USE"));
    if (name == "mets/structMap") take_structure(element);
    if (name == "mets/structMap/div/div") divisions_.insert(value_of(element, "LABEL"));
    if (name == "mets/structMap/div/div/fptr" && value_of(element, "FILEID").empty()) {
      const std::string label = value_of(path[path.size() - 2], "LABEL");
      fault(label == "Documentation" ? "CSIP116"
            : label == "Schemas"     ? "CSIP118"
                                     : "CSIP119",
            fmt::format("the pointer in division {} has no @FILEID", label));
    }
    if (name == "mets/structMap/div/div/mptr") representations_.push_back(value_of(element, "xlink:href"));
    if (element.name == "mdRef") check_file(element, value_of(element, "xlink:href"));
    if (name == "mets/fileSec/fileGrp/file/FLocat")
      check_file(path[path.size() - 2], value_of(element, "xlink:href"));
  }

  void take_structure(const MetsElement& element) {
    const std::string label = value_of(element, "LABEL");
    if (!label.starts_with("CSIP")) return;
    has_structure_ = true;
    if (label != "CSIP") hint("CSIP82", fmt::format("mets/structMap/@LABEL is \"{}\", not \"CSIP\"", label));
    divisions_of_structure_ = divisions_;
  }

  void check_agents() {
    const auto some = [&](bool AgentFacts::*fact) {
      return std::ranges::any_of(agents_, [&](const AgentFacts& one) { return one.*fact; });
    };
    if (agents_.empty()) return;
    if (!some(&AgentFacts::creator)) fault("CSIP11", "no agent has the role CREATOR");
    if (!some(&AgentFacts::other)) fault("CSIP12", "no agent has the type OTHER");
    if (!some(&AgentFacts::software)) fault("CSIP13", "no agent has the other type SOFTWARE");
    if (!some(&AgentFacts::name)) fault("CSIP14", "no agent has a name");
    if (!some(&AgentFacts::note)) fault("CSIP15", "no agent has a note");
    if (!some(&AgentFacts::version)) fault("CSIP16", "no agent tells the version of the software");
  }

  void check_structure() {
    if (!has_structure_) {
      fault("CSIP82", "there is no structMap with the label CSIP");
    } else if (!divisions_of_structure_.contains("Metadata")) {
      fault("CSIP88", "there is no division Metadata");
    }
  }

  static bool has_files(const std::filesystem::path& directory) {
    if (!std::filesystem::is_directory(directory)) return false;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
      if (entry.is_regular_file() && !entry.path().filename().string().starts_with(".")) return true;
    }
    return false;
  }

  /// What lies in the package must be told of in its group.
  void check_groups() {
    const auto here = (root_ / mets_).parent_path();
    const auto any_begins = [&](std::string_view begin) {
      return std::ranges::any_of(groups_, [&](const std::string& use) { return use.starts_with(begin); });
    };
    if (has_files(here / "documentation") && !any_begins("Documentation"))
      fault("CSIP60", "the files in documentation are in no group");
    if (has_files(here / "schemas") && !any_begins("Schemas"))
      fault("CSIP113", "the files in schemas are in no group");
    if (has_files(here / "representations") && !any_begins("Representations"))
      fault("CSIP114", "the files in representations are in no group");
  }

  void check_file(const MetsElement& element, const std::string& href) {
    if (!with_files_ || href.empty()) return;
    if (!is_safe_path(href)) return fault("file", fmt::format("{} lies outside of the package", href));
    const auto file = (root_ / mets_).parent_path() / href;
    if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(file)))
      return fault("file", fmt::format("{} is missing", href));
    const std::string algorithm = value_of(element, "CHECKSUMTYPE");
    if (!Digests::knows(algorithm))
      return fault("file", fmt::format("{}: the checksum {} is not known", href, algorithm));
    const FileDigests found = digests_of_file(file, {algorithm});
    if (value_of(element, "SIZE") != std::to_string(found.size))
      fault("file", fmt::format("{} has {} bytes, not {}", href, found.size, value_of(element, "SIZE")));
    if (value_of(element, "CHECKSUM") != found.values.front())
      fault("file", fmt::format("{} has the {} {}, not {}", href, algorithm, found.values.front(),
                                value_of(element, "CHECKSUM")));
  }

  std::filesystem::path root_;
  std::string mets_;
  PackageVerdict& verdict_;
  bool with_files_;
  std::vector<std::set<std::string>> children_;
  std::vector<AgentFacts> agents_;
  AgentFacts agent_;
  std::set<std::string> groups_;
  std::set<std::string> divisions_;
  std::set<std::string> divisions_of_structure_;
  std::vector<std::string> representations_;
  bool has_structure_ = false;
};

}  // namespace

PackageVerdict check_information_package(const std::filesystem::path& directory, FileCheck files) {
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(directory / "METS.xml")))
    throw Error(fmt::format("{} holds no METS.xml", directory.string()));
  PackageVerdict verdict;
  const bool with_files = files == FileCheck::yes;
  for (const std::string& inner : MetsCheck(directory, "METS.xml", verdict, with_files).run()) {
    if (is_safe_path(inner)) MetsCheck(directory, inner, verdict, with_files).run();
  }
  return verdict;
}

}  // namespace eakte::archive

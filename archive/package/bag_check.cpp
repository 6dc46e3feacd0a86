#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "archive/package.h"
#include "archive/package/bag_text.h"
#include "archive/package/digests.h"

namespace eakte::archive {
namespace {

constexpr std::uint64_t most_tag_bytes = std::uint64_t{4} << 30U;
constexpr std::size_t most_sentences = 200;

/// What the manifests say of one file.
struct Listed {
  std::vector<std::string> algorithms;
  std::vector<std::string> checksums;
};

/// Files systems put beside other files, which get lost and come back on the way.
bool is_system_file(const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return name == ".DS_Store" || name == "Thumbs.db" || name == "desktop.ini";
}

class BagCheck {
public:
  explicit BagCheck(const std::filesystem::path& directory) : root_(directory) {}

  PackageVerdict run() && {
    walk();
    if (!read_bagit()) return std::move(verdict_);
    check_fetch();
    const Files payload = read_manifests("manifest-", true);
    const Files tags = read_manifests("tagmanifest-", false);
    if (payload_manifests_ == 0) error("there is no manifest of the payload");
    check_coverage(payload);
    check_files(payload);
    check_files(tags);
    check_oxum();
    return std::move(verdict_);
  }

private:
  using Files = std::map<std::string, Listed>;

  template <class... Arguments>
  void error(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    if (verdict_.errors.size() < most_sentences)
      verdict_.errors.push_back(fmt::format(text, std::forward<Arguments>(arguments)...));
  }
  template <class... Arguments>
  void warning(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    if (verdict_.warnings.size() < most_sentences)
      verdict_.warnings.push_back(fmt::format(text, std::forward<Arguments>(arguments)...));
  }

  /// All files below the bag. Nothing else is ever opened, whatever a manifest says.
  void walk() {
    if (!std::filesystem::is_directory(root_)) throw Error(fmt::format("{} is no directory", root_.string()));
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
      const std::string path = entry.path().lexically_relative(root_).string();
      if (entry.is_symlink() || (!entry.is_regular_file() && !entry.is_directory())) {
        error("{} is neither a file nor a directory", path);
      } else if (entry.is_regular_file()) {
        sizes_[path] = entry.file_size();
        folded_[folded_path(path)].insert(path);
      }
    }
  }

  bool read_bagit() {
    if (!sizes_.contains("bagit.txt")) {
      error("bagit.txt is missing");
      return false;
    }
    const auto declared = read_declaration(small_file(root_ / "bagit.txt", most_tag_bytes));
    if (!declared) {
      error("bagit.txt is not what a bag begins with");
      return false;
    }
    declaration_ = *declared;
    if (declaration_.major > 1 || (declaration_.major == 1 && declaration_.minor > 0))
      error("version {}.{} of BagIt is not known", declaration_.major, declaration_.minor);
    if (!std::filesystem::is_directory(root_ / "data")) error("the directory data is missing");
    return true;
  }

  bool is_new() const { return declaration_.major >= 1; }

  std::optional<std::string> tag_text(const std::string& name) {
    auto text = decoded(small_file(root_ / name, most_tag_bytes), declaration_.encoding);
    if (!text) error("{} is not written in {}", name, declaration_.encoding);
    if (text && text->starts_with("\xEF\xBB\xBF")) error("{} begins with a byte order mark", name);
    return text;
  }

  Files read_manifests(const std::string& prefix, bool payload) {
    Files files;
    for (const auto& [name, size] : sizes_) {
      if (!name.starts_with(prefix) || !name.ends_with(".txt")) continue;
      const std::string algorithm = name.substr(prefix.size(), name.size() - prefix.size() - 4);
      if (!Digests::knows(algorithm)) {
        error("{}: the checksum {} is not known", name, algorithm);
        continue;
      }
      if (payload) ++payload_manifests_;
      read_manifest(name, algorithm, payload, files);
    }
    return files;
  }

  void read_manifest(const std::string& name, const std::string& algorithm, bool payload, Files& files) {
    const auto text = tag_text(name);
    if (!text) return;
    for (const std::string_view line : lines_in(*text)) {
      if (line.empty()) continue;
      auto entry = read_manifest_line(line);
      if (!entry) {
        error("{}: \"{}\" is not a line of a manifest", name, line.substr(0, 80));
        continue;
      }
      if (entry->starred || entry->dotted) warning("{}: {} is written unusually", name, entry->path);
      const std::string path = is_new() ? decoded_path(entry->path) : entry->path;
      if (!is_safe_path(path) || path.starts_with("data/") != payload) {
        error("{}: {} lies where this manifest must not point", name, path);
        continue;
      }
      add(files[path], name, path, algorithm, entry->checksum);
    }
  }

  void add(Listed& listed, const std::string& name, const std::string& path, const std::string& algorithm,
           const std::string& checksum) {
    const auto before = std::ranges::find(listed.algorithms, algorithm);
    if (before == listed.algorithms.end()) {
      listed.algorithms.push_back(algorithm);
      listed.checksums.push_back(checksum);
    } else if (listed.checksums[static_cast<std::size_t>(before - listed.algorithms.begin())] != checksum) {
      error("{}: {} stands there twice with different checksums", name, path);
    } else if (is_new()) {
      error("{}: {} stands there twice", name, path);
    } else {
      warning("{}: {} stands there twice", name, path);
    }
  }

  /// Every payload file must stand in the manifests: since 1.0 in each of them.
  void check_coverage(const Files& payload) {
    std::set<std::string> spellings;
    for (const auto& [path, listed] : payload) spellings.insert(folded_path(path));
    for (const auto& [path, size] : sizes_) {
      if (!path.starts_with("data/")) continue;
      ++files_;
      bytes_ += size;
      if (is_system_file(path)) warning("{} is a file of the operating system", path);
      if (!payload.contains(path) && !spellings.contains(folded_path(path)))
        error("{} stands in no manifest", path);
    }
    if (!is_new()) return;
    for (const auto& [path, listed] : payload) {
      if (listed.algorithms.size() != payload_manifests_) error("{} is missing in a manifest", path);
    }
  }

  void check_files(const Files& files) {
    std::map<std::string, std::string> spelled;
    for (const auto& [path, listed] : files) {
      const auto [other, first] = spelled.try_emplace(folded_path(path), path);
      if (!first) warning("{} and {} differ in their spelling only", other->second, path);
      if (sizes_.contains(path)) {
        check_file(path, path, listed);
      } else if (const auto same = folded_.find(folded_path(path)); same != folded_.end()) {
        warning("{} is called {} here", path, *same->second.begin());
        check_file(path, *same->second.begin(), listed);
      } else if (is_system_file(path)) {
        warning("{}, a file of the operating system, is missing", path);
      } else {
        error("{} is missing", path);
      }
    }
  }

  void check_file(const std::string& path, const std::string& here, const Listed& listed) {
    const FileDigests found = digests_of_file(root_ / here, listed.algorithms);
    for (std::size_t i = 0; i < listed.checksums.size(); ++i) {
      if (found.values[i] != listed.checksums[i])
        error("{} has the {} {}, not {}", path, listed.algorithms[i], found.values[i], listed.checksums[i]);
    }
  }

  /// What a bag wants to have fetched is not fetched; it must be here already.
  void check_fetch() {
    if (!sizes_.contains("fetch.txt")) return;
    const auto text = tag_text("fetch.txt");
    if (!text) return;
    warning("fetch.txt is not followed");
    for (const std::string_view line : lines_in(*text)) {
      const std::size_t first = line.find_first_of(" \t");
      const std::size_t second =
          first == std::string_view::npos ? first : line.find_first_of(" \t", first + 1);
      if (second == std::string_view::npos) {
        if (!line.empty()) error("fetch.txt: \"{}\" is not one of its lines", line.substr(0, 80));
        continue;
      }
      const std::string path = decoded_path(line.substr(second + 1));
      if (!is_safe_path(path) || !path.starts_with("data/"))
        error("fetch.txt: {} lies outside of the payload", path);
    }
  }

  void check_oxum() {
    if (!sizes_.contains("bag-info.txt")) return;
    const auto text = tag_text("bag-info.txt");
    if (!text) return;
    for (const auto& [name, value] : read_tags(*text)) {
      if (name != "Payload-Oxum") continue;
      if (value != fmt::format("{}.{}", bytes_, files_)) mismatched_oxum(value);
    }
  }

  /// System files that came or went do not make a bag wrong.
  void mismatched_oxum(const std::string& value) {
    const bool excused = std::ranges::any_of(verdict_.warnings, [](const std::string& one) {
      return one.find("operating system") != std::string::npos;
    });
    const bool other_spelling = std::ranges::any_of(verdict_.warnings, [](const std::string& one) {
      return one.find("spelling only") != std::string::npos;
    });
    if (excused || other_spelling) {
      warning("Payload-Oxum says {}, the payload has {}.{}", value, bytes_, files_);
    } else {
      error("Payload-Oxum says {}, the payload has {}.{}", value, bytes_, files_);
    }
  }

  std::filesystem::path root_;
  PackageVerdict verdict_;
  BagDeclaration declaration_;
  std::map<std::string, std::uint64_t> sizes_;
  std::map<std::string, std::set<std::string>> folded_;
  std::size_t payload_manifests_ = 0;
  std::uint64_t files_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace

PackageVerdict check_bag(const std::filesystem::path& directory) { return BagCheck(directory).run(); }

}  // namespace eakte::archive

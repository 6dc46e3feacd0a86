#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eakte::archive {

// The texts in a bag (RFC 8493, 2).

struct BagDeclaration {
  int major = 0;
  int minor = 0;
  std::string encoding;  ///< of the other tag files
};
/// bagit.txt: two lines exactly, UTF-8 without byte order mark. Nothing when it is otherwise.
std::optional<BagDeclaration> read_declaration(std::string_view text);

/// A tag file's text as UTF-8; nothing when the encoding is not known or the bytes are not in it.
std::optional<std::string> decoded(std::string_view bytes, const std::string& encoding);

/// One line of a manifest.
struct ManifestLine {
  std::string checksum;
  std::string path;      ///< as written, without a leading "./"
  bool starred = false;  ///< "*path", as md5sum writes it
  bool dotted = false;   ///< "./path"
};
/// Nothing for a line that is not one of a manifest.
std::optional<ManifestLine> read_manifest_line(std::string_view line);

/// CR, LF and % in paths of a manifest (RFC 8493, 2.1.3).
std::string encoded_path(std::string_view path);
std::string decoded_path(std::string_view path);

/// Whether a path stays inside of the bag: relative, no "..", no "~", no drive, no backslash, no variable.
bool is_safe_path(std::string_view path);

/// Lines without their ends (LF, CRLF, CR).
std::vector<std::string_view> lines_in(std::string_view text);

/// Two paths that some file systems take for the same: without case, and with marks beside letters for
/// letters with marks.
std::string folded_path(std::string_view path);

/// "Name: value" with continued lines joined, in their order.
std::vector<std::pair<std::string, std::string>> read_tags(std::string_view text);

}  // namespace eakte::archive

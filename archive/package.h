#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "archive/archive.h"

namespace eakte::archive {

// Packages: what leaves an archive so that it can be read without us, and comes back without loss. A package
// is a directory: a bag (BagIt 1.0, RFC 8493) whose payload is an information package (E-ARK CSIP 2.2); see
// archive/README.md, "Packages".

struct PackageOptions {
  std::optional<FolderId> folder;  ///< nothing: the whole tenant
  std::string at;                  ///< instant the package bears, UTC; empty: now
  std::string program = "eakte";   ///< name and version of the program, "eakte 0.1.0"
  bool with_drafts = false;        ///< of a folder: drafts go along; the whole tenant always takes them
};

struct PackageReport {
  std::string name;  ///< of the package (OBJID), "eakte-musterstadt-01j..."
  std::int64_t documents = 0;
  std::int64_t folders = 0;
  std::int64_t files = 0;       ///< of the payload
  std::uint64_t bytes = 0;      ///< of the payload
  std::string manifest_sha256;  ///< of manifest-sha512.txt: it vouches for the whole payload
  std::int64_t drafts_left_out = 0;
  std::int64_t withheld = 0;         ///< originals that were left out, see export_package
  std::vector<std::string> removed;  ///< what killed exports had left beside the target
};

using PackageProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Writes a package to `target`, which must not be there. It is written aside as
/// "<target>.unvollstaendig-<id>", checked as a bag and as an information package, synced and then renamed;
/// whatever goes wrong, nothing stays that looks complete. The same state and the same `at` give the same
/// payload. Every object is verified while it is copied. What exports that were killed left beside the target
/// is removed. A folder takes its parts along; of what it is a part of only the rows. Drafts stay here unless
/// they are asked for. The original of a batch that shows documents of others as well is left out and named
/// (table withheld_object). Recorded in the audit trail (archive.exported). Throws NotFound, Conflict (target
/// is there), Damaged, StorageFailure, Error.
PackageReport export_package(Archive& archive, const std::filesystem::path& target,
                             const PackageOptions& options, const std::string& actor,
                             const PackageProgress& progress = {});

/// A package that stood its check.
struct CheckedPackage {
  std::filesystem::path directory;  ///< of the information package inside of the bag
  std::string name;                 ///< OBJID
  std::string tenant;
  std::string folder;  ///< id; empty: the whole tenant
  std::string at;
  std::int64_t schema = 0;
  std::string manifest_sha256;  ///< of manifest-sha512.txt
  std::string file_plan_yaml;
};

/// Checks everything about a package before anything of it is taken: that it is one of ours, the bag with
/// every checksum, the information package. Foreign bytes. Throws Forbidden (package_not_ours,
/// package_damaged, package_too_new), Error.
CheckedPackage check_package(const std::filesystem::path& package);

/// One thing a package says, as a line of JSON that this program wrote: what a worker hands over instead of
/// foreign bytes. {"manifest":name,"document":id,"received_on":day,"sha256":hash} | {"table":name,"row":{}} |
/// {"audit_part":{}} | {"audit":{}} | {"certificate":pem}
using PackageLine = std::function<void(std::string_view line)>;
/// Gives all of them, in the same order each time.
using PackageContent = std::function<void(const PackageLine& take)>;

/// Reads what a checked package says, manifests first. Foreign bytes. Throws Forbidden (package_damaged),
/// Error.
void read_package(const CheckedPackage& package, const PackageLine& take);

/// Takes a checked package, of which `content` tells, over into an archive that holds no intakes, folders or
/// documents: same ids, manifests and objects. The catalogue's rows come in one commit: what is interrupted
/// can be begun again. The file plan becomes the package's; `archive` knows it when it is opened again. The
/// package's audit part is kept as imported evidence (table imported_audit), and the own chain names the
/// package (archive.imported). Throws Forbidden (archive_not_empty, package_damaged: what its parts say does
/// not fit together), StorageFailure, Error.
PackageReport import_package(const CheckedPackage& package, const PackageContent& content, Archive& archive,
                             const std::string& actor, const PackageProgress& progress = {});

/// Whether a package this archive came from left the object out on purpose: nobody misses it.
bool is_withheld(const Archive& archive, const std::string& sha256);

/// What is wrong with a package.
struct PackageVerdict {
  std::vector<std::string> errors;  ///< one sentence each, at most some hundred
  std::vector<std::string> warnings;
  bool ok() const { return errors.empty(); }
};

/// Checks a bag of versions 0.93 to 1.0: structure, completeness, every checksum of payload and tag files,
/// Payload-Oxum. Nothing outside the directory is opened and fetch.txt is not followed. Holds a line for each
/// file in memory. Foreign bytes. Throws Error when the directory cannot be read.
PackageVerdict check_bag(const std::filesystem::path& directory);

/// Whether the files a METS names are looked at as well: there, with the size and checksum it says.
enum class FileCheck { yes, no };

/// Checks the METS.xml of an information package, and of its representations, against the MUST rules of CSIP
/// 2.2.0; each sentence begins with the number of the rule, or with "file". Foreign bytes. Throws Error when
/// there is no METS.xml.
PackageVerdict check_information_package(const std::filesystem::path& directory,
                                         FileCheck files = FileCheck::yes);

}  // namespace eakte::archive

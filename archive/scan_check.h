#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.h"
#include "archive/installation_key.h"

// Replacing scanning (BSI TR-03138 TR-RESISCAN, rules RS-01 to RS-14): scans are held against their paper, a
// note about the transfer is written and sealed, and only then the paper may be destroyed.

namespace eakte::archive {

/// How thoroughly a scan is checked, by the integrity its entry asks for (first letter of `protection`,
/// RS-02, RS-06, RS-13, RS-14): normal by sampling, high each one, very high each one by two people. Without
/// an entry: each one.
enum class Thoroughness { sample, each, each_by_two };
std::string_view name_of(Thoroughness thoroughness);         ///< "sample"
std::string_view german_name_of(Thoroughness thoroughness);  ///< "Stichprobe"
Thoroughness thoroughness_for(const FilePlan& plan, const Document& document);

/// Whether a document has pages that were scanned; what was born digital has no paper.
bool is_scan(const Document& document);

/// A check as it was recorded.
struct ScanCheck {
  std::string checker;
  std::string checked_at;
  bool good = false;
  int paper_pages = 0;  ///< sides with something on them, as the person counted; completeness, RS-03
  int pages = 0;        ///< of the document then
  bool blank_confirmed = false;
  bool fields_confirmed = false;
  std::string remark;
};

/// Where a scan stands on the way to the release of its paper.
struct ScanStanding {
  DocumentId document;
  bool decided = false;  ///< it has taken part in a drawing
  Thoroughness thoroughness = Thoroughness::each;
  bool chosen = false;      ///< it has to be checked
  std::string seed;         ///< of its drawing
  double rate = 0;          ///< likewise
  std::int64_t sample = 0;  ///< its number
  std::vector<int>
      blank_pages;  ///< that the machine took for blank: proposals until a person confirms (RS-06)
  bool fields_confirmed = false;  ///< a person has confirmed the values read by the machine (RS-05)
  std::vector<ScanCheck> checks;  ///< of its present picture, in their order
  std::string note_sha256;        ///< of the note about its present picture; empty: none
  std::string released_at;
  std::string released_by;
  std::string missing;  ///< code of the refusal a release would meet now; empty: none
};

struct ScanDrawing {
  std::int64_t number = 0;
  std::string seed;
  int population = 0;
  int chosen = 0;
};

/// Decides about all scans that are filed and not decided yet: of those that are sampled, a scan is drawn
/// when the first 32 bits of SHA-256(seed, document id) as a fraction are below `rate`, at least one of a
/// drawing; scans with pages the machine took for blank always are, and so are those to be checked each.
/// Nothing when there is none.
std::optional<ScanDrawing> draw_scans(Archive& archive, double rate, const std::string& seed,
                                      const std::string& actor);

/// What a person still has to check, oldest first, at most `limit`.
std::vector<ScanStanding> scans_to_check(const Archive& archive, int limit);
/// What is checked as far as it has to be, and whose paper is not released yet: its note is missing, or nothing
/// is. Oldest first, at most `limit`.
std::vector<ScanStanding> scans_to_release(const Archive& archive, int limit);
/// Throws NotFound; Forbidden: scan_born_digital.
ScanStanding scan_standing(const Archive& archive, const DocumentId& document);

struct NewScanCheck {
  bool good = false;
  int paper_pages = 0;
  bool blank_confirmed = false;   ///< the pages taken for blank are blank
  bool fields_confirmed = false;  ///< the values read by the machine are right
  std::string remark;
};
/// Records a check. Throws Forbidden: scan_born_digital, scan_undecided, scan_pages (good, but the paper has
/// another number of pages), scan_blank_open (good, but pages taken for blank are not confirmed),
/// scan_fields_open (good, but neither are the values, by this check or a confirmation), same_person (the
/// second check of two), paper_released.
ScanStanding record_scan_check(Archive& archive, const DocumentId& document, const NewScanCheck& check,
                               const std::string& actor);

/// What the installation says about how it scans, from the settings.
struct ScanSettings {
  double sample_rate = 0.04;  ///< of normal protection; 0.02 to 0.04 is usual (RS-06)
  std::string procedure;      ///< version id of the Verfahrensdokumentation (RS-01)
  std::string profile;        ///< name of the scan profile in use (RS-04)
};

struct TransferNote {
  std::string xml;
  std::string sha256;
  std::string seal;  ///< CMS over xml, detached, DER
  std::string made_at;
  std::string made_by;
};
/// Writes the Transfervermerk (RS-11), seals it and keeps both beside the document. One that was made for an
/// earlier picture or an earlier check is replaced; the audit trail keeps its hash. Throws Forbidden as a
/// release would for what concerns the checks, and scan_procedure_missing, scan_profile_missing (none set, or
/// not released).
TransferNote make_transfer_note(Archive& archive, const DocumentId& document, const ScanSettings& settings,
                                const InstallationKey& key, const std::string& actor);
/// Throws NotFound when there is none.
TransferNote transfer_note(const Archive& archive, const DocumentId& document);

/// Releases the paper for destruction. Throws Forbidden: scan_born_digital, scan_undecided, scan_unchecked,
/// scan_second_check, scan_bad, scan_sample_open (not drawn, but the drawing is not checked yet),
/// scan_sample_bad (not drawn, but one of the drawing was bad: then each is checked), scan_note_missing,
/// scan_seal (it does not hold), paper_released.
ScanStanding release_paper(Archive& archive, const DocumentId& document, const InstallationKey& key,
                           const std::string& actor);

/// The certificates whose seals count: the installation's own and those that came with a package.
std::string accepted_certificates(const Archive& archive, const std::string& own_pem);

/// Verifies every note against its seal. One English sentence for each that does not hold.
std::vector<std::string> verify_transfer_notes(const Archive& archive, const std::string& certificate_pem);

/// Settings of a scanner, in versions that are never changed (RS-04).
struct ScanProfile {
  std::string name;
  int version = 0;
  std::string content;  ///< as it was given; text
  std::string sha256;
  std::string made_at;
  std::string made_by;
  std::string released_at;  ///< empty: not yet
  std::string released_by;
};
ScanProfile add_scan_profile(Archive& archive, const std::string& name, const std::string& content,
                             const std::string& actor);
/// By a records manager other than the one who made it. Throws NotFound; Forbidden: as require_second_person,
/// profile_released.
ScanProfile release_scan_profile(Archive& archive, const std::string& name, int version,
                                 const std::string& actor);
std::vector<ScanProfile> scan_profiles(const Archive& archive);

}  // namespace eakte::archive

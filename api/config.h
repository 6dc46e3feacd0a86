#pragma once
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/error.h"
#include "archive/accounts.h"
#include "archive/offers.h"
#include "archive/pdfa.h"
#include "archive/scan_check.h"
#include "archive/scrub.h"
#include "ingest/processor.h"
#include "ingest/watched_directory.h"
#include "ingest/worker.h"

namespace eakte::api {

/// Who offers what is due to which archive (`[xdomea]`, and a tenant's own).
struct DisposalConfig {
  std::string authority;       ///< name of the office, as the archive knows it
  std::string authority_unit;  ///< its part
  std::string authority_code;  ///< its Behördenkennung
  std::string archive;         ///< name of the archive
  std::string archive_code;
};

/// What a tenant wants otherwise than `[archive]` says for all.
struct TenantConfig {
  std::optional<archive::PictureChoice> pictures;
  std::optional<archive::PdfaLevel> pdfa;
  std::optional<int> quarantine_days;
  std::optional<int> waiting_days;
  bool trial = false;       ///< a tenant to learn and test with: commands may act as if a later day had
                            ///< come, and its quarantine and the waiting of accounts may be none
  DisposalConfig disposal;  ///< empty texts: as for all
  std::optional<std::string> reference;
};

/// What the rules leave open about destruction.
struct DestructionConfig {
  int quarantine_days = 30;   ///< between approval and execution, at least one
  int backups_kept_days = 0;  ///< until the last backup is gone, for the records; 0: not known
  std::vector<std::string>
      log_copies;  ///< directories beside the data directory that keep <tenant>.destroyed.log
};

/// Where time stamps come from.
struct EvidenceConfig {
  std::string tsa;               ///< http:// or https:// of a time stamp authority (RFC 3161); empty: none
  std::string tsa_certificates;  ///< file of the certificates that are accepted (PEM); empty: any
};

/// Everything that can be set, with the defaults in force; read from `eakte.toml` in the data directory.
struct Config {
  std::string listen = "127.0.0.1:8080";
  std::string default_tenant;                ///< empty: the first by name
  std::string upload_languages = "deu+eng";  ///< of files that are uploaded or given to `eakte ingest`
  std::filesystem::path certificate;         ///< of the service, PEM; empty: connections are not encrypted
  std::filesystem::path key;                 ///< of the certificate
  std::vector<std::string> host_names;       ///< under which browsers reach the service, beside loopback
  std::uint64_t max_upload_bytes = 2'147'483'648;
  ingest::WorkerOptions worker;
  ingest::ProcessorOptions processor;
  ingest::WatchedDirectoryOptions inbox;
  archive::ScrubPace fixity{.bytes_per_second = 20'000'000};
  DestructionConfig destruction;
  DisposalConfig disposal;
  std::string xdomea_schemas;  ///< directory of xdomea's XSDs; empty: only our own checks
  /// How references are made (folder_structure.h).
  std::string reference = "{plan}-{number:04}/{year}";
  int waiting_days = archive::default_waiting_days;  ///< accounts.h
  EvidenceConfig evidence;
  archive::ScanSettings scan;
  std::map<std::string, TenantConfig, std::less<>> tenants;  ///< by name, only those that differ
};

/// How the references of a tenant are made.
std::string reference_template_of(const Config& config, const std::string& tenant);

/// How the archive files of a tenant are made.
archive::ArchiveFileChoice archive_file_of(const Config& config, const std::string& tenant);

/// Who a tenant is to its archive.
archive::DisposalParties disposal_parties_of(const Config& config, const std::string& tenant);

/// How long an approved destruction waits for a tenant.
int quarantine_days_of(const Config& config, const std::string& tenant);

/// How long an account of a tenant waits to count as one of two people (accounts.h).
int waiting_days_of(const Config& config, const std::string& tenant);

/// Whether a tenant is for trial only, and not for real records.
bool is_on_trial(const Config& config, const std::string& tenant);

/// Reads the file; one that is not there gives the defaults. An unknown key, a wrong type or an impossible
/// value throws Error naming file, line and key.
Config read_config(const std::filesystem::path& file);

/// What is set in the file, "service.listen" to its value as text; for the audit trail. Nothing when it is
/// not there. Throws Error when it is no TOML.
std::map<std::string, std::string> settings_in(const std::filesystem::path& file);

}  // namespace eakte::api

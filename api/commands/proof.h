#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands that prove: audit trail, evidence records, whether everything is whole.

struct EvidenceOptions {
  std::filesystem::path record;
  std::vector<std::filesystem::path> files;  ///< what the record is to prove; empty: the record alone
  std::filesystem::path trusted;             ///< certificates of accepted authorities (PEM); empty: none
  OutputForm form = OutputForm::text;
};
int run_evidence_verify(const EvidenceOptions& options);

struct KeepEvidenceOptions : DataOptions {
  std::string on;        ///< make: the last day, ISO; empty: yesterday
  std::string document;  ///< get
  std::filesystem::path out;
  std::string hash;  ///< renew: "sha384" or "sha512" for new hash trees; empty: new time stamps
};
int run_evidence_make(const KeepEvidenceOptions& options);
int run_evidence_get(const KeepEvidenceOptions& options);
int run_evidence_renew(const KeepEvidenceOptions& options);
int run_evidence_check(const KeepEvidenceOptions& options);
int run_evidence_status(const KeepEvidenceOptions& options);

struct AuditOptions : DataOptions {
  std::filesystem::path file;     ///< head: where it goes, empty or "-" for standard output; verify: a head
  std::filesystem::path trusted;  ///< verify: certificates of installations (PEM); empty: this one's
  std::string actor;
  std::string action;
  std::string subject;
  std::string from;
  std::string until;
  int limit = 1000;
};
int run_audit_head(const AuditOptions& options);
int run_audit_stamp(const AuditOptions& options);
int run_audit_verify(const AuditOptions& options);
int run_audit_list(const AuditOptions& options);

struct ScrubOptions : DataOptions {
  bool all = false;        ///< everything, not what is due today
  bool report = false;     ///< says what was read and found, and reads nothing
  std::int64_t rate = -1;  ///< bytes a second; 0: as fast as it goes; below: as configured
};
int run_scrub(const ScrubOptions& options);

struct RepairOptions : DataOptions {
  std::filesystem::path from;
};
int run_repair(const RepairOptions& options);

/// What the service has done every hour, see upkeep.h.
int run_upkeep(const DataOptions& options);

}  // namespace eakte::api

#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "api/commands/commands.h"

namespace eakte::api {

// The subcommands that prove: audit trail, evidence records.

struct EvidenceOptions {
  std::filesystem::path record;
  std::vector<std::filesystem::path> files;  ///< what the record is to prove; empty: the record alone
  std::filesystem::path trusted;             ///< certificates of accepted authorities (PEM); empty: none
  OutputForm form = OutputForm::text;
};
int run_evidence_verify(const EvidenceOptions& options);

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
int run_audit_verify(const AuditOptions& options);
int run_audit_list(const AuditOptions& options);

}  // namespace eakte::api

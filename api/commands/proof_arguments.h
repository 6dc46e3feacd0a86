#pragma once
#include <CLI/CLI.hpp>

#include "api/commands/proof.h"
#include "api/commands/scan_check.h"

namespace eakte::api {

/// The options of all subcommands that prove; whichever was called is looked at.
struct ProofOptions {
  EvidenceOptions evidence;
  KeepEvidenceOptions kept;
  AuditOptions audit;
  ScrubOptions scrub;
  RepairOptions repair;
  ScanCheckOptions scan_check;
  ScanProfileOptions scan_profile;
  DataOptions upkeep;
};

/// Adds `audit`, `evidence`, `scrub`, `repair`, `scan-check` and `scan-profile` with their subcommands.
/// `options` and `status` must outlive `app`; the called one's exit status goes into `status`.
void add_proof_commands(CLI::App& app, ProofOptions& options, int& status);

}  // namespace eakte::api

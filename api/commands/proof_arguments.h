#pragma once
#include <CLI/CLI.hpp>

#include "api/commands/proof.h"

namespace eakte::api {

/// The options of all subcommands that prove; whichever was called is looked at.
struct ProofOptions {
  EvidenceOptions evidence;
  AuditOptions audit;
  ScrubOptions scrub;
  RepairOptions repair;
  DataOptions upkeep;
};

/// Adds `audit`, `evidence`, `scrub` and `repair` with their subcommands. `options` and `status` must outlive
/// `app`; the called one's exit status goes into `status`.
void add_proof_commands(CLI::App& app, ProofOptions& options, int& status);

}  // namespace eakte::api

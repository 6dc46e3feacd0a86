#pragma once
#include <CLI/CLI.hpp>

#include "api/commands/proof.h"

namespace eakte::api {

/// The options of all subcommands that prove; whichever was called is looked at.
struct ProofOptions {
  EvidenceOptions evidence;
  AuditOptions audit;
};

/// Adds `audit` and `evidence` with their subcommands. `options` and `status` must outlive `app`; the called
/// one's exit status goes into `status`.
void add_proof_commands(CLI::App& app, ProofOptions& options, int& status);

}  // namespace eakte::api

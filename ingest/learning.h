#pragma once
#include <cstdint>
#include <filesystem>
#include <set>
#include <string>

#include "archive/archive.h"
#include "ingest/classify.h"

namespace eakte::ingest {

// A tenant's type model: learned from what people confirmed. A filing counts as confirmed when a person
// confirmed or corrected it (audit action document.confirmed), never when the machine filed it alone.

/// The model's file in a tenant's directory.
std::filesystem::path model_file(const std::filesystem::path& tenant_directory);

/// Confirmations since the model was last trained from filings.
std::int64_t confirmations_since_learning(const archive::Archive& archive);

/// Whether a folder was destroyed since the model in use learned from filings: its weights may come from what
/// is gone (RT-10), so it is trained anew, whatever was confirmed meanwhile.
bool must_forget(const archive::Archive& archive);

struct LearningOptions {
  /// Texts with their types that the model also learns from (samples/training.tsv), so that it knows types
  /// nobody has confirmed yet; empty or absent: none.
  std::filesystem::path texts;
  int most = 20'000;  ///< confirmed filings, the last confirmed ones
  std::string actor = "system";
};
struct Learned {
  std::uint32_t generation = 0;
  std::string sha256;    ///< of the model's file
  int confirmed = 0;     ///< filings learned from
  int read = 0;          ///< of these, read anew; the others' features were kept from the last time
  int left_out = 0;      ///< confirmed, but without a readable text
  int texts = 0;         ///< learned besides
  bool removed = false;  ///< nothing was left to learn from after a destruction: there is no model any more
};

/// Trains the model from the archive's confirmed filings and puts it in the place of the old one, which stays
/// as `type.model.previous`, unless the model must forget; jobs that begin from now on use it. Records
/// `model.trained` with generation and SHA-256. Reads text renditions, and keeps their features in
/// `type.features`, so that a training reads only what is new. A model that must forget while fewer than two
/// types are left to learn from is removed instead, with `type.model.previous` (`model.removed`). Only one
/// training at a time: throws Error while another runs, and when there is nothing to learn from;
/// archive::StorageFailure.
Learned learn_from_filings(archive::Archive& archive, const LearningOptions& options);

/// Removes the kept features of these texts (SHA-256), so that no training uses them any more. Throws Error
/// while a training runs, archive::StorageFailure.
void forget_features(const archive::Archive& archive, const std::set<std::string>& texts);

/// Makes this the tenant's model, and records `model.installed` or, from generation 1 on, `model.trained`.
/// Returns the file's SHA-256.
std::string install_model(archive::Archive& archive, const TypeModel& model, const std::string& actor);

}  // namespace eakte::ingest

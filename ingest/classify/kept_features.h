#pragma once
#include <filesystem>
#include <map>
#include <string>

namespace eakte::ingest {

/// Features of texts by the SHA-256 of the text, kept between trainings. Only a view: what is lost or damaged
/// is computed anew from the texts.
using KeptFeatures = std::map<std::string, std::string>;

/// What is readable of the file; nothing when it is absent, damaged or of another version.
KeptFeatures load_features(const std::filesystem::path& file);

/// Replaces the file. Throws archive::StorageFailure.
void save_features(const std::filesystem::path& file, const KeptFeatures& features);

}  // namespace eakte::ingest

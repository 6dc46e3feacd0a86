#pragma once
#include <filesystem>
#include <string>

#include "archive/archive.h"
#include "archive/catalogue/plans_in_force.h"
#include "archive/storage/object_path.h"

namespace eakte::archive {

/// A document on its way out of force, and the manifest it had before.
struct Withdrawal {
  Document document;
  std::string previous;
};

/// What an open archive holds; shared by archive.cpp, filing.cpp and folders.cpp.
struct Archive::State {
  std::filesystem::path directory;
  Database database;
  ObjectStore objects;
  std::string tenant;
  PlansInForce plans;

  explicit State(const std::filesystem::path& root);

  /// A document of this content with its manifest written, before the commit that makes it valid.
  Document with_manifest(const NewDocument& content);
  Withdrawal withdrawn(Document document);
  /// Takes back a manifest that no commit made valid.
  void forget_manifest(const Document& document) const;

  std::filesystem::path manifests() const { return directory / "manifests"; }
  std::filesystem::path staging() const { return staging_directory(directory / "objects"); }
};

/// The catalogue's file below a tenant's directory.
inline std::filesystem::path catalogue_file(const std::filesystem::path& directory) {
  return directory / "catalogue.sqlite";
}

}  // namespace eakte::archive

#pragma once
#include <filesystem>

#include "archive/package.h"
#include "ingest/stages.h"

namespace eakte::ingest {

/// A package that stood its check, with what it says as a worker told it: an unlinked file of lines.
class ReadPackage {
public:
  ReadPackage(archive::CheckedPackage checked, Descriptor lines)
      : checked_(std::move(checked)), lines_(std::move(lines)) {}

  const archive::CheckedPackage& checked() const { return checked_; }
  /// For archive::import_package. Throws archive::StorageFailure.
  void content(const archive::PackageLine& take) const;

private:
  archive::CheckedPackage checked_;
  Descriptor lines_;
};

/// Checks a package and reads what it says, in a worker: tag files, METS, JSON, the file plan and the seals
/// are parsed there. Throws archive::Forbidden (package_...), WorkerFailed, Cancelled,
/// archive::StorageFailure.
ReadPackage read_package(const Workers& workers, const std::filesystem::path& package);

}  // namespace eakte::ingest

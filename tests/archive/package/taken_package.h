#pragma once
#include "archive/package.h"

namespace eakte::archive {

/// Checks a package and takes it over, reading it in this process.
inline PackageReport take_package(const std::filesystem::path& package, Archive& into) {
  const CheckedPackage checked = check_package(package);
  return import_package(
      checked, [&](const PackageLine& take) { read_package(checked, take); }, into, "cli");
}

}  // namespace eakte::archive

#pragma once
#include "archive/package.h"

namespace eakte::archive {

/// The package of export_package as one ZIP (stored, the package's directory inside), in a file that is gone
/// when it is closed. Takes twice the package's room in `scratch` while it is made; what a killed call left
/// there the next one removes. Throws as export_package.
OpenObject export_package_zip(Archive& archive, const std::filesystem::path& scratch,
                              const PackageOptions& options, const std::string& actor);

}  // namespace eakte::archive

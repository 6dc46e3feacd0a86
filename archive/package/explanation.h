#pragma once
#include <string>

namespace eakte::archive {

/// What LIESMICH.txt says: a package explained to somebody who does not know us. `name`: of the package.
std::string package_explanation(const std::string& name, const std::string& tenant, const std::string& scope,
                                const std::string& at);

}  // namespace eakte::archive

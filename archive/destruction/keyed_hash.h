#pragma once
#include <string>

namespace eakte::archive {

/// HMAC-SHA-256 in lower-case hex.
std::string keyed_hash(const std::string& key, const std::string& bytes);

}  // namespace eakte::archive

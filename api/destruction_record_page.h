#pragma once
#include <string>

namespace eakte::api {

/// A Vernichtungsprotokoll (archive/README.md) as a page a person can read and print: HTML without script,
/// styles inside.
std::string destruction_record_page(const std::string& record);

}  // namespace eakte::api

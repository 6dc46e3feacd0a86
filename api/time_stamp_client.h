#pragma once
#include <chrono>
#include <string>

#include "api/error.h"

namespace eakte::api {

/// Sends a request for a time stamp to an authority and returns its answer's bytes (RFC 3161, 3.4, over
/// HTTP). `url` is http:// or https://; of the latter the certificate is verified against the system's roots.
/// Each step may take as long as `patience`. Throws Error (German) when it is no address, or there is no
/// answer of status 200. The answer is foreign bytes: only commands that run in a process of their own ask.
std::string ask_time_stamp_authority(const std::string& url, const std::string& request,
                                     std::chrono::seconds patience = std::chrono::seconds(30));

}  // namespace eakte::api

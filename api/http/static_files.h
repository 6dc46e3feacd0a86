#pragma once
#include <filesystem>
#include <map>
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"

namespace eakte::api {

/// The files of the web page, read once at the start into a table; only what is in the table is ever served,
/// so no path can lead out of the directory. Immutable, thread-safe.
class StaticFiles {
public:
  /// A directory that does not exist gives an empty table; symbolic links are passed over.
  explicit StaticFiles(const std::filesystem::path& directory);

  /// "/" and the page's own addresses (without a dot) give index.html. Throws Problem (not_found).
  Response get(const Request& request) const;

private:
  struct File {
    SharedBytes bytes;
    std::string media_type;
    std::string etag;
  };
  std::map<std::string, File, std::less<>> files_;  ///< by path, "/assets/index-3f2a.js"
};

}  // namespace eakte::api

#pragma once
#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <map>
#include <mutex>
#include <string>

#include "api/http/response.h"

namespace eakte::api {

/// Page pictures made lately, in memory, least recently used ones dropped. A picture several people want at
/// the same time is made once; the others wait. Thread-safe.
class PagePictures {
public:
  explicit PagePictures(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  /// The picture of that key, made by `make` when it is not here. What `make` throws reaches everybody
  /// waiting.
  SharedBytes get(const std::string& key, const std::function<std::string()>& make);

private:
  struct Kept {
    SharedBytes bytes;
    std::list<std::string>::iterator place;  ///< in order_
  };
  void keep(const std::string& key, const SharedBytes& bytes);

  const std::size_t max_bytes_;
  std::mutex mutex_;
  std::map<std::string, Kept> kept_;
  std::list<std::string> order_;  ///< keys, most recently used first
  std::size_t bytes_ = 0;
  std::map<std::string, std::shared_future<SharedBytes>> in_work_;
};

}  // namespace eakte::api

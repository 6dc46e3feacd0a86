#include "api/http/page_pictures.h"

#include <exception>

namespace eakte::api {

SharedBytes PagePictures::get(const std::string& key, const std::function<std::string()>& make) {
  std::promise<SharedBytes> promise;
  {
    std::unique_lock lock(mutex_);
    if (const auto found = kept_.find(key); found != kept_.end()) {
      order_.splice(order_.begin(), order_, found->second.place);
      return found->second.bytes;
    }
    if (const auto found = in_work_.find(key); found != in_work_.end()) {
      const auto future = found->second;
      lock.unlock();
      return future.get();
    }
    in_work_.emplace(key, promise.get_future().share());
  }
  try {
    SharedBytes bytes = std::make_shared<const std::string>(make());
    const std::lock_guard lock(mutex_);
    keep(key, bytes);
    in_work_.erase(key);
    promise.set_value(bytes);
    return bytes;
  } catch (const std::exception&) {
    const std::lock_guard lock(mutex_);
    in_work_.erase(key);
    promise.set_exception(std::current_exception());
    throw;
  }
}

void PagePictures::keep(const std::string& key, const SharedBytes& bytes) {
  order_.push_front(key);
  kept_[key] = {bytes, order_.begin()};
  bytes_ += bytes->size();
  while (bytes_ > max_bytes_) {
    const auto oldest = kept_.find(order_.back());
    bytes_ -= oldest->second.bytes->size();
    kept_.erase(oldest);
    order_.pop_back();
  }
}

}  // namespace eakte::api

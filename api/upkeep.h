#pragma once
#include <memory>

#include "api/config.h"
#include "api/service.h"

namespace eakte::api {

/// What a service does by itself over the days: it reads on in each tenant's objects and makes the evidence
/// of days that are over, each in a process of its own at low priority (`eakte upkeep`), at the start and
/// every hour. Destroying it ends a process that is under way; what that had done is kept.
class Upkeep {
public:
  Upkeep(const Service& service, std::chrono::seconds interval);
  ~Upkeep();
  Upkeep(const Upkeep&) = delete;
  Upkeep& operator=(const Upkeep&) = delete;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eakte::api

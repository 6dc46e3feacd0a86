#include "api/http/event_hub.h"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "tests/api/served_archive.h"

namespace eakte::testing {
namespace {

using nlohmann::json;

/// A hub whose jobs wait until the test runs them.
class EventHubTest : public ServedArchive {
protected:
  void publish(const json& intake, int page) {
    service_.progress.publish({.tenant = "musterstadt",
                               .intake = {intake["id"]},
                               .state = "working",
                               .stage = "read",
                               .pages_done = page,
                               .pages_total = 3000});
  }
  void run_jobs() {
    for (const auto& job : std::exchange(jobs_, {})) job();
  }

  std::vector<std::function<void()>> jobs_;
  std::vector<api::ServerSentEvent> told_;
  api::EventHub hub_{service_, [this](std::function<void()> job) { jobs_.push_back(std::move(job)); },
                     [this](const api::ServerSentEvent& event) { told_.push_back(event); }};
};

TEST_F(EventHubTest, ABurstOfProgressBecomesOneEventThatTellsTheLast) {
  hub_.listening(true);
  const json intake = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  tenant().queue.claim();
  run_jobs();
  told_.clear();
  for (int page = 1; page <= 3000; ++page) publish(intake, page);
  EXPECT_EQ(jobs_.size(), 1U);
  run_jobs();
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(json::parse(told_[0].text.substr(20))["pages_done"], 3000);
  publish(intake, 2999);
  EXPECT_EQ(jobs_.size(), 1U) << "what comes after is told anew";
}

TEST_F(EventHubTest, NothingIsDoneWhileNobodyListens) {
  const json intake = json_of(post("/api/v1/intakes", "letter"))["intakes"][0];
  publish(intake, 1);
  EXPECT_TRUE(jobs_.empty());
  hub_.listening(true);
  hub_.listening(false);
  publish(intake, 2);
  EXPECT_TRUE(jobs_.empty());
}

}  // namespace
}  // namespace eakte::testing

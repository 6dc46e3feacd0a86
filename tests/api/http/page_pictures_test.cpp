#include "api/http/page_pictures.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace eakte::api {
namespace {

TEST(PagePictures, MakesAPictureOnceForEverybodyWhoWantsItAtTheSameTime) {
  PagePictures pictures(1000);
  std::atomic<int> made = 0;
  std::latch all_ask(8);
  std::vector<std::jthread> people;
  people.reserve(8);
  for (int i = 0; i < 8; ++i) {
    people.emplace_back([&] {
      all_ask.arrive_and_wait();
      const SharedBytes picture = pictures.get("a", [&] {
        ++made;
        return std::string("picture");
      });
      EXPECT_EQ(*picture, "picture");
    });
  }
  people.clear();
  EXPECT_EQ(made, 1);
}

TEST(PagePictures, DropsTheLeastRecentlyUsed) {
  PagePictures pictures(10);
  int made = 0;
  const auto make = [&] {
    ++made;
    return std::string(4, 'x');
  };
  pictures.get("a", make);
  pictures.get("b", make);
  pictures.get("a", make);
  EXPECT_EQ(made, 2);
  pictures.get("c", make);
  EXPECT_EQ(made, 3);
  pictures.get("a", make);
  EXPECT_EQ(made, 3);
  pictures.get("b", make);
  EXPECT_EQ(made, 4);
}

TEST(PagePictures, AFailureIsNotKept) {
  PagePictures pictures(10);
  EXPECT_THROW(pictures.get("a", []() -> std::string { throw std::runtime_error("no"); }),
               std::runtime_error);
  EXPECT_EQ(*pictures.get("a", [] { return std::string("x"); }), "x");
}

TEST(PagePictures, OneLargerThanTheCacheIsGivenAndNotKept) {
  PagePictures pictures(10);
  EXPECT_EQ(pictures.get("a", [] { return std::string(20, 'x'); })->size(), 20U);
  EXPECT_EQ(pictures.get("a", [] { return std::string(21, 'x'); })->size(), 21U);
}

}  // namespace
}  // namespace eakte::api

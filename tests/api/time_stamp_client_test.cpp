#include "api/time_stamp_client.h"

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace eakte::api {
namespace {

TEST(TimeStampClient, DoesNotWaitForAnAuthorityThatSaysNothing) {
  boost::asio::io_context io;
  // Takes the connection and never reads or writes.
  boost::asio::ip::tcp::acceptor silent(
      io, {boost::asio::ip::address_v4::loopback(), boost::asio::ip::port_type{0}});
  for (const char* scheme : {"http", "https"}) {
    const std::string url =
        std::string(scheme) + "://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/tsa";
    EXPECT_THROW(ask_time_stamp_authority(url, "question", std::chrono::seconds(1)), Error) << url;
  }
}

TEST(TimeStampClient, RefusesWhatIsNoAddress) {
  for (const char* url :
       {"", "tsa.example", "ftp://tsa.example/", "http://", "https:///tsa", "http://host:/"})
    EXPECT_THROW(ask_time_stamp_authority(url, "question", std::chrono::seconds(1)), Error) << url;
}

}  // namespace
}  // namespace eakte::api

#pragma once
#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "api/server.h"
#include "tests/api/http_client.h"
#include "tests/support/temporary_directory.h"

namespace eakte::testing {

/// A server over a fresh archive "musterstadt" with the sample file plan, without workers and processor.
class ServedArchive : public ::testing::Test {
protected:
  ServedArchive();

  unsigned short port() const { return server_->port(); }
  HttpAnswer get(std::string_view target, const Headers& headers = {}) {
    return http(port(), "GET", target, headers);
  }
  HttpAnswer post(std::string_view target, std::string_view body = {}, const Headers& headers = {}) {
    return http(port(), "POST", target, headers, body);
  }
  /// Takes a new server with these options; port and log are set here.
  void serve(api::ServerOptions options);
  void stop_serving() { server_.reset(); }

  api::Tenant& tenant() { return service_.tenant(""); }
  /// Files a document of one page with the given text, as the pipeline would, and brings the index up to
  /// date.
  archive::Document file_document(const std::string& text,
                                  archive::DocumentState state = archive::DocumentState::filed);
  /// Number of files in the directories where objects are staged.
  std::size_t staged_files() const;

  TemporaryDirectory directory_;
  api::Service service_;
  std::mutex log_mutex_;
  std::vector<api::RequestLog> log_;
  std::unique_ptr<api::Server> server_;
};

nlohmann::json json_of(const HttpAnswer& answer);

}  // namespace eakte::testing

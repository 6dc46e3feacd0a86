#include "api/time_stamp_client.h"

#include <fmt/format.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <optional>

namespace eakte::api {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;

constexpr std::uint64_t largest_answer = 1U << 20U;

struct Address {
  bool encrypted = false;
  std::string host;
  std::string port;
  std::string target;
};

Address address_from(const std::string& url) {
  Address address;
  address.encrypted = url.starts_with("https://");
  if (!address.encrypted && !url.starts_with("http://"))
    throw Error(
        fmt::format("„{}“ ist keine Adresse eines Zeitstempeldienstes (http://... oder https://...).", url));
  const std::string rest = url.substr(address.encrypted ? 8 : 7);
  const std::size_t slash = rest.find('/');
  const std::string authority = rest.substr(0, slash);
  address.target = slash == std::string::npos ? "/" : rest.substr(slash);
  const std::size_t colon = authority.rfind(':');
  address.host = authority.substr(0, colon);
  address.port =
      colon == std::string::npos ? (address.encrypted ? "443" : "80") : authority.substr(colon + 1);
  if (address.host.empty() || address.port.empty())
    throw Error(fmt::format("„{}“ ist keine Adresse eines Zeitstempeldienstes.", url));
  return address;
}

/// Runs asynchronous operations one after the other, because only those can be given a limit of time.
class Exchange {
public:
  Exchange(const Address& address, std::chrono::seconds patience) : address_(address), patience_(patience) {}

  std::string send(const std::string& body) {
    asio::ip::tcp::resolver resolver(io_);
    asio::ip::tcp::resolver::results_type found;
    step("auflösen", [&](error_code& failed) {
      resolver.async_resolve(address_.host, address_.port, [&](error_code error, auto results) {
        failed = error;
        found = std::move(results);
      });
    });
    return address_.encrypted ? encrypted(found, body) : plain(found, body);
  }

private:
  /// Starts one operation and waits for its end.
  template <class Start>
  void step(const char* what, Start start) {
    error_code failed;
    start(failed);
    io_.restart();
    io_.run();
    if (failed && failed != http::error::end_of_stream)
      throw Error(fmt::format("Der Zeitstempeldienst {} ist nicht erreichbar ({}: {}).", address_.host, what,
                              failed.message()));
  }

  void connect(beast::tcp_stream& stream, const asio::ip::tcp::resolver::results_type& found) {
    stream.expires_after(patience_);
    step("verbinden", [&](error_code& failed) {
      stream.async_connect(found, [&](error_code error, const auto&) { failed = error; });
    });
  }

  std::string plain(const asio::ip::tcp::resolver::results_type& found, const std::string& body) {
    beast::tcp_stream stream(io_);
    connect(stream, found);
    return talk(stream, stream, body);
  }

  std::string encrypted(const asio::ip::tcp::resolver::results_type& found, const std::string& body) {
    asio::ssl::context context(asio::ssl::context::tls_client);
    context.set_default_verify_paths();
    asio::ssl::stream<beast::tcp_stream> stream(io_, context);
    stream.set_verify_mode(asio::ssl::verify_peer);
    stream.set_verify_callback(asio::ssl::host_name_verification(address_.host));
    SSL_set_tlsext_host_name(stream.native_handle(), address_.host.c_str());
    beast::tcp_stream& tcp = beast::get_lowest_layer(stream);
    connect(tcp, found);
    tcp.expires_after(patience_);
    step("verschlüsseln", [&](error_code& failed) {
      stream.async_handshake(asio::ssl::stream_base::client, [&](error_code error) { failed = error; });
    });
    return talk(stream, tcp, body);
  }

  template <class Stream>
  std::string talk(Stream& stream, beast::tcp_stream& tcp, const std::string& body) {
    http::request<http::string_body> request(http::verb::post, address_.target, 11);
    request.set(http::field::host, address_.host);
    request.set(http::field::content_type, "application/timestamp-query");
    request.set(http::field::connection, "close");
    request.body() = body;
    request.prepare_payload();
    tcp.expires_after(patience_);
    step("fragen", [&](error_code& failed) {
      http::async_write(stream, request, [&](error_code error, std::size_t) { failed = error; });
    });
    http::response_parser<http::string_body> answer;
    answer.body_limit(largest_answer);
    beast::flat_buffer buffer;
    tcp.expires_after(patience_);
    step("antworten", [&](error_code& failed) {
      http::async_read(stream, buffer, answer, [&](error_code error, std::size_t) { failed = error; });
    });
    if (answer.get().result() != http::status::ok)
      throw Error(fmt::format("Der Zeitstempeldienst {} antwortet mit {}.", address_.host,
                              answer.get().result_int()));
    return answer.get().body();
  }

  Address address_;
  std::chrono::seconds patience_;
  asio::io_context io_{1};
};

}  // namespace

std::string ask_time_stamp_authority(const std::string& url, const std::string& request,
                                     std::chrono::seconds patience) {
  return Exchange(address_from(url), patience).send(request);
}

}  // namespace eakte::api

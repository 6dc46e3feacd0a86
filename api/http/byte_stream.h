#pragma once
#include <array>
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string_view>
#include <utility>

#include "api/http/tls.h"

namespace eakte::api {

/// The bytes of one accepted connection, plain or encrypted, read and written without waiting.
class ByteStream {
public:
  /// `tls` is null for a plain connection. The socket is non-blocking.
  ByteStream(boost::asio::ip::tcp::socket socket, const TlsContext* tls);

  /// As a non-blocking socket: would_block when there is nothing now, eof at the end.
  std::size_t read_some(char* target, std::size_t room, boost::system::error_code& failed);
  /// As a non-blocking socket. After would_block the same bytes must come first again.
  std::size_t write_some(std::string_view first, std::string_view second, boost::system::error_code& failed);
  std::size_t write_some(std::string_view bytes, boost::system::error_code& failed) {
    return write_some(bytes, {}, failed);
  }
  /// Whether the encryption has something to say by itself that the socket did not take yet.
  bool has_unsent() const { return tls_ && !tls_->to_send().empty(); }
  void send_unsent();

  template <class Then>
  void wait_to_read(Then then) {
    socket_.async_wait(boost::asio::socket_base::wait_read, std::move(then));
  }
  template <class Then>
  void wait_to_write(Then then) {
    socket_.async_wait(boost::asio::socket_base::wait_write, std::move(then));
  }
  /// Nothing more will be sent.
  void shut_down_sending(boost::system::error_code& failed);
  void close();

private:
  std::size_t read_decrypted(char* target, std::size_t room, boost::system::error_code& failed);
  std::size_t write_encrypted(std::string_view bytes, boost::system::error_code& failed);
  void flush(boost::system::error_code& failed);

  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<TlsSession> tls_;
  std::size_t encrypted_ = 0;  ///< bytes that were encrypted and not reported as written yet
};

}  // namespace eakte::api

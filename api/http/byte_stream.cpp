#include "api/http/byte_stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>

namespace eakte::api {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr std::size_t received_at_once = 32'768;

}  // namespace

ByteStream::ByteStream(asio::ip::tcp::socket socket, const TlsContext* tls)
    : socket_(std::move(socket)), tls_(tls == nullptr ? nullptr : std::make_unique<TlsSession>(*tls)) {}

std::size_t ByteStream::read_some(char* target, std::size_t room, error_code& failed) {
  return tls_ ? read_decrypted(target, room, failed) : socket_.read_some(asio::buffer(target, room), failed);
}

std::size_t ByteStream::read_decrypted(char* target, std::size_t room, error_code& failed) {
  for (;;) {
    std::size_t size = 0;
    const TlsSession::Outcome outcome = tls_->read(target, room, size);
    send_unsent();
    switch (outcome) {
      case TlsSession::Outcome::done:
        failed = {};
        return size;
      case TlsSession::Outcome::ended:
        failed = asio::error::eof;
        return 0;
      case TlsSession::Outcome::failed:
        failed = asio::error::connection_reset;
        return 0;
      case TlsSession::Outcome::needs_input:
        break;
    }
    std::array<char, received_at_once> bytes{};
    const std::size_t received = socket_.read_some(asio::buffer(bytes), failed);
    if (failed) return 0;
    tls_->received({bytes.data(), received});
  }
}

std::size_t ByteStream::write_some(std::string_view first, std::string_view second, error_code& failed) {
  if (tls_) return write_encrypted(first.empty() ? second : first, failed);
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(first.data(), first.size()),
                                                  asio::buffer(second.data(), second.size())};
  return socket_.write_some(buffers, failed);
}

std::size_t ByteStream::write_encrypted(std::string_view bytes, error_code& failed) {
  flush(failed);
  if (failed) return 0;
  if (encrypted_ == 0) {
    if (tls_->write(bytes, encrypted_) != TlsSession::Outcome::done) {
      failed = asio::error::connection_reset;
      return 0;
    }
    flush(failed);
    if (failed) return 0;
  }
  return std::exchange(encrypted_, 0);
}

void ByteStream::flush(error_code& failed) {
  failed = {};
  std::string& waiting = tls_->to_send();
  while (!waiting.empty() && !failed) waiting.erase(0, socket_.write_some(asio::buffer(waiting), failed));
}

void ByteStream::send_unsent() {
  // What does not go out now waits; a connection that is gone shows at the next reading.
  error_code ignored;
  if (has_unsent()) flush(ignored);
}

void ByteStream::shut_down_sending(error_code& failed) {
  if (tls_) {
    tls_->shut_down();
    send_unsent();
  }
  socket_.shutdown(asio::socket_base::shutdown_send, failed);
}

void ByteStream::close() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace eakte::api
